"""The letter that asks for missing papers (R11): which, for which step, by when, from whom. Never a diagnosis.

One letter for one step, to the patient, the hospital or the insurer, each asked only for the papers it gives out.
Sources: ``domain`` 1.7; casework, documents ("a chaser letter in one click").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.clocks import after_working_days
from liaison.domain.documents import DocumentKind, Process
from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.names import fold
from liaison.domain.paper_owners import owed_by
from liaison.domain.privacy import Audience
from liaison.domain.work import WaitingOn
from liaison.i18n import N_, Language, upper_first
from liaison.reports.blocks import (
    AskBox,
    Block,
    Checklist,
    ChecklistItem,
    Columns,
    Fact,
    Facts,
    Heading,
    Headline,
    Letterhead,
    Note,
    Signature,
    Space,
    Span,
    Text,
    Title,
)
from liaison.reports.case_view import Office
from liaison.reports.gathering import office_of
from liaison.reports.reader_tags import name_fields, show_fields, shown_to
from liaison.reports.report import CaseKeys, Option, Prepared, Report
from liaison.reports.wording import BANNERS, as_of_words, bound, in_both_zones, local, sample_words, sentences
from liaison.services.belonging import name_of, policy_of
from liaison.services.changes import actor, clock, get
from liaison.services.checklists import Pack, packs_of
from liaison.services.office_hours import office_calendar
from liaison.services.paper_requests import CHASE_DAYS
from liaison.services.patient_views import next_of_kin
from liaison.services.views import find_case
from liaison.store.models import CoverRow, JourneyRow, OrganizationRow, PatientRow

NO_SUCH_CASE = N_("There is no case of this number here. Look for it by name first.")
NOTHING_MISSING = N_("No paper is missing for this step. There is nothing to ask for.")
NOTHING_OF_THEIRS = N_("Every missing paper comes from somebody else. Choose another receiver.")
UNKNOWN_STEP = N_("No step is called {name}. Steps of this case: {known}.")

_GIVES = {
    Audience.FAMILY: (WaitingOn.PATIENT,),
    Audience.HOSPITAL: (WaitingOn.HOSPITAL,),
    Audience.INSURER: (WaitingOn.INSURER,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLetterView:
    """What is missing for one step of a case."""

    as_of: dt.datetime
    office: Office
    officer: str
    case_no: str
    patient: str
    is_dead: bool
    """The patient died: what is asked of the family is asked otherwise."""
    receiver: str
    """Empty for the family of somebody who died, where nobody of it is known by name."""
    receiver_city: str
    receiver_zone: str
    hospital: str
    mrn: str
    member_no: str
    process: Process
    missing: tuple[tuple[DocumentKind, ...], ...]
    others: tuple[tuple[DocumentKind, ...], ...]
    """What is missing too, but comes from somebody else."""
    here: tuple[DocumentKind, ...]
    by: dt.datetime


_ALL = (Audience.FAMILY, Audience.HOSPITAL, Audience.INSURER)
show_fields(
    PaperLetterView,
    "as_of office officer case_no patient is_dead receiver receiver_city receiver_zone hospital process missing others "
    "here by", *_ALL,
)  # fmt: skip
show_fields(PaperLetterView, "mrn", Audience.HOSPITAL)
show_fields(PaperLetterView, "member_no", Audience.INSURER)
name_fields(
    PaperLetterView, mrn=N_("Medical record"), member_no=N_("Member number"), missing=N_("Papers asked for"),
    others=N_("Papers asked of others"),
)  # fmt: skip


def gather(session: Session, options: Mapping[str, str], audience: Audience) -> tuple[PaperLetterView, CaseKeys]:
    """The missing papers of a step that this receiver gives out. Refuses where there are none."""
    key = find_case(session, options["case"])
    if key is None:
        raise Refused([problem("NO_SUCH_CASE", NO_SUCH_CASE, "case")])
    journey = get(session, JourneyRow, key)
    pack = _pack(packs_of(session, key), options.get("process", ""), audience)
    lacking = tuple(item.kinds for item in pack.missing)
    own = tuple(kinds for kinds in lacking if owed_by(kinds[0]) in _GIVES[audience])
    if not lacking:
        raise Refused([problem("NOTHING_MISSING", NOTHING_MISSING, "process")])
    if not own:
        raise Refused([problem("NOTHING_OF_THEIRS", NOTHING_OF_THEIRS, "audience")])
    patient = session.get_one(PatientRow, journey.patient_id)
    policy = policy_of(session, journey.cover_id)
    hospital = session.get(OrganizationRow, journey.hospital_id) if journey.hospital_id is not None else None
    insurer = session.get(OrganizationRow, policy.insurer_id) if policy and policy.insurer_id is not None else None
    house = {Audience.HOSPITAL: hospital, Audience.INSURER: insurer}.get(audience)
    is_dead = patient.died_on is not None
    usual = house.name if house is not None else next_of_kin(session, patient.id) if is_dead else patient.full_name
    office = office_of(session)
    view = PaperLetterView(
        as_of=clock(session), office=office, officer=actor(session), case_no=journey.case_no,
        patient=patient.passport_name or patient.full_name, receiver=options.get("receiver", "") or usual,
        is_dead=is_dead,
        receiver_city=house.city if house is not None else patient.city,
        receiver_zone=house.zone if house is not None else "",
        hospital=name_of(session, journey.hospital_id), mrn=journey.mrn,
        member_no=_member(session, journey) if audience is Audience.INSURER else "", process=pack.process,
        missing=own, others=tuple(kinds for kinds in lacking if kinds not in own),
        here=tuple(item.kinds[0] for item in pack.items if item.have),
        by=after_working_days(clock(session), CHASE_DAYS, office_calendar(session)),
    )  # fmt: skip
    country = (house.country if house is not None else "") if audience is not Audience.FAMILY else ""
    return view, CaseKeys(journey_id=key, patient_id=patient.id, country=country)


def _pack(packs: tuple[Pack, ...], wanted: str, audience: Audience) -> Pack:
    """The pack that is asked for; else the latest due one that lacks something of this receiver, then the next ones."""
    if wanted:
        for pack in packs:
            if wanted.strip().upper() == pack.process.value:
                return pack
        known = ", ".join(pack.process.value for pack in packs)
        raise Refused([problem("UNKNOWN_STEP", UNKNOWN_STEP, "process", name=wanted, known=known)])
    ordered = [*(pack for pack in reversed(packs) if pack.is_due), *(pack for pack in packs if not pack.is_due)]
    lacking = [pack for pack in ordered if pack.missing]
    for pack in lacking:
        if any(owed_by(item.kinds[0]) in _GIVES[audience] for item in pack.missing):
            return pack
    if lacking:
        return lacking[0]
    raise Refused([problem("NOTHING_MISSING", NOTHING_MISSING, "process")])


def _member(session: Session, journey: JourneyRow) -> str:
    cover = session.get(CoverRow, journey.cover_id) if journey.cover_id is not None else None
    return cover.member_no if cover is not None else ""


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The letter of one case and step, read for one receiver."""
    view, keys = gather(session, options, audience)
    view = shown_to(view, audience)
    return Prepared(
        view=view, lay_out=partial(lay_out, view, audience=audience, number=options.get("number", "")),
        as_of=view.as_of, office=view.office.name, keys=keys, recipient=view.receiver or view.patient,
    )  # fmt: skip


