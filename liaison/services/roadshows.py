"""Roadshows and round tables: opened, changed, closed; their permits, programme and themes."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.names import fold
from liaison.domain.patients import Region
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of
from liaison.domain.roadshows import (
    PermitDraft,
    PermitKind,
    PermitState,
    RoadshowDraft,
    RoadshowKind,
    SessionDraft,
    ThemeDraft,
    check_permit,
    check_roadshow,
    check_session,
    check_theme,
    covered_regions,
)
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, need, today
from liaison.services.own_regions import own_regions as own_regions
from liaison.services.own_regions import set_region as set_region
from liaison.store.models import (
    OfficerRow,
    RoadshowGuestRow,
    RoadshowNeedRow,
    RoadshowPermitRow,
    RoadshowPromiseRow,
    RoadshowRow,
    RoadshowSessionRow,
    RoadshowThemeRow,
)

NOT_OVER = N_("This event is not over yet. It can be closed after its last day.")
NO_OWNER = N_("These promises have no owner yet: {promises}.")
NO_DUE = N_("These promises have no day yet: {promises}.")
CLOSED_ALREADY = N_("This event is closed already.")
WHY_CALLED_OFF = N_("Write down why the event is called off.")
NOT_EMPTY = N_("Something was written down for this event already. Call it off instead of removing it.")


# events


def add_roadshow(session: Session, draft: RoadshowDraft) -> Changes:
    """Put an event on record, with the checklist of permits that every event starts with.

    Where no region is ticked it covers those its city hears by the office's own list.
    """
    if not draft.regions:
        draft = with_regions(draft, covered_regions(draft.city, own_regions(session)))
    refuse_if(check_roadshow(draft))
    row = add(session, _filled(RoadshowRow(), draft))
    pairs: list[tuple[str, int | None]] = [("roadshow", row.id)]
    for kind in PermitKind:
        if kind is not PermitKind.OTHER and not (
            kind is PermitKind.FOREIGN_DOCTORS and draft.kind is RoadshowKind.ROUND_TABLE
        ):
            permit = add(session, RoadshowPermitRow(roadshow_id=row.id, kind=kind))
            pairs.append(("roadshow_permit", permit.id))
    return changes(*pairs, made=row.id)


def edit_roadshow(session: Session, key: int, draft: RoadshowDraft, *, version: int | None = None) -> Changes:
    """Change an event."""
    row = get_for(session, RoadshowRow, key, draft, version=version)
    refuse_if(check_roadshow(draft))
    _filled(row, draft)
    session.flush()
    return changes(("roadshow", key))


def roadshow_draft(session: Session, key: int) -> RoadshowDraft:
    """What the form of an event opens with."""
    return draft_of(get(session, RoadshowRow, key), RoadshowDraft)


def with_regions(draft: RoadshowDraft, regions: tuple[Region, ...]) -> RoadshowDraft:
    """The same event, covering these regions."""
    return replace(
        draft, covers_west=Region.WEST in regions, covers_central=Region.CENTRAL in regions,
        covers_east=Region.EAST in regions,
    )  # fmt: skip


def close_roadshow(session: Session, key: int) -> Changes:
    """Close an event after its last day. Refused while a promise lacks its owner or its day. Source: ``domain`` 1.9."""
    row = get(session, RoadshowRow, key)
    problems: list[Problem] = []
    if row.wound_up_on is not None:
        raise Refused([Problem(code="CLOSED_ALREADY", message=CLOSED_ALREADY)])
    if (row.ends_on or row.starts_on) > today(session):
        problems.append(Problem(code="NOT_OVER", message=NOT_OVER))
    promised = session.scalars(sa.select(RoadshowPromiseRow).where(RoadshowPromiseRow.roadshow_id == key)).all()
    for code, message, lacking in (
        ("NO_OWNER", NO_OWNER, [p.what for p in promised if p.officer_id is None and not p.owner]),
        ("NO_DUE", NO_DUE, [p.what for p in promised if p.due_on is None and p.done_on is None]),
    ):
        if lacking:
            problems.append(Problem(code=code, message=message, values={"promises": "; ".join(lacking)}))
    refuse_if(problems)
    row.wound_up_on = today(session)
    session.flush()
    return changes(("roadshow", key))


def open_roadshow_again(session: Session, key: int) -> Changes:
    """Open a closed or called-off event again."""
    row = get(session, RoadshowRow, key)
    row.wound_up_on, row.cancelled_because = None, ""
    session.flush()
    return changes(("roadshow", key))


def call_off(session: Session, key: int, *, because: str) -> Changes:
    """Call an event off; what was prepared stays on record."""
    row = get(session, RoadshowRow, key)
    if not because.strip():
        raise Refused([Problem(code="WHY_CALLED_OFF", message=WHY_CALLED_OFF, field="because")])
    row.cancelled_because = because.strip()
    session.flush()
    return changes(("roadshow", key))


def remove_roadshow(session: Session, key: int) -> Changes:
    """Take an event off that was entered in error, with its untouched checklist; one undo brings it back."""
    row = get(session, RoadshowRow, key)
    for kind in (RoadshowGuestRow, RoadshowNeedRow, RoadshowPromiseRow, RoadshowSessionRow, RoadshowThemeRow):
        if session.scalar(sa.select(kind.id).where(kind.roadshow_id == key).limit(1)) is not None:
            raise Refused([Problem(code="NOT_EMPTY", message=NOT_EMPTY)])
    for permit in session.scalars(sa.select(RoadshowPermitRow).where(RoadshowPermitRow.roadshow_id == key)):
        session.delete(permit)
    session.flush()
    session.delete(row)
    session.flush()
    return changes(("roadshow", key))


# the checklist


def add_permit(session: Session, draft: PermitDraft) -> Changes:
    """Put one more permit on the checklist."""
    refuse_if([*check_permit(draft), *_places(session, draft)])
    row = add(session, fill(RoadshowPermitRow(), draft))
    return _touched("roadshow_permit", row, made=row.id)


def edit_permit(session: Session, key: int, draft: PermitDraft, *, version: int | None = None) -> Changes:
    """Change how far a permit is."""
    row = get_for(session, RoadshowPermitRow, key, draft, version=version)
    refuse_if([*check_permit(draft), *_places(session, draft)])
    fill(row, draft)
    session.flush()
    return _touched("roadshow_permit", row)


def permit_draft(session: Session, key: int) -> PermitDraft:
    """What the form of a permit opens with."""
    return draft_of(get(session, RoadshowPermitRow, key), PermitDraft)


def move_permit(session: Session, key: int, state: PermitState) -> Changes:
    """Say how far a permit is, with one press."""
    draft = replace(permit_draft(session, key), state=state)
    return edit_permit(session, key, draft)


def remove_permit(session: Session, key: int) -> Changes:
    """Take a permit off the checklist; one undo brings it back."""
    return _remove(session, "roadshow_permit", get(session, RoadshowPermitRow, key))


# the programme


def add_session(session: Session, draft: SessionDraft) -> Changes:
    """Put an item on the programme."""
    refuse_if([*check_session(draft), *need(session, RoadshowRow, draft.roadshow_id)])
    row = add(session, fill(RoadshowSessionRow(), draft))
    return _touched("roadshow_session", row, made=row.id)


def edit_session(session: Session, key: int, draft: SessionDraft, *, version: int | None = None) -> Changes:
    """Change an item of the programme."""
    row = get_for(session, RoadshowSessionRow, key, draft, version=version)
    refuse_if(check_session(draft))
    fill(row, draft)
    session.flush()
    return _touched("roadshow_session", row)


def session_draft(session: Session, key: int) -> SessionDraft:
    """What the form of an item opens with."""
    return draft_of(get(session, RoadshowSessionRow, key), SessionDraft)


def remove_session(session: Session, key: int) -> Changes:
    """Take an item off the programme; one undo brings it back."""
    return _remove(session, "roadshow_session", get(session, RoadshowSessionRow, key))


# themes


def add_theme(session: Session, draft: ThemeDraft) -> Changes:
    """Write down what moves a region."""
    refuse_if([*check_theme(draft), *need(session, RoadshowRow, draft.roadshow_id)])
    row = add(session, fill(RoadshowThemeRow(), draft))
    return _touched("roadshow_theme", row, made=row.id)


def edit_theme(session: Session, key: int, draft: ThemeDraft, *, version: int | None = None) -> Changes:
    """Change a theme or what we say about it."""
    row = get_for(session, RoadshowThemeRow, key, draft, version=version)
    refuse_if(check_theme(draft))
    fill(row, draft)
    session.flush()
    return _touched("roadshow_theme", row)


def theme_draft(session: Session, key: int) -> ThemeDraft:
    """What the form of a theme opens with."""
    return draft_of(get(session, RoadshowThemeRow, key), ThemeDraft)


def remove_theme(session: Session, key: int) -> Changes:
    """Take a theme off; one undo brings it back."""
    return _remove(session, "roadshow_theme", get(session, RoadshowThemeRow, key))


# inner


def _filled(row: RoadshowRow, draft: RoadshowDraft) -> RoadshowRow:
    fill(row, draft)
    row.series, row.series_key = draft.series.strip(), fold(draft.series)
    city = city_of(draft.city)
    row.city = city.name if city is not None else draft.city
    return row


def _places(session: Session, draft: PermitDraft) -> list[Problem]:
    return [
        *need(session, RoadshowRow, draft.roadshow_id),
        *need(session, OfficerRow, draft.officer_id, field="officer_id"),
    ]


def _remove(session: Session, kind: str, row: RoadshowPermitRow | RoadshowSessionRow | RoadshowThemeRow) -> Changes:
    done = _touched(kind, row)
    session.delete(row)
    session.flush()
    return done


def _touched(
    kind: str, row: RoadshowPermitRow | RoadshowSessionRow | RoadshowThemeRow, *, made: int | None = None
) -> Changes:
    return changes((kind, row.id), ("roadshow", row.roadshow_id), made=made)
