"""Forms of a roadshow, each in the drawer: the event, a permit, an item, a theme, a guest, a wish, a promise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.names import SAME
from liaison.domain.network import OrganizationKind
from liaison.domain.problems import Problem
from liaison.domain.regions import CITIES
from liaison.domain.roadshows import (
    GuestDraft,
    GuestState,
    NeedDraft,
    PermitDraft,
    PermitKind,
    PromiseKeptDraft,
    RoadshowDraft,
    RoadshowPromiseDraft,
    SessionDraft,
    ThemeDraft,
    check_guest,
    check_kept,
    check_need,
    check_permit,
    check_roadshow,
    check_roadshow_promise,
)
from liaison.i18n import N_, upper_first
from liaison.services import network, roadshow_guests, roadshow_promises, roadshow_series, roadshows
from liaison.services.matching import SimilarPatient
from liaison.services.network_views import OrganizationSummary
from liaison.ui.desk import Desk
from liaison.ui.pages.hidden_form import stays_hidden
from liaison.ui.pages.journey_ends import words_form
from liaison.ui.pages.lookups import house_edit, officer_choice
from liaison.ui.pages.same_person import same_words
from liaison.ui.pages.short_forms import Bench, begin, offer, take_off
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice, LongText, TickEdit
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.label import Label

Draft = TypeVar("Draft")
Done = Callable[[Any], object]

_EVENT_ROWS: tuple[Row, ...] = (
    "kind", "series", "city", ("starts_on", "ends_on"), "venue", "venue_address", "answer_by",
    Heading(text=N_("Regions it covers")), "covers_west", "covers_central", "covers_east",
    Heading(text=N_("For us only")), "note",
)  # fmt: skip
_PERMIT_ROWS: tuple[Row, ...] = ("kind", "state", "authority", "reference", "due_on", "officer_id", "note")
_SESSION_ROWS: tuple[Row, ...] = ("starts_at", "minutes", "title", "room", "speaker", "speaker_role")
_THEME_ROWS: tuple[Row, ...] = ("region", "theme", Heading(text=N_("For us only")), "talking_point")
_GUEST_ROWS: tuple[Row, ...] = (
    "organization_id", "house", "name", "position", "state", "phone", "email",
    Heading(text=N_("A visitor for an own matter")), "is_visitor", "need", "consent_on", "consent_how", "note",
)  # fmt: skip
_NEED_ROWS: tuple[Row, ...] = (
    "organization_id", "house", "region", "topic", "wish", "answer", "officer_id",
    Heading(text=N_("On joint paper")), "for_all",
)  # fmt: skip
_PROMISE_ROWS: tuple[Row, ...] = ("what", "officer_id", "owner", "organization_id", "due_on", "is_urgent")
_IN = "roadshow_id"


def _city_choice(desk: Desk) -> Choice:
    homes = sorted(city.name for city in CITIES if city.country == "ID")
    return Choice(desk, [(name, name) for name in homes], none=desk.words(N_("none chosen")), search=True)


# the event


def _event_form(desk: Desk) -> Form[RoadshowDraft]:
    return Form(desk, RoadshowDraft, _EVENT_ROWS, editors={"city": _city_choice(desk)})


@reopens
def new_roadshow(bench: Bench, *, done: Done | None = None) -> None:
    """A new event; the series of the newest one is suggested."""
    desk = bench.desk

    def opened(names: Sequence[str]) -> None:
        draft = RoadshowDraft(series=names[0] if names else "", city="", starts_on=desk.today())
        form = begin(_event_form(desk), draft, empty=("city", "starts_on"))
        offer(
            bench, form, title=N_("New roadshow"), action=N_("Add a roadshow"), write=roadshows.add_roadshow,
            said=N_("Roadshow added"), done=done,
            note=desk.words(N_("Tick no region to take those the city hears by the office's list.")),
        )  # fmt: skip

    desk.runner.read(roadshow_series.series_names, owner=bench.drawer, done=opened, key="series")


@reopens
def edit_roadshow(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change an event."""
    _edit(
        bench, _event_form(bench.desk), roadshows.roadshow_draft, key, title=N_("Change the roadshow"),
        action=N_("Change a roadshow"), write=partial(roadshows.edit_roadshow, version=version), look=check_roadshow,
    )  # fmt: skip