REPORT = Report(
    name="paper_letter",
    code="R11",
    title=N_("Request for papers"),
    options=(
        Option(name="case", label=N_("Case number"), is_required=True),
        Option(name="process", label=N_("For which step papers are asked for")),
        Option(name="receiver", label=N_("Receiver")),
        Option(name="number", label=N_("Number of this letter")),
        Option(name="emergency", label=N_("Why it cannot wait for a consent")),
    ),
    audiences=(Audience.FAMILY, Audience.HOSPITAL, Audience.INSURER),
    prepare=prepare,
)


def lay_out(view: PaperLetterView, language: Language, *, audience: Audience, number: str) -> list[Block]:
    """The letter: what is asked for, by when, and what is here already, so that nobody sends it twice."""
    _ = language
    step = _(view.process.label)
    blocks: list[Block] = [
        _title(view, _, audience, number),
        _addresses(view, _, audience),
        Headline(
            text=_.plural("{count} paper is missing for the {step}", "{count} papers are missing for the {step}",
                          len(view.missing), step=step),
            kicker=_(REPORT.title),
        ),
        Space(height=1.6),
        Text(words=_greeting(view, _, audience)),
        Space(height=3),
        _ask(view, _),
        Space(height=3),
    ]  # fmt: skip
    missing = tuple(ChecklistItem(text=paper_words(kinds, _), there=False) for kinds in view.missing)
    left: tuple[Block, ...] = (Heading(text=_("Please send us")), Checklist(items=missing))
    if view.others:
        words = ", ".join(paper_words(kinds, _) for kinds in view.others)
        left += (Note(words=_("We ask others for: {papers}.", papers=words)),)
    here = tuple(ChecklistItem(text=paper_words((kind,), _), there=True) for kind in view.here)
    right: tuple[Block, ...] = (
        Heading(text=_("Here already")),
        Checklist(items=here) if here else Text(words=_("Nothing for this step yet."), small=True),
    )
    return [*blocks, Columns(left=left, right=right), Space(height=8), _signature(view, _)]


