"""What an officer taught about lists: headings and status words, mapped once, found again the next time.

Both are kept in the store, so a colleague's next list is understood too. Words and headings are compared folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.coded import Coded
from liaison.domain.journeys import JourneyState
from liaison.domain.listing import ListStatus
from liaison.domain.names import fold
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, get
from liaison.store.models import MappingRow, StatusWordRow


class ListKind(Coded):
    """What a file may bring in."""

    CLAIMS = "claims", N_("claim list")
    JOURNEYS = "journeys", N_("tracking sheet")
    HOSPITALS = "hospitals", N_("list of hospitals")
    CONTACTS = "contacts", N_("list of contacts")
    RATES = "rates", N_("exchange rates")


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingView:
    """Headings that were mapped by hand, under the name of the file they first stood in."""

    id: int
    version: int
    kind: ListKind
    name: str
    columns: tuple[tuple[str, str], ...]
    """Pairs of folded heading and field; an ignored heading has an empty field."""


# headings


def remember_columns(session: Session, kind: ListKind, columns: Mapping[str, str], *, name: str) -> Changes:
    """Keep what headings mean; the same headings mapped again replace what was said before."""
    pairs = sorted((fold(heading), field) for heading, field in columns.items() if fold(heading))
    if not pairs:
        return changes()
    row = _of_headings(session, kind, (heading for heading, _ in pairs))
    if row is None:
        row = MappingRow(kind=kind.value, headings_key=_headings_key(h for h, _ in pairs), name=name, columns=[])
        session.add(row)
    row.columns = [list(pair) for pair in pairs]
    session.flush()
    return changes(("mapping", row.id), made=row.id)


def remembered_columns(session: Session, kind: ListKind, headings: Iterable[str]) -> dict[str, str] | None:
    """What exactly these headings were mapped to, in any order; none where they never were."""
    row = _of_headings(session, kind, headings)
    return None if row is None else _columns_of(row)


def known_columns(session: Session, kind: ListKind) -> dict[str, str]:
    """Every heading that was ever mapped for this kind of file; what was said last counts."""
    rows = session.scalars(sa.select(MappingRow).where(MappingRow.kind == kind.value).order_by(MappingRow.id))
    return {heading: field for row in rows for heading, field in _columns_of(row).items()}


def mappings(session: Session, kind: ListKind | None = None) -> list[MappingView]:
    """Everything mapped by hand, by name."""
    question = sa.select(MappingRow).order_by(MappingRow.name, MappingRow.id)
    if kind is not None:
        question = question.where(MappingRow.kind == kind.value)
    return [
        MappingView(
            id=r.id, version=r.version, kind=ListKind(r.kind), name=r.name, columns=tuple(_columns_of(r).items())
        )
        for r in session.scalars(question)
    ]


def mapping_named(session: Session, kind: ListKind, name: str) -> dict[str, str] | None:
    """A mapping by its name, as the command line asks for it; the newest where two share one."""
    named = [m for m in mappings(session, kind) if fold(m.name) == fold(name)]
    return dict(named[-1].columns) if named else None


def forget_mapping(session: Session, key: int) -> Changes:
    """Take a wrong mapping away; one undo brings it back."""
    session.delete(get(session, MappingRow, key))
    session.flush()
    return changes(("mapping", key))


def forget_all(session: Session) -> Changes:
    """Take away everything that was learnt of lists, columns and status words; one undo brings it back."""
    rows: list[MappingRow | StatusWordRow] = [
        *session.scalars(sa.select(MappingRow)), *session.scalars(sa.select(StatusWordRow)),
    ]  # fmt: skip
    gone = [(row.__tablename__, row.id) for row in rows]
    for row in rows:
        session.delete(row)
    session.flush()
    return changes(*gone)


def _of_headings(session: Session, kind: ListKind, headings: Iterable[str]) -> MappingRow | None:
    same = sa.select(MappingRow).where(
        MappingRow.kind == kind.value, MappingRow.headings_key == _headings_key(fold(h) for h in headings)
    )
    return session.scalar(same)


def _headings_key(folded: Iterable[str]) -> str:
    return "|".join(sorted(set(folded) - {""}))


def _columns_of(row: MappingRow) -> dict[str, str]:
    return {str(heading): str(field) for heading, field in row.columns}


# status words


def remember_statuses(session: Session, kind: ListKind, statuses: Mapping[str, Coded]) -> Changes:
    """Keep what status words mean; a word said otherwise before changes its meaning."""
    known = {r.word_key: r for r in _words(session, kind)}
    touched = []
    for word, state in statuses.items():
        row = known.get(fold(word))
        if not fold(word) or (row is not None and row.state == state.value):
            continue
        if row is None:
            row = known[fold(word)] = add(
                session, StatusWordRow(kind=kind.value, word_key=fold(word), state=state.value)
            )
        row.state = state.value
        touched.append(row.id)
    session.flush()
    return changes(*(("status_word", key) for key in touched))


def claim_statuses(session: Session) -> dict[str, ListStatus]:
    """Folded status words of claim lists and what they were said to mean."""
    return {r.word_key: ListStatus(r.state) for r in _words(session, ListKind.CLAIMS)}


def journey_statuses(session: Session) -> dict[str, JourneyState]:
    """Folded status words of tracking sheets and the states they were said to mean."""
    return {r.word_key: JourneyState(r.state) for r in _words(session, ListKind.JOURNEYS)}


def forget_status(session: Session, kind: ListKind, word: str) -> Changes:
    """Take a wrong meaning away, so that the word is asked about again."""
    row = next((r for r in _words(session, kind) if r.word_key == fold(word)), None)
    if row is None:
        return changes()
    session.delete(row)
    session.flush()
    return changes(("status_word", row.id))


def _words(session: Session, kind: ListKind) -> Iterable[StatusWordRow]:
    return session.scalars(sa.select(StatusWordRow).where(StatusWordRow.kind == kind.value)).all()
