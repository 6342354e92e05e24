"""Next steps: add one, change one, say whose turn it is, put it off, tick it off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from liaison.domain.work import TaskDraft, WaitingOn, check_task
from liaison.i18n import N_
from liaison.services import work
from liaison.ui.desk import Desk
from liaison.ui.pages.lookups import officer_choice
from liaison.ui.pages.short_forms import Bench, offer, offer_again
from liaison.ui.reopening import reopens
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.form import Form, Row

_ROWS: tuple[Row, ...] = ("title", "due_at", "waiting_on", "waiting_for", "officer_id", "is_urgent", "is_promise")
_KEPT = ("journey_id", "claim_id", "kind", "fact", "waiting_since")
MORNING = dt.time(9)
"""A step put off to another day comes back at nine."""


def _form(desk: Desk) -> Form[TaskDraft]:
    return Form(desk, TaskDraft, _ROWS, editors={"officer_id": officer_choice(desk)}, kept=_KEPT)


@reopens
def task_form(bench: Bench, *, journey_id: int | None = None, claim_id: int | None = None, title: str = "") -> FormPane:
    """A new next step."""
    form = _form(bench.desk)
    form.set(TaskDraft(journey_id=journey_id, claim_id=claim_id, title=title))
    return offer(
        bench,
        form,
        title=N_("New step"),
        action=N_("Add a step"),
        write=work.add_task,
        said=N_("Step added"),
        look=lambda d: check_task(d, now=bench.desk.clock()),
    )


@reopens
def edit_task_form(bench: Bench, task_id: int) -> None:
    """Change a step."""
    offer_again(
        bench, task_id, read=work.task_draft, form=lambda _draft: _form(bench.desk), title=N_("Change the step"),
        action=N_("Change a step"), write=work.edit_task, look=lambda d: check_task(d, now=bench.desk.clock()),
    )  # fmt: skip


def put_off_choices(desk: Desk) -> list[tuple[str, dt.datetime]]:
    """To when a step can be put off with one key: an hour, tomorrow, the day after, Monday, a week."""
    _ = desk.words
    zone = desk.formats.home
    now = desk.clock()
    today = now.astimezone(zone).date()

    def morning(days: int) -> dt.datetime:
        return dt.datetime.combine(today + dt.timedelta(days=days), MORNING, tzinfo=zone).astimezone(dt.UTC)

    return [
        (_(N_("In an hour")), now + dt.timedelta(hours=1)),
        (_(N_("Tomorrow morning")), morning(1)),
        (_(N_("The day after tomorrow")), morning(2)),
        (_(N_("Next Monday")), morning((0 - today.weekday() - 1) % 7 + 1)),
        (_(N_("In a week")), morning(7)),
    ]


def finish(desk: Desk, task_id: int, *, owner: QObject) -> None:
    """Tick a step off."""
    desk.runner.write(
        N_("Finish a step"),
        work.finish_task,
        task_id,
        owner=owner,
        done=lambda _: desk.toast(desk.words(N_("Step done"))),
    )


def put_off(desk: Desk, task_id: int, until: dt.datetime, *, owner: QObject) -> None:
    """Put a step off."""
    desk.runner.write(
        N_("Put a step off"),
        partial(work.snooze_task, until=until),
        task_id,
        owner=owner,
        done=lambda _: desk.toast(desk.words(N_("Step put off"))),
    )


def wait_on(desk: Desk, task_id: int, who: WaitingOn | None, *, owner: QObject) -> None:
    """Say whose turn it is."""
    said = N_("Waiting noted") if who is not None else N_("It is our turn again")
    desk.runner.write(
        N_("Change whose turn it is"),
        work.wait_on,
        task_id,
        who,
        owner=owner,
        done=lambda _: desk.toast(desk.words(said)),
    )


def task_menu(
    bench: Bench,
    parent: QWidget,
    task_id: int,
    *,
    is_done: bool,
    waiting_on: WaitingOn | None,
    debt: Callable[[], Any] | None,
) -> QMenu:
    """What can be done with one step. ``debt`` opens the form that supplies the fact a debt asks for."""
    desk = bench.desk
    _ = desk.words
    menu = QMenu(parent)
    if is_done:
        again = menu.addAction(_(N_("Open it again")))
        again.triggered.connect(
            lambda: desk.runner.write(N_("Reopen a step"), work.reopen_task, task_id, owner=bench.drawer)
        )
        return menu
    if debt is not None:
        menu.addAction(_(N_("Supply it now…"))).triggered.connect(lambda: debt())
    menu.addAction(_(N_("Done"))).triggered.connect(lambda: finish(desk, task_id, owner=bench.drawer))
    later = menu.addMenu(_(N_("Put off")))
    for words, until in put_off_choices(desk):
        later.addAction(words).triggered.connect(partial(_put_off_from_menu, desk, task_id, until, bench.drawer))
    turn = menu.addMenu(_(N_("Waiting on")))
    if waiting_on is not None:
        turn.addAction(_(N_("Nobody: our turn"))).triggered.connect(
            partial(_wait_from_menu, desk, task_id, None, bench.drawer)
        )
    for who in WaitingOn:
        if who is not WaitingOn.US and who is not waiting_on:
            turn.addAction(_(who.label)).triggered.connect(partial(_wait_from_menu, desk, task_id, who, bench.drawer))
    menu.addSeparator()
    menu.addAction(_(N_("Change…"))).triggered.connect(lambda: edit_task_form(bench, task_id))
    return menu


def _put_off_from_menu(desk: Desk, task_id: int, until: dt.datetime, owner: QObject, _checked: object = None) -> None:
    put_off(desk, task_id, until, owner=owner)


def _wait_from_menu(desk: Desk, task_id: int, who: WaitingOn | None, owner: QObject, _checked: object = None) -> None:
    wait_on(desk, task_id, who, owner=owner)