@reopens
def call_off_form(bench: Bench, key: int) -> FormPane:
    """Call an event off, with the reason."""
    return words_form(
        bench,
        title=N_("Call the roadshow off"),
        fields=[("because", N_("Why is it called off?"), LongText(bench.desk))],
        action=N_("Call a roadshow off"),
        write=lambda values: partial(roadshows.call_off, because=values["because"] or ""),
        before=(key,),
        said=N_("Called off"),
        save_word=N_("Call it off"),
        note=N_("What was prepared stays on record."),
    )


# the checklist, the programme, the themes


def _permit_form(desk: Desk) -> Form[PermitDraft]:
    return Form(desk, PermitDraft, _PERMIT_ROWS, editors={"officer_id": officer_choice(desk)}, kept=(_IN,))


@reopens
def permit_form(bench: Bench, roadshow_id: int) -> FormPane:
    """One more permit."""
    draft = PermitDraft(roadshow_id=roadshow_id, kind=PermitKind.OTHER)
    return offer(
        bench, begin(_permit_form(bench.desk), draft), title=N_("Permit"), action=N_("Add a permit"),
        write=roadshows.add_permit, said=N_("Added"), look=check_permit,
    )  # fmt: skip


@reopens
def edit_permit_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change how far a permit is."""
    _edit(
        bench, _permit_form(bench.desk), roadshows.permit_draft, key, title=N_("Permit"),
        action=N_("Change a permit"), write=partial(roadshows.edit_permit, version=version), look=check_permit,
    )  # fmt: skip


@reopens
def session_form(bench: Bench, roadshow_id: int, day: str) -> FormPane:
    """One more item of the programme; ``day`` is the event's first day."""
    desk = bench.desk
    nine = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9), desk.formats.home)
    draft = SessionDraft(roadshow_id=roadshow_id, starts_at=nine.astimezone(dt.UTC), title="")
    form = Form(desk, SessionDraft, _SESSION_ROWS, kept=(_IN,))
    return offer(
        bench, begin(form, draft), title=N_("Item of the programme"), action=N_("Add an item to a programme"),
        write=roadshows.add_session, said=N_("Added"),
    )  # fmt: skip


@reopens
def edit_session_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change an item of the programme."""
    form = Form(bench.desk, SessionDraft, _SESSION_ROWS, kept=(_IN,))
    _edit(
        bench, form, roadshows.session_draft, key, title=N_("Item of the programme"),
        action=N_("Change an item of a programme"), write=partial(roadshows.edit_session, version=version),
        remove=roadshows.remove_session, removing=N_("Remove an item of a programme"),
    )  # fmt: skip


@reopens
def theme_form(bench: Bench, roadshow_id: int) -> FormPane:
    """One more theme."""
    form = Form(bench.desk, ThemeDraft, _THEME_ROWS, kept=(_IN,))
    return offer(
        bench, begin(form, ThemeDraft(roadshow_id=roadshow_id, theme="")), title=N_("Theme of a region"),
        action=N_("Add a theme"), write=roadshows.add_theme, said=N_("Added"),
    )  # fmt: skip


@reopens
def edit_theme_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change a theme."""
    form = Form(bench.desk, ThemeDraft, _THEME_ROWS, kept=(_IN,))
    _edit(
        bench, form, roadshows.theme_draft, key, title=N_("Theme of a region"), action=N_("Change a theme"),
        write=partial(roadshows.edit_theme, version=version), remove=roadshows.remove_theme,
        removing=N_("Remove a theme"),
    )  # fmt: skip


# guests


def _guest_form(desk: Desk) -> Form[GuestDraft]:
    return Form(desk, GuestDraft, _GUEST_ROWS, editors={"organization_id": house_edit(desk)}, kept=(_IN,))


