"""A TB test of a case: offered and done for everybody, its result behind a lock for two roles."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from liaison.domain.tb_tests import TbResult, TbResultDraft, TbTestDraft, check_tb_test
from liaison.i18n import N_
from liaison.services import tb_tests
from liaison.services.infections import NOT_YOURS
from liaison.services.tb_tests import TbMark, TbResultView
from liaison.ui.desk import Desk
from liaison.ui.pages.page_parts import section
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.reopening import reopens
from liaison.ui.runner import Sort, Trouble
from liaison.ui.theme import Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.form import Form, Row
from liaison.ui.widgets.parts import Marked, Section
from liaison.ui.widgets.shapes import Shape


@reopens
def tb_test_form(bench: Bench, journey_id: int, *, version: int | None = None) -> None:
    """That a TB test was offered, and whether it was done."""
    desk = bench.desk

    def opened(draft: TbTestDraft) -> None:
        rows: tuple[Row, ...] = (("offered_on", "tested_on"), "is_declined", "place")
        form = Form(desk, TbTestDraft, rows, kept=("journey_id",))
        form.set(draft)
        offer(
            bench, form, title=N_("TB test"), action=N_("Write a TB test down"),
            write=partial(tb_tests.record_test, version=version), said=N_("Test written down"),
            look=lambda d: check_tb_test(d, today=desk.today()),
            note=desk.words(N_("Its result has a place of its own, which two roles see.")),
        )  # fmt: skip

    desk.runner.read(tb_tests.tb_draft, journey_id, owner=bench.drawer, done=opened, key="tb form")


def tb_result_form(bench: Bench, journey_id: int) -> None:
    """The result; opens for the officer of the case and a supervisor only, and is never kept half typed."""
    desk = bench.desk

    def opened(view: TbResultView) -> None:
        form = Form(desk, TbResultDraft, ["result", "result_on"])
        draft = TbResultDraft(result=view.result or TbResult.UNCLEAR, result_on=view.result_on or desk.today())
        begin(form, draft, empty=() if view.result is not None else ("result",))
        offer(
            bench, form, title=N_("Result of the TB test"), action=N_("Write the result of a test down"),
            write=partial(tb_tests.write_result, version=view.version), before=(journey_id,),
            said=N_("Result written down"),
            note=desk.words(N_("Only you, as the officer of the case, and supervisors see this. It is never printed.")),
        )  # fmt: skip

    def refused(trouble: Trouble) -> None:
        if trouble.sort is Sort.REFUSED:
            desk.toast(desk.words(NOT_YOURS), refused=True)
        else:
            desk.runner.trouble.emit(trouble)

    desk.runner.read(tb_tests.tb_result, journey_id, owner=bench.drawer, done=opened, failed=refused, key="tb result")


def tb_section(desk: Desk, bench: Bench, journey_id: int, mark: TbMark) -> Section:
    """What everybody may see of the test, and the lock before its result."""
    words, formats = desk.words, desk.formats
    change = partial(tb_test_form, bench, journey_id, version=mark.version)
    made = section(desk, N_("TB test"), [(words(N_("Change…")), change)], icon="pencil")
    if mark.tested_on is not None:
        text, shape, tone = words(N_("Done on {day}"), day=formats.date(mark.tested_on)), Shape.DONE, Tone.GREEN
    elif mark.is_declined:
        text, shape, tone = words(N_("Offered, the patient did not want it")), Shape.CLOSED, Tone.GREY
    else:
        text, shape, tone = words(N_("Offered on {day}"), day=formats.date(mark.offered_on)), Shape.OPEN, Tone.INK
    made.add(Marked(desk, text, shape, tone, ground="sunken", wrap=True))
    if mark.tested_on is not None:
        look = link(desk.icons, words(N_("Result…")), partial(_look, bench, journey_id), icon="lock", small=True)
        look.setAccessibleName(words(N_("Result of the TB test")))
        made.body.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)
    return made


def _look(bench: Bench, journey_id: int) -> None:
    """Never while names are hidden."""
    desk = bench.desk
    if desk.masking.on:
        desk.toast(desk.words(N_("Hidden while names are hidden.")), refused=True)
        return
    tb_result_form(bench, journey_id)
