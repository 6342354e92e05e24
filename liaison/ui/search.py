"""What the search box finds: people, cases, claims, houses, desks, and the commands of the present page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from liaison.i18n import N_
from liaison.ui.actions import Action
from liaison.ui.desk import Desk
from liaison.ui.key_sheet import native
from liaison.ui.places import Place
from liaison.ui.widgets.suggest import Suggestion

if TYPE_CHECKING:
    from liaison.services.search import Found

SIMILAR = N_("similar")
COMMANDS = N_("Commands")
NOTHING = N_("Nothing found for “{text}”")
HEADS = {
    "PERSON": N_("People"), "CASE": N_("Cases"), "CLAIM": N_("Claims"), "ORGANIZATION": N_("Hospitals and insurers"),
    "CONTACT": N_("Contacts"), "DOCTOR": N_("Doctors"), "AGENT": N_("Agents"), "ROADSHOW": N_("Roadshows"),
    "AGREEMENT": N_("Agreements"),
    "PRINTED": N_("Printed reports"),
}  # fmt: skip
ICONS = {
    "PERSON": "user", "CASE": "route", "CLAIM": "receipt-text", "ORGANIZATION": "hospital", "CONTACT": "phone",
    "DOCTOR": "stethoscope", "AGENT": "id-card", "ROADSHOW": "landmark", "AGREEMENT": "file-check",
    "PRINTED": "file-text",
}  # fmt: skip
MOST_COMMANDS = 4


def results(desk: Desk, text: str, found: Sequence[Found]) -> list[Suggestion]:
    """What was found, grouped, with the commands that match after it."""
    rows = grouped(desk, found)
    commands = commands_for(desk, text, desk.actions)
    if commands:
        rows.append(Suggestion(text=desk.words(COMMANDS), head=True))
        rows += commands
    return rows or [Suggestion(text=desk.words(NOTHING, text=text), head=True)]


def grouped(desk: Desk, found: Sequence[Found]) -> list[Suggestion]:
    """What was found, under a heading for each kind."""
    rows: list[Suggestion] = []
    for kind, head in HEADS.items():
        same = [f for f in found if f.kind.value == kind]
        if same:
            rows.append(Suggestion(text=desk.words(head), head=True))
            rows += [found_row(desk, each) for each in same]
    return rows


def found_row(desk: Desk, found: Found) -> Suggestion:
    """One result; the name is hidden where people are."""
    title = desk.masking.name(found.title, found.case_no or str(found.id)) if found.is_person else found.title
    return Suggestion(
        text=title,
        value=place_of(found),
        note="" if desk.masking.on and found.kind.value == "PERSON" else found.subtitle.text(desk.words),
        icon=ICONS[found.kind.value],
        hint=desk.words(SIMILAR) if found.is_similar else "",
        about=found,
    )


def place_of(found: Found) -> Place:
    """Where taking a result leads: a case to its page, a person to all of that person's cases."""
    match found.kind.value:
        case "CASE":
            return Place(page="journey", record=found.id)
        case "CLAIM":
            return Place(page="claim", record=found.id)
        case "PERSON" if found.journey_id is not None:
            return Place(page="journey", record=found.journey_id)
        case "PERSON":
            return Place(page="journeys", values={"view": "all", "filter": _as_words(found.title)})
        case "ORGANIZATION":
            return Place(page="network", record=found.id, values={"group": _group_of(found)})
        case "PRINTED":
            return Place(page="printed_report", record=found.id)
        case "ROADSHOW":
            return Place(page="roadshow", record=found.id)
        case "CONTACT":
            return Place(page="network", record=found.id, values={"group": "contacts"})
        case "DOCTOR":
            return Place(page="network", record=found.house_id, values={"group": "hospitals", "doctor": found.id})
        case "AGREEMENT":
            return Place(page="agreements", record=found.id)
        case _:
            return Place(page="network", record=found.house_id, values={"group": "insurers"})


def _as_words(title: str) -> str:
    """A name as a filter reads it: in quotes where a sign in it could mean something."""
    plain = title.replace('"', " ").strip()
    return plain if all(c.isalpha() or c.isspace() for c in plain) else f'"{plain}"'


def _group_of(found: Found) -> str:
    """The part of the network that lists a house."""
    kind = found.subtitle.values.get("kind")
    return {"HOSPITAL": "hospitals", "INSURER": "insurers", "ADMINISTRATOR": "administrators"}.get(str(kind), "others")


def commands_for(
    desk: Desk, text: str, actions: Iterable[Action], *, most: int = MOST_COMMANDS, every: bool = False
) -> list[Suggestion]:
    """Commands of which every typed word begins a word; ``every`` shows all of them while nothing is typed."""
    wanted = text.casefold().lstrip(">").split()
    rows = []
    for action in actions:
        words = action.words(desk.words)
        parts = words.casefold().split()
        if (wanted or every) and all(any(part.startswith(w) for part in parts) for w in wanted):
            enabled = action.enabled is None or action.enabled()
            if enabled:
                icon, keys = action.icon or "chevron-right", native(action.keys)
                rows.append(Suggestion(text=words, value=action, icon=icon, hint=keys, cap=bool(keys)))
    return rows[:most]