@reopens
def guest_form(bench: Bench, roadshow_id: int, *, visitor: bool = False) -> FormPane | None:
    """One more guest. Closed while people are hidden, since it would show them."""
    desk = bench.desk
    if stays_hidden(bench, N_("Guest")):
        return None
    state = GuestState.WALK_IN if visitor else GuestState.INVITED
    draft = GuestDraft(roadshow_id=roadshow_id, is_visitor=visitor, state=state)
    return offer(
        bench, begin(_guest_form(desk), draft), title=N_("Visitor") if visitor else N_("Guest"),
        action=N_("Add a guest"), write=roadshow_guests.add_guest, said=N_("Guest added"),
        look=lambda d: check_guest(d, today=desk.today()),
    )  # fmt: skip


@reopens
def edit_guest_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change a guest. Closed while people are hidden."""
    desk = bench.desk
    if stays_hidden(bench, N_("Guest")):
        return
    _edit(
        bench, _guest_form(desk), roadshow_guests.guest_draft, key, title=N_("Guest"), action=N_("Change a guest"),
        write=partial(roadshow_guests.edit_guest, version=version),
        look=lambda d: check_guest(d, today=desk.today()), remove=roadshow_guests.remove_guest,
        removing=N_("Remove a guest"),
    )  # fmt: skip


@reopens
def invite_form(bench: Bench, roadshow_id: int, known: str = "") -> None:
    """Invite several houses at once; ``known`` are the keys of those invited already, blank-separated."""
    desk, already = bench.desk, {int(key) for key in known.split()}

    def opened(found: Sequence[OrganizationSummary]) -> None:
        bench.drawer.open(_invite_pane(bench, roadshow_id, [h for h in found if h.id not in already]))

    desk.runner.read(_inviteable, owner=bench.drawer, done=opened, key="houses")


def _invite_pane(bench: Bench, roadshow_id: int, houses: Sequence[OrganizationSummary]) -> FormPane:
    desk, words = bench.desk, bench.desk.words
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    ticks: dict[int, TickEdit] = {}
    kind: OrganizationKind | None = None
    for house in houses:
        if house.kind is not kind:
            kind = house.kind
            column.addSpacing(6)
            column.addWidget(Label(upper_first(words(house.kind.label)), Role.SECTION))
        ticks[house.id] = TickEdit(desk, _with_city(house))
        ticks[house.id].set_name(house.name)
        column.addWidget(ticks[house.id])
    if not houses:
        column.addWidget(Label(words(N_("Every house of the network is on the list.")), Role.SECOND, wrap=True))

    def save() -> None:
        wanted = tuple(key for key, tick in ticks.items() if tick.value())
        desk.runner.write(
            N_("Invite houses to a roadshow"), roadshow_guests.invite_houses, roadshow_id, wanted, owner=content,
            done=lambda _changes: bench.done(N_("Houses are on the list")),
        )  # fmt: skip

    return FormPane(desk, title=words(N_("Invite houses")), content=content, save=save, save_word=words(N_("Invite")))


def _with_city(house: OrganizationSummary) -> str:
    """A house's name and its city, which a name that says it already does not repeat."""
    return f"{house.name} · {house.city}" if house.city and house.city not in house.name else house.name


def _inviteable(session: Any) -> Sequence[OrganizationSummary]:
    kinds = (
        OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR, OrganizationKind.HOSPITAL,
        OrganizationKind.ASSISTANCE, OrganizationKind.REP_OFFICE,
    )  # fmt: skip
    order = {kind: place for place, kind in enumerate(kinds)}
    found = network.organizations(session, kinds=kinds)
    return sorted(found, key=lambda h: (order[h.kind], h.name.casefold()))


# wishes and promises


def _need_form(desk: Desk) -> Form[NeedDraft]:
    editors = {"organization_id": house_edit(desk), "officer_id": officer_choice(desk)}
    return Form(desk, NeedDraft, _NEED_ROWS, editors=editors, kept=(_IN,))


@reopens
def need_form(bench: Bench, roadshow_id: int) -> FormPane:
    """One more wish."""
    return offer(
        bench, begin(_need_form(bench.desk), NeedDraft(roadshow_id=roadshow_id, wish="")), title=N_("Wish"),
        action=N_("Add a wish"), write=roadshow_promises.add_need, said=N_("Wish written down"), look=check_need,
    )  # fmt: skip