def paper_words(kinds: tuple[DocumentKind, ...], _: Language) -> str:
    """``Laboratory result or imaging``."""
    return upper_first(_(" or ").join(_(kind.label) for kind in kinds))


def _title(view: PaperLetterView, _: Language, audience: Audience, number: str) -> Title:
    office = view.office
    day = _.formats.long_date(local(view.as_of, office.zone).date())
    return Title(
        kind=_(REPORT.title),
        has_address=True,
        banner=_(BANNERS[audience]),
        letterhead=Letterhead(
            office=office.name,
            address=" · ".join(part for part in (office.letterhead, office.address, bound(office.phone)) if part),
            number_and_date=_("No. {number} · {date}", number=number, date=day) if number else day,
        ),
        running=(view.case_no, _receiver(view, _)),
        source=sentences(
            _("Source: documents of this case at our office, n = {count}.", count=len(view.here)),
            as_of_words(view.as_of, office.zone, _),
            sample_words(is_sample=office.is_sample, language=_),
        ),
        note=sentences(
            _("For: {receiver}.", receiver=_receiver(view, _)), _("Prepared by {officer}.", officer=view.officer)
        ),
    )


def _receiver(view: PaperLetterView, _: Language) -> str:
    return view.receiver or _("Family of {name}", name=view.patient)


def _addresses(view: PaperLetterView, _: Language, audience: Audience) -> Block:
    left = [Fact(key=_("To"), words=(Span(_receiver(view, _), strong=True),)), Fact(key="", words=view.receiver_city)]
    right = [Fact(key=_("Our number"), words=(Span(view.case_no, strong=True),))]
    if fold(view.receiver) != fold(view.patient):
        right.insert(0, Fact(key=_("Patient"), words=view.patient))
    if audience is not Audience.HOSPITAL:
        right.append(Fact(key=_("Hospital"), words=view.hospital))
    else:
        right.append(Fact(key=_("Medical record"), words=view.mrn))
    right.append(Fact(key=_("Member"), words=view.member_no))
    return Columns(
        left=(Facts(facts=tuple(f for f in left if f.words), key_width=18),),
        right=(Facts(facts=tuple(f for f in right if f.words), key_width=38),),
    )


def _greeting(view: PaperLetterView, _: Language, audience: Audience) -> str:
    if view.is_dead:
        return _family_greeting(view, _, audience)
    if audience is Audience.FAMILY:
        return _(
            "Thank you for leaving this to us. To go on with your {step} we still need the papers below. A clear "
            "photo or a scan is enough, unless we ask for the original.",
            step=_(view.process.label),
        )
    return _(
        "We look after this patient. To go on with the {step} we still need the papers below from you. "
        "Please write our number into your answer.",
        step=_(view.process.label),
    )


def _family_greeting(view: PaperLetterView, _: Language, audience: Audience) -> str:
    step = _(view.process.label)
    if audience is Audience.FAMILY:
        return _(
            "We are sorry for your loss. For the {step} we still need the papers below. A clear photo or a scan is "
            "enough, unless we ask for the original.",
            step=step,
        )
    return _(
        "We help the family of this patient, who has died. For the {step} we still need the papers below from you. "
        "Please write our number into your answer.",
        step=step,
    )


def _ask(view: PaperLetterView, _: Language) -> AskBox:
    day = local(view.by, view.office.zone).date()
    return AskBox(
        head=_("What we ask"),
        words=_(
            "Send the papers to {office}, {phone}.",
            office=view.office.name,
            phone=bound(view.office.phone),
        )
        if view.office.phone
        else _("Send the papers to {office}.", office=view.office.name),
        by_label=_("by"),
        by=(
            f"{_.formats.weekday(day)}, {_.formats.date(day)}",
            in_both_zones(view.by, view.office.zone, view.receiver_zone, _),
        ),
    )


def _signature(view: PaperLetterView, _: Language) -> Signature:
    office = view.office
    day = local(view.as_of, office.zone).date()
    return Signature(
        annex_head=_("Annexes"), annexes="",
        place_date=", ".join(part for part in (office.place, _.formats.long_date(day)) if part),
        name=office.signatory or view.officer, role=office.signatory_title or _("liaison officer"),
        stamp=_("office stamp"),
    )  # fmt: skip
