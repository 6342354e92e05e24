"""The office, its officers and the settings that travel with the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.errors import Refused, refuse_if
from liaison.domain.names import fold
from liaison.domain.offices import BOTH_ROLES, OfficeDraft, OfficerDraft, Role, check_office, check_officer, roles_of
from liaison.domain.problems import Problem
from liaison.domain.regions import city_of
from liaison.i18n import N_
from liaison.services.changes import Changes, add, changes, draft_of, fill, get, get_for, officer_id
from liaison.store.models import OfficeRow, OfficerRow, SettingRow

NO_OFFICE = N_("This store has no office yet. Set it up first.")
KNOWN_OFFICER = N_("An officer of this name is already here. Add a second name or a letter.")
ONE_OFFICE = N_("This store already has its office. Change it instead.")
LAST_SUPERVISOR = N_("At least one active supervisor must remain. Make somebody else supervisor first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeView:
    """The office as its letterhead and settings show it."""

    id: int
    version: int
    name: str
    city: str
    zone: str
    address: str
    phone: str
    email: str
    letterhead: str
    signatory: str
    signatory_title: str
    language: str
    report_currency: str
    is_sample: bool

    @property
    def place(self) -> str:
        """The city's name as it stands before a date on paper."""
        city = city_of(self.city)
        return city.name if city else self.city


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerView:
    """Somebody who works here."""

    id: int
    version: int
    name: str
    phone: str
    email: str
    is_supervisor: bool
    is_active: bool


def set_up_office(session: Session, office: OfficeDraft, officer: OfficerDraft, *, is_sample: bool = False) -> Changes:
    """Make the office and its first officer, who is supervisor too so that a one-person office never gets stuck."""
    problems = [*check_office(office), *check_officer(officer)]
    if _row(session) is not None:
        problems.append(Problem(code="ONE_OFFICE", message=ONE_OFFICE))
    refuse_if(problems)
    row = add(session, fill(OfficeRow(is_sample=is_sample), office))
    session.info.pop("zone", None)
    first = _new_officer(session, officer, key=officer_id(session))
    first.is_supervisor = True
    session.flush()
    return changes(("office", row.id), ("officer", first.id), made=row.id)


def has_office(session: Session) -> bool:
    """Whether the first run has set an office up."""
    return _row(session) is not None


def office(session: Session) -> OfficeView:
    """The office of this store; refused before the first run has set it up."""
    row = _row(session)
    if row is None:
        raise Refused([Problem(code="NO_OFFICE", message=NO_OFFICE)])
    return OfficeView(
        id=row.id, version=row.version, name=row.name, city=row.city, zone=row.zone, address=row.address,
        phone=row.phone, email=row.email, letterhead=row.letterhead, signatory=row.signatory,
        signatory_title=row.signatory_title, language=row.language, report_currency=row.report_currency,
        is_sample=row.is_sample,
    )  # fmt: skip


def office_draft(session: Session, key: int | None = None) -> OfficeDraft:
    """What the form of the office opens with; there is only one, whatever the key."""
    return draft_of(get(session, OfficeRow, key or office(session).id), OfficeDraft)


def edit_office(session: Session, draft: OfficeDraft, *, version: int | None = None) -> Changes:
    """Change the office's name, letterhead or habits."""
    refuse_if(check_office(draft))
    row = get_for(session, OfficeRow, office(session).id, draft, version=version)
    fill(row, draft)
    session.info.pop("zone", None)
    session.flush()
    return changes(("office", row.id))


def restore_habits(session: Session) -> Changes:
    """Zone of the office's city, language and currency of reports as a new office has them; the rest stays."""
    now = office_draft(session)
    usual = OfficeDraft(name=now.name, city=now.city)
    city = city_of(now.city)
    zone = city.zone if city is not None and city.zone else usual.zone
    return edit_office(session, replace(now, zone=zone, language=usual.language, report_currency=usual.report_currency))


def officers(session: Session, *, active_only: bool = False) -> tuple[OfficerView, ...]:
    """Everybody who works or worked here, by name."""
    question = sa.select(OfficerRow).order_by(OfficerRow.name_key)
    if active_only:
        question = question.where(OfficerRow.is_active)
    return tuple(
        OfficerView(
            id=r.id, version=r.version, name=r.name, phone=r.phone, email=r.email,
            is_supervisor=r.is_supervisor, is_active=r.is_active,
        )
        for r in session.scalars(question)
    )  # fmt: skip


def add_officer(session: Session, draft: OfficerDraft, *, key: int | None = None) -> Changes:
    """Put a colleague on record; ``key`` is that of the colleague's password slot, so that the actor is known."""
    refuse_if([*check_officer(draft), *_same_name(session, draft)])
    row = _new_officer(session, draft, key=key)
    return changes(("officer", row.id), made=row.id)


def edit_officer(session: Session, key: int, draft: OfficerDraft, *, version: int | None = None) -> Changes:
    """Change a colleague's details; the last active supervisor stays one."""
    row = get_for(session, OfficerRow, key, draft, version=version)
    refuse_if([*check_officer(draft), *_same_name(session, draft, but=key)])
    fill(row, draft)
    row.name_key = fold(draft.name)
    session.flush()
    _keep_a_supervisor(session)
    return changes(("officer", key))


def let_go(session: Session, key: int) -> Changes:
    """Say that a colleague no longer works here; what the colleague did stays."""
    get(session, OfficerRow, key).is_active = False
    session.flush()
    _keep_a_supervisor(session)
    return changes(("officer", key))


def take_back(session: Session, key: int) -> Changes:
    """Say that a colleague works here again."""
    get(session, OfficerRow, key).is_active = True
    session.flush()
    return changes(("officer", key))


def roles(session: Session) -> frozenset[Role]:
    """What the actor may do. Time itself passes over nothing; the first officer, while setting up, may do all."""
    key = officer_id(session)
    if key is None:
        return frozenset({Role.OFFICER})
    row = session.get(OfficerRow, key)
    return BOTH_ROLES if row is None else roles_of(is_supervisor=row.is_supervisor)


def _keep_a_supervisor(session: Session) -> None:
    supervisors = sa.select(OfficerRow.id).where(OfficerRow.is_supervisor, OfficerRow.is_active).limit(1)
    if session.scalar(supervisors) is None:
        raise Refused([Problem(code="LAST_SUPERVISOR", message=LAST_SUPERVISOR, field="is_supervisor")])


def setting(session: Session, name: str, default: Any = None) -> Any:
    """A setting of the office by its name."""
    row = session.scalar(sa.select(SettingRow).where(SettingRow.name == name))
    return default if row is None else row.value


def set_setting(session: Session, name: str, value: Any) -> Changes:
    """Keep a setting of the office; ``value`` is plain JSON."""
    row = session.scalar(sa.select(SettingRow).where(SettingRow.name == name))
    if row is None:
        row = add(session, SettingRow(name=name, value=value))
    elif row.value != value:
        row.value = value
        session.flush()
    return changes(("setting", row.id))


def _row(session: Session) -> OfficeRow | None:
    return session.scalar(sa.select(OfficeRow).limit(1))


def _new_officer(session: Session, draft: OfficerDraft, *, key: int | None = None) -> OfficerRow:
    return add(session, fill(OfficerRow(id=key, name_key=fold(draft.name)), draft))


def _same_name(session: Session, draft: OfficerDraft, *, but: int | None = None) -> list[Problem]:
    same = session.scalar(sa.select(OfficerRow.id).where(OfficerRow.name_key == fold(draft.name)))
    return [Problem(code="KNOWN_OFFICER", message=KNOWN_OFFICER, field="name")] if same not in (None, but) else []