@reopens
def edit_need_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change a wish, or answer it."""
    _edit(
        bench, _need_form(bench.desk), roadshow_promises.need_draft, key, title=N_("Wish"),
        action=N_("Change a wish"), write=partial(roadshow_promises.edit_need, version=version), look=check_need,
    )  # fmt: skip


def _promise_form(desk: Desk) -> Form[RoadshowPromiseDraft]:
    editors = {"organization_id": house_edit(desk), "officer_id": officer_choice(desk)}
    return Form(desk, RoadshowPromiseDraft, _PROMISE_ROWS, editors=editors, kept=(_IN, "need_id"))


@reopens
def promise_form(bench: Bench, roadshow_id: int, *, need_id: int | None = None) -> FormPane:
    """One more promise."""
    draft = RoadshowPromiseDraft(roadshow_id=roadshow_id, what="", need_id=need_id)
    return offer(
        bench, begin(_promise_form(bench.desk), draft), title=N_("Promise"), action=N_("Add a promise"),
        write=roadshow_promises.promise, said=N_("Promise written down"), look=check_roadshow_promise,
    )  # fmt: skip


@reopens
def edit_promise_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change a promise."""
    _edit(
        bench, _promise_form(bench.desk), roadshow_promises.promise_draft, key, title=N_("Promise"),
        action=N_("Change a promise"), write=partial(roadshow_promises.edit_promise, version=version),
        look=check_roadshow_promise,
    )  # fmt: skip


@reopens
def kept_form(bench: Bench, key: int) -> FormPane:
    """A promise was kept: on which day, and where it can be seen."""
    desk = bench.desk
    form = Form(desk, PromiseKeptDraft, ("done_on", "evidence"))
    return offer(
        bench, begin(form, PromiseKeptDraft(done_on=desk.today())), title=N_("The promise was kept"),
        action=N_("Keep a promise"), write=roadshow_promises.keep_promise, before=(key,), said=N_("Promise kept"),
        look=lambda d: check_kept(d, today=desk.today()),
    )  # fmt: skip


OPEN_ENQUIRY = N_("Open an enquiry from a roadshow")


def enquiry_form(
    bench: Bench, guest: int, alike: Sequence[SimilarPatient], *, refused: Callable[[Sequence[Problem]], object]
) -> FormPane:
    """Whom the visitor is: somebody on record already, or somebody new; then the enquiry is opened."""
    desk, words = bench.desk, bench.desk.words
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    box.addWidget(Label(words(N_("This visitor may be on record already. One person is kept once.")), wrap=True))
    people = [(each.id, same_words(desk, each, with_score=True)) for each in alike]
    choice = Choice(desk, people, none=words(N_("Somebody new")), search=False)
    choice.set_name(words(N_("Who is it?")))
    choice.set_value(alike[0].id if _is_sure(alike[0]) else None)
    box.addWidget(choice)
    box.addStretch(1)

    def save() -> None:
        desk.runner.write(
            OPEN_ENQUIRY, partial(roadshow_guests.make_enquiry, patient_id=choice.value()), guest, owner=bench.drawer,
            done=lambda _changes: bench.done(N_("The enquiry is open")), refused=refused,
        )  # fmt: skip

    pane = FormPane(desk, title=words(N_("Who is it?")), content=holder, save=save, save_word=N_("Open the enquiry"))
    return bench.drawer.open(pane)


def _is_sure(one: SimilarPatient) -> bool:
    """So much alike that the officer need only agree: nearly the same name and the same telephone."""
    return one.same_phone and one.score >= SAME


def _edit(
    bench: Bench,
    form: Form[Draft],
    read: Callable[..., Draft],
    key: int,
    *,
    title: str,
    action: str,
    write: Callable[..., Any],
    look: Callable[[Any], Any] | None = None,
    remove: Callable[..., Any] | None = None,
    removing: str = "",
) -> None:
    """Read a record's draft and stand its form in the drawer; ``remove`` takes it off, as the action ``removing``."""

    def opened(draft: Draft) -> None:
        form.set(draft)
        beside = take_off(bench, remove, key, action=removing) if remove is not None else None
        offer(
            bench, form, title=title, action=action, write=write, before=(key,), said=N_("Saved"), look=look,
            beside=beside,
        )  # fmt: skip

    bench.desk.runner.read(read, key, owner=bench.drawer, done=opened, key="roadshow form")
