"""Fields that name another record: hospitals and people by typing, insurers, covers and officers by choosing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from liaison.domain.names import fold
from liaison.i18n import N_
from liaison.services import agents, network, office, search, views
from liaison.services.policies import CoverSummary, products
from liaison.ui.desk import Desk
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.lookup_edit import LookupEdit
from liaison.ui.widgets.suggest import Suggestion

MOST = 12
NONE_CHOSEN = N_("none chosen")
NOT_KNOWN = N_("not known")
NOBODY = N_("nobody in particular")


class StoreChoice(Choice):
    """One of a list that stands in the store. The list comes through the runner; a value set before it comes waits."""

    def __init__(
        self, desk: Desk, read: Callable[..., Sequence[tuple[Any, str]]], *args: object, none: str = NONE_CHOSEN
    ) -> None:
        super().__init__(desk, (), none=desk.words(none), search=False)
        self._desk, self._read, self._asked = desk, read, args
        self._none = desk.words(none)
        self._wanted: Any = None
        self._waiting = True
        desk.runner.read(read, *args, owner=self, done=self._came, key="choices")

    def _came(self, choices: Sequence[tuple[Any, str]]) -> None:
        self._waiting = False
        self.set_choices(choices, none=self._none)
        super().set_value(self._wanted)

    def read_again(self, value: Any) -> None:
        """The list has grown: read it anew and choose this one."""
        self._wanted, self._waiting = value, True
        self._desk.runner.read(self._read, *self._asked, owner=self, done=self._came, key="choices")

    def set_value(self, value: Any) -> None:
        """Choose a value, now or once the list is there."""
        self._wanted = value
        super().set_value(value)

    def value(self) -> Any:
        """The value chosen; the one wanted, while the list is on its way."""
        return self._wanted if self._waiting else super().value()


def insurer_choice(desk: Desk) -> StoreChoice:
    """An insurer."""
    return StoreChoice(desk, _insurers, none=NOT_KNOWN)


def plan_choice(desk: Desk) -> StoreChoice:
    """A product and plan, each with its insurer."""
    return StoreChoice(desk, _plans, none=NOT_KNOWN)


def administrator_choice(desk: Desk) -> StoreChoice:
    """A third-party administrator."""
    return StoreChoice(desk, _administrators, none=NOT_KNOWN)


def officer_choice(desk: Desk) -> StoreChoice:
    """An officer of the office."""
    return StoreChoice(desk, _officers, none=NOBODY)


def agent_choice(desk: Desk) -> StoreChoice:
    """An insurer's agent."""
    return StoreChoice(desk, _agents, none=NONE_CHOSEN)


def cover_choice(desk: Desk, covers: Sequence[CoverSummary]) -> Choice:
    """One of a person's covers; none is ever preselected."""
    return Choice(desk, [(c.id, cover_words(desk, c)) for c in covers], none=desk.words(NONE_CHOSEN), search=False)


def cover_words(desk: Desk, cover: CoverSummary) -> str:
    """Insurer, product and the end of the member number: enough to tell covers apart, no more."""
    number = cover.member_no or cover.policy_no
    shown = desk.masking.number(number, always=True) if number else ""
    return " · ".join(
        part for part in (cover.insurer or desk.words(N_("insurer not stated")), cover.product, shown) if part
    )


def hospital_edit(desk: Desk) -> LookupEdit:
    """A hospital, found by any part of its name."""
    return LookupEdit(desk, _find_hospitals, describe=_describe_organization, icon="hospital")


def house_edit(desk: Desk) -> LookupEdit:
    """A hospital, insurer or any other house, found by any part of its name."""
    return LookupEdit(desk, _find_houses, describe=_describe_organization, icon="building")


def patient_edit(desk: Desk, *, create: bool = False) -> LookupEdit:
    """A person on record, found by name, number or telephone; the last row makes a new one."""
    return LookupEdit(
        desk, partial(_find_people, desk), describe=partial(_describe_patient, desk), create=create, icon="user"
    )


def record_no(key: int) -> str:
    """Four digits that tell hidden people apart on one screen."""
    return f"{key % 10_000:04d}"


# reads: each takes a session of the store


def _insurers(session: Any) -> list[tuple[int, str]]:
    return [(o.id, o.name) for o in network.insurers(session)]


def _plans(session: Any) -> list[tuple[int, str]]:
    return [(p.id, f"{o.name} · {p.title}") for o in network.insurers(session) for p in products(session, o.id)]


def _administrators(session: Any) -> list[tuple[int, str]]:
    return [(o.id, o.name) for o in network.administrators(session)]


def _officers(session: Any) -> list[tuple[int, str]]:
    return [(o.id, o.name) for o in office.officers(session, active_only=True)]


def _agents(session: Any) -> list[tuple[int, str]]:
    return [(a.id, " · ".join(p for p in (a.name, a.insurer) if p)) for a in agents.agents(session)]


def _find_hospitals(session: Any, text: str) -> list[Suggestion]:
    return _found_among(network.hospitals(session), text, icon="hospital")


def _find_houses(session: Any, text: str) -> list[Suggestion]:
    return _found_among(network.organizations(session), text, icon="building")


def _found_among(houses: Sequence[Any], text: str, *, icon: str) -> list[Suggestion]:
    wanted = fold(text).split()
    found = []
    for house in houses:
        words = fold(f"{house.name} {house.short_name} {house.city}")
        if all(word in words for word in wanted):
            starts = fold(house.name).startswith(wanted[0]) if wanted else False
            found.append(
                (not starts, house.name, Suggestion(text=house.name, value=house.id, note=house.city, icon=icon))
            )
    return [each for _, _, each in sorted(found, key=lambda f: f[:2])[:MOST]]


def _describe_organization(session: Any, key: int) -> Suggestion:
    house = network.organization(session, key)
    return Suggestion(text=house.name, value=house.id, note=house.city)


def _find_people(desk: Desk, session: Any, text: str) -> list[Suggestion]:
    people = [f for f in search.find(session, text, limit=40) if f.kind is search.FoundKind.PERSON]
    return [
        Suggestion(
            text=desk.masking.name(f.title, record_no(f.id)),
            value=f.id,
            note=f.subtitle.text(desk.words),
            icon="user",
            hint=desk.words(N_("similar")) if f.is_similar else "",
        )
        for f in people[:MOST]
    ]


def _describe_patient(desk: Desk, session: Any, key: int) -> Suggestion | None:
    if not key:
        return None
    person = views.patient_view(session, key)
    return Suggestion(text=desk.masking.name(person.full_name, record_no(person.id)), value=person.id, note=person.city)
