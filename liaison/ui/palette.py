"""The one box (Ctrl+K): what it offers for what is typed, and what can be done with a row of it.

Nothing typed: the nine things opened last, with their digits. ``>`` commands only, ``#`` a case number, ``?`` help.
The last row begins a new case with the name that was typed. Source: ``ux`` 4.3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from liaison.domain.grammar import doubts, read_question
from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.key_sheet import native
from liaison.ui.places import Place
from liaison.ui.search import COMMANDS, NOTHING, commands_for, found_row, grouped, place_of
from liaison.ui.typed import Unreadable, read_day
from liaison.ui.widgets.suggest import Suggestion

if TYPE_CHECKING:
    from liaison.services.search import Found

LATELY = N_("Opened lately")
FORGET = N_("Forget what was opened lately")
SETTINGS = N_("Settings")
DATES = N_("Dates")
HELP = N_("What can be typed here")
NEW_CASE = N_("Create a new case: “{text}”")
CASES_DUE = N_("Cases with a step due on {day}")
FILTER_CASES = N_("Show all in the list of cases")
FILTER_CLAIMS = N_("Show all in the list of claims")
MOST_SETTINGS = 3
ALL_COMMANDS = 40

HELP_ROWS = (
    ("siti med", N_("Beginnings of words, in any order")),
    ("0812", N_("Three digits of a telephone, policy or case number")),
    ("kota:medan tahap<5", N_("Fields of the lists: kota, status, rs, penanggung, umur, tenggat, tahap …")),
    ("-kota:jakarta", N_("A minus leaves those out")),
    ('rs:"island hospital"', N_("Quotes keep words together")),
    ("#", N_("A case number")),
    (">", N_("Commands only")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """Taking the row puts this text into the box."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """Taking the row forgets what was opened lately."""


Run = Callable[[], object]


def box_rows(desk: Desk, text: str, found: Sequence[Found]) -> list[Suggestion]:
    """Everything the box offers for a text; ``found`` is what the store knows of it."""
    plain = text.strip()
    if not plain:
        return _lately(desk, found)
    if plain.startswith("?"):
        return _help(desk)
    if plain.startswith(">"):
        commands = commands_for(desk, plain, desk.actions, most=ALL_COMMANDS, every=True)
        return commands or [Suggestion(text=desk.words(NOTHING, text=plain), head=True)]
    rows = [Suggestion(text=problem.text(desk.words), head=True) for problem in doubts(plain)[:1]]
    rows += grouped(desk, found)
    rows += _group(desk, COMMANDS, [*_lists(desk, plain), *commands_for(desk, plain, desk.actions)])
    rows += _group(desk, SETTINGS, _settings(desk, plain))
    rows += _group(desk, DATES, _dates(desk, plain))
    if not rows:
        rows.append(Suggestion(text=desk.words(NOTHING, text=plain), head=True))
    name = _as_name(plain)
    return [*rows, _new_case(desk, name)] if name else rows


def _group(desk: Desk, head: str, rows: list[Suggestion]) -> list[Suggestion]:
    return [Suggestion(text=desk.words(head), head=True), *rows] if rows else []


def _lately(desk: Desk, found: Sequence[Found]) -> list[Suggestion]:
    rows = [
        replace(found_row(desk, each), hint=str(number), cap=True) for number, each in enumerate(found, 1)
    ]  # fmt: skip
    forget = Suggestion(text=desk.words(FORGET), value=Forget(), icon="x", rule=True)
    return [*_group(desk, LATELY, rows), forget] if rows else []


def _help(desk: Desk) -> list[Suggestion]:
    rows = [Suggestion(text=typed, note=desk.words(note), value=Insert(text=typed), icon="search")
            for typed, note in HELP_ROWS]  # fmt: skip
    return _group(desk, HELP, rows)


def _lists(desk: Desk, text: str) -> list[Suggestion]:
    """A line with fields may become the filter of a list."""
    if not read_question(text).terms:
        return []
    values = {"view": "all", "filter": text}
    return [
        Suggestion(text=desk.words(words), note=text, value=Place(page=page, values=values), icon="list-filter")
        for words, page in ((FILTER_CASES, "journeys"), (FILTER_CLAIMS, "claims"))
    ]


def _settings(desk: Desk, text: str) -> list[Suggestion]:
    """Subjects of the settings of which every typed word begins a word, in their title or one of their sentences."""
    from liaison.ui.pages.settings import SUBJECTS

    wanted = text.casefold().split()
    rows = []
    for subject in SUBJECTS:
        texts = [desk.words(subject.title), *(desk.words(s) for s in subject.sentences)]
        hit = next((t for t in texts if _begins(t, wanted)), None)
        if hit is not None:
            note = hit if hit != texts[0] else ""
            place = Place(page="settings", values={"part": subject.key})
            rows.append(Suggestion(text=texts[0], note=note, value=place, icon=subject.icon))
    return rows[:MOST_SETTINGS]


def _begins(text: str, wanted: Sequence[str]) -> bool:
    parts = text.casefold().split()
    return all(any(part.startswith(word) for part in parts) for word in wanted)


def _dates(desk: Desk, text: str) -> list[Suggestion]:
    """A day leads to the cases with a step due then."""
    today = desk.today()
    try:
        day = read_day(text, today=today)
    except Unreadable:
        return []
    name = "tenggat" if desk.words.code == "id" else "due"
    values = {"view": "all", "filter": f"{name}:{(day - today).days}"}
    shown = f"{desk.formats.weekday(day)} {desk.formats.long_date(day)}"
    return [Suggestion(text=desk.words(CASES_DUE, day=shown), value=Place(page="journeys", values=values),
                       icon="clock")]  # fmt: skip


def _as_name(text: str) -> str:
    """What of a text may be somebody's name and number: without the fields of a filter, and no case's number."""
    if text.startswith("#"):
        return ""
    return " ".join(word for word in read_question(text).words if not doubts(word))


def _new_case(desk: Desk, text: str) -> Suggestion:
    """The last row: nobody has to begin anew because nothing was found."""
    place = Place(page="journey_new", values={"name": text})
    return Suggestion(
        text=desk.words(NEW_CASE, text=text), value=place, icon="plus",
        hint=native(desk.actions.keys_of("journeys.new", "Ctrl+N")), cap=True, rule=True,
    )  # fmt: skip


# what can be done with a row


def row_actions(desk: Desk, row: Suggestion) -> list[Suggestion]:
    """What Tab shows for a row: call, write, log, next step, copy; each with its letter."""
    from liaison.services.search import Found

    found = row.about
    if not isinstance(found, Found):
        return []
    rows: list[Suggestion] = [Suggestion(text=row.text, head=True)]
    if found.phone:
        rows += _phone_actions(desk, found)
    journey = found.journey_id
    if journey is not None:
        rows.append(_act(desk, N_("Note what is said"), "L", "notebook-pen", Place(page="journey", record=journey)))
        step = Place(page="journey", record=journey, values={"do": "step"})
        rows.append(_act(desk, N_("Plan a next step"), "N", "list-plus", step))
    elif found.is_person:
        rows.append(_act(desk, N_("New case"), "N", "plus", Place(page="journey_new", values={"patient": found.id})))
    rows.append(_act(desk, N_("Copy as text"), "C", "copy", partial(_copy, desk, row, found)))
    return rows


def _phone_actions(desk: Desk, found: Found) -> list[Suggestion]:
    from liaison.ui.pages.calling import copy_number, open_whatsapp

    whose = desk.masking.text(found.whose_phone)
    note = desk.words(N_("number of: {whose}"), whose=whose) if whose else ""
    call = _act(desk, N_("Copy the number to call"), "T", "phone", partial(copy_number, desk, found.phone), note)
    if found.journey_id is not None:
        place = Place(page="journey", record=found.journey_id, values={"do": "write"})
        return [call, _act(desk, N_("Write by WhatsApp"), "W", "message-circle", place, note)]
    run = partial(open_whatsapp, desk, found.phone, "")
    return [call, _act(desk, N_("Write by WhatsApp"), "W", "message-circle", run, note)]


def _act(desk: Desk, text: str, letter: str, icon: str, value: Place | Run, note: str = "") -> Suggestion:
    return Suggestion(text=desk.words(text), value=value, icon=icon, hint=letter, cap=True, note=note)


def _copy(desk: Desk, row: Suggestion, found: Found) -> None:
    from liaison.ui.pages.page_parts import copy_text

    number = desk.masking.number(found.phone) if found.phone else ""
    copy_text(desk, " · ".join(part for part in (row.text, row.note, number) if part))


def opened_key(row: Suggestion) -> str:
    """What is remembered when a row is taken; nothing for commands and places."""
    from liaison.services.search import Found

    found = row.about
    return found.key if isinstance(found, Found) and row.value == place_of(found) else ""
