"""The case summary (R1): what stands, what it costs, and what we ask the receiver to do by when.

Copies for the hospital, the insurer, the office itself, and one without names. Sources: ``domain`` section 4 (R1),
``ux`` 3.5 (a), ``paper``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.message_words import PhoneOwner
from liaison.domain.names import fold
from liaison.domain.patients import Region, RelationKind, Sex
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_, Language, upper_first
from liaison.i18n.formats import MISSING
from liaison.reports.blocks import (
    Block,
    Columns,
    Drawing,
    Fact,
    Facts,
    Heading,
    Headline,
    Letterhead,
    References,
    Shape,
    Signature,
    Span,
    Title,
)
from liaison.reports.case_beside_sections import beside_blocks
from liaison.reports.case_gather import gather
from liaison.reports.case_letter import letter_blocks
from liaison.reports.case_sections import later_blocks, money_blocks
from liaison.reports.case_view import Ask, AskKind, CaseView, CompanionView, redacted, without_restricted
from liaison.reports.case_words import Days, ask_box, days_for, headline
from liaison.reports.charts import StageBar, Step
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.said_again import note_words, owner_words
from liaison.reports.wording import BANNERS, as_of_words, bound, local, sample_words, sentences
from liaison.services.changes import zone

BAD_MOMENT = N_("Write the moment as 2026-11-20 17:00.")

COPY_FOR = {
    Audience.HOSPITAL: N_("Case summary {case} · copy for the hospital"),
    Audience.INSURER: N_("Case summary {case} · copy for the insurer"),
    Audience.INTERNAL: N_("Case summary {case} · for this office only"),
    Audience.PUBLIC: N_("Case summary · copy without names"),
}

REGIONS = {
    Region.WEST.label: N_("western Indonesia"),
    Region.CENTRAL.label: N_("central Indonesia"),
    Region.EAST.label: N_("eastern Indonesia"),
}
"""A market of the round table where no city may be named: "west" alone does not say of what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOptions:
    """What the officer may add: receiver and letter number, own words for the ask, and annexes.

    ``purpose`` says why HIV, mental health, fertility or TB are printed; without it they are not.
    """

    receiver: str = ""
    number: str = ""
    purpose: str = ""
    ask: str = ""
    by: dt.datetime | None = None
    annexes: str = ""


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The summary of one case, read for one reader."""
    view, keys = gather(session, options["case"])
    chosen = CaseOptions(
        receiver=options.get("receiver", ""),
        number=options.get("number", ""),
        purpose=options.get("purpose", ""),
        ask=options.get("ask", ""),
        by=_moment(session, options.get("by", "")),
        annexes=options.get("annexes", ""),
    )
    usual = {Audience.HOSPITAL: view.hospital, Audience.INSURER: view.insurer}.get(audience, "")
    view = redacted(view if chosen.purpose else without_restricted(view), audience)
    return Prepared(
        view=view,
        lay_out=partial(lay_out, view, audience=audience, options=chosen),
        as_of=view.as_of,
        office=view.office.name,
        keys=keys if audience is not Audience.PUBLIC else None,
        recipient=chosen.receiver or usual,
        purpose=chosen.purpose,
    )


def _moment(session: Session, text: str) -> dt.datetime | None:
    """A moment typed in the office's own time."""
    if not text:
        return None
    from zoneinfo import ZoneInfo

    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused([Problem(code="BAD_MOMENT", field="by", message=BAD_MOMENT)]) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone(session)))


REPORT = Report(
    name="case_summary",
    code="R1",
    title=N_("Case summary"),
    options=(
        Option(name="case", label=N_("Case number"), is_required=True),
        Option(name="receiver", label=N_("Receiver")),
        Option(name="number", label=N_("Number of this letter")),
        Option(name="purpose", label=N_("Purpose of printing a restricted diagnosis")),
        Option(name="ask", label=N_("What we ask for")),
        Option(name="by", label=N_("By when")),
        Option(name="annexes", label=N_("Annexes")),
        Option(name="emergency", label=N_("Why it cannot wait for a consent")),
    ),
    audiences=(Audience.INTERNAL, Audience.HOSPITAL, Audience.INSURER, Audience.PUBLIC),
    prepare=prepare,
)


def lay_out(view: CaseView, language: Language, *, audience: Audience, options: CaseOptions) -> list[Block]:
    """The pages of one copy. What the audience may not see is gone before a word is written."""
    shown = redacted(view if options.purpose else without_restricted(view), audience)
    if options.ask and audience is not Audience.PUBLIC:
        own = Ask(kind=AskKind.OWN_WORDS, words=options.ask, by=options.by)
        receiver = Audience.INSURER if audience is Audience.INTERNAL else audience
        shown = replace(shown, asks=((receiver, own), *shown.asks))
    days = days_for(shown, language, audience)
    blocks: list[Block] = [_title(shown, language, audience, options), Headline(text=headline(shown, language, days))]
    if audience is not Audience.PUBLIC:
        blocks.append(ask_box(shown, language, audience))
        references = _references(shown, language, audience)
        if references:
            blocks.append(References(pairs=references))
    if shown.steps:
        blocks.append(Drawing(chart=_stage_bar(shown, language, days)))
    blocks.append(_person_and_letter(shown, language, audience, options, days))
    blocks += money_blocks(shown, language)
    blocks += beside_blocks(shown, language, days)
    blocks += later_blocks(shown, language, audience, days)
    if audience not in (Audience.PUBLIC, Audience.INTERNAL):
        blocks.append(_signature(shown, language, options))
    return blocks


def _title(view: CaseView, _: Language, audience: Audience, options: CaseOptions) -> Title:
    office, day = view.office, local(view.as_of, view.office.zone).date()
    number = _("No. {number} · {date}", number=options.number, date=_.formats.long_date(day)) if options.number else ""
    receiver = options.receiver or _own_receiver(view, audience)
    anonymous = audience is Audience.PUBLIC
    return Title(
        kind=_(COPY_FOR[audience], case=view.case_no) if not anonymous else _(COPY_FOR[audience]),
        banner=_(BANNERS[audience]),
        letterhead=Letterhead(
            office=office.name,
            address=" · ".join(part for part in (office.letterhead, office.address, bound(office.phone)) if part),
            number_and_date=number or _.formats.long_date(day),
        ),
        running=(
            " · ".join(part for part in (view.case_no, view.passport_name) if part) or _(COPY_FOR[Audience.PUBLIC]),
            view.gl_no if audience in (Audience.INSURER, Audience.INTERNAL) else view.hospital_ref or view.mrn,
        ),
        source=_source(view, _, anonymous=anonymous),
        note=sentences(
            _("For: {receiver}.", receiver=receiver) if receiver else "",
            _("Prepared by {officer}.", officer=view.officer) if view.officer else "",
            _("Days count from the first entry of the case.") if anonymous else "",
            _("Purpose: {purpose}.", purpose=options.purpose) if options.purpose and view.is_restricted else "",
        ),
    )


def _own_receiver(view: CaseView, audience: Audience) -> str:
    return {Audience.HOSPITAL: view.hospital, Audience.INSURER: view.insurer}.get(audience, "")


def _source(view: CaseView, _: Language, *, anonymous: bool) -> str:
    counts = [bound(_.plural("n = {count} entry", "n = {count} entries", view.record_count))]
    if view.document_count:
        counts.append(bound(_.plural("{count} document", "{count} documents", view.document_count)))
    counted = _("Source: case records of this office, {counts}.", counts=", ".join(counts))
    rate = view.rates[0] if view.rates else None
    return sentences(
        counted,
        _("Rate: {source}, {date}.", source=rate.source, date=rate.on) if rate and not anonymous else "",
        as_of_words(view.as_of, view.office.zone, _),
        sample_words(is_sample=view.office.is_sample, language=_),
    )


def _references(view: CaseView, _: Language, audience: Audience) -> tuple[tuple[str, str], ...]:
    """The numbers under which the receiver finds the case; those not known are left out."""
    if audience is Audience.HOSPITAL:
        pairs = (
            (_("Your medical record number"), view.mrn),
            (_("Your reference"), view.hospital_ref),
            (_("Guarantee letter number"), view.gl_no),
            (_("Member number"), view.member_no),
        )
    elif audience is Audience.INTERNAL:
        pairs = (
            (_("Guarantee letter number"), view.gl_no),
            (_("Insurer's case number"), view.insurer_ref),
            (_("Policy number"), view.policy_no),
            (_("Member number"), view.member_no),
        )
    else:
        pairs = (
            (_("Your guarantee letter number"), view.gl_no),
            (_("Your case number"), view.insurer_ref),
            (_("Policy number"), view.policy_no),
            (_("Member number"), view.member_no),
        )
    return tuple((key, value) for key, value in pairs if value)


def _stage_bar(view: CaseView, _: Language, days: Days) -> StageBar:
    steps = []
    for step in view.steps:
        shape = Shape.NOW if step.is_now else Shape.DONE if step.is_done else Shape.COMING
        words = days.short(step.entered_on) if step.entered_on else ""
        if step.is_now and words:
            words = _("since {date}", date=words)
        elif words and not step.is_done:
            words = _("asked for {date}", date=words)
        if step.is_skipped:
            words = _("skipped")
        steps.append(Step(label=_(step.stage.label), date=words, shape=shape))
    return StageBar(steps=tuple(steps))


def _person_and_letter(view: CaseView, _: Language, audience: Audience, options: CaseOptions, days: Days) -> Block:
    facts = tuple(fact for fact in _facts(view, _, audience, options, days) if fact.words)
    left: tuple[Block, ...] = (Heading(text=_("Patient and treatment")), Facts(facts=facts))
    return Columns(left=left, right=letter_blocks(view, _, days), split=5)


def _facts(view: CaseView, _: Language, audience: Audience, options: CaseOptions, days: Days) -> list[Fact]:
    there = view.hospital_zone or days.zone
    facts = [Fact(key=_("State"), words=f"{_(view.state.label)} · {_(view.kind.label)}")]
    if view.passport_name:
        unseen = _("Name (not from the passport)") if view.passport else _("Name (no passport seen)")
        key = _("Passport name") if view.has_passport_name else unseen
        facts.append(Fact(key=key, words=(Span(view.passport_name, strong=True),)))
    if view.name_on_policy and fold(view.name_on_policy) != fold(view.passport_name):
        facts.append(Fact(key=_("Name on policy"), words=view.name_on_policy))
    facts.append(Fact(key=_("Born, sex"), words=_born(view, _, days)))
    if view.passport:
        until = _(", until {date}", date=view.passport.expires_on) if view.passport.expires_on else ""
        facts.append(Fact(key=_("Passport"), words=view.passport.masked + until))
    facts += [Fact(key=upper_first(_(number.kind.label)), words=number.masked) for number in view.identifiers]
    facts += [
        Fact(key=_("Telephone"), words=_phone(view, _)),
        Fact(key=_("Beside the patient"), words=" · ".join(_companion(one, view, _) for one in view.companions)),
        Fact(key=_("Allergies"), words=view.allergies),
        Fact(key=_("From"), words=view.origin or _(REGIONS.get(view.region, view.region))),
        Fact(key=_("Insurer"), words=view.insurer if audience is not Audience.INSURER else ""),
        Fact(key=_("Product"), words=", ".join(part for part in (view.product, view.room_class) if part)),
        Fact(key=_("Other covers"), words=" · ".join(view.other_covers)),
        Fact(key=_("Hospital"), words=view.hospital or view.hospital_city),
        Fact(key=_("Medical record"), words=view.mrn_masked),
        Fact(key=_("Admitted on"), words=days.date(local(view.admitted_at, there).date()) if view.admitted_at else ""),
        Fact(
            key=_("Left hospital on"),
            words=days.date(local(view.discharged_at, there).date()) if view.discharged_at else "",
        ),
    ]
    return facts + _medical_facts(view, _, audience, options)


def _phone(view: CaseView, _: Language) -> str:
    """The number, and whose it is where it is not the patient's own."""
    owner = owner_words(view.phone_owner, _)
    return f"{bound(view.phone)} ({owner})" if view.phone and owner else bound(view.phone)


def _companion(companion: CompanionView, view: CaseView, _: Language) -> str:
    relation = companion.relation.label
    if companion.relation is RelationKind.SPOUSE and view.sex is not None:
        relation = (PhoneOwner.HUSBAND if view.sex is Sex.F else PhoneOwner.WIFE).label
    name = f"{companion.name} ({_(relation)})"
    return f"{name} {bound(companion.phone)}" if companion.phone else name


def _medical_facts(view: CaseView, _: Language, audience: Audience, options: CaseOptions) -> list[Fact]:
    if view.is_restricted and not options.purpose:
        return [Fact(key=_("Diagnosis"), words=_("not printed: a purpose must be given first"))]
    if audience is Audience.PUBLIC:
        return [Fact(key=_("Disease group"), words=_(view.disease_group) if view.disease_group else "")]
    diagnosis = " ".join(part for part in (view.diagnosis_code, view.diagnosis) if part)
    return [
        Fact(key=_("Diagnosis"), words=diagnosis or MISSING),
        Fact(key=_("Procedure"), words=view.procedure),
        Fact(key=_("Doctor"), words=view.doctor),
        Fact(key=_("Referred by"), words=view.referral),
        Fact(key=_("Note"), words=note_words(view.note, _)),
    ]


def _born(view: CaseView, _: Language, days: Days) -> str:
    sex = _(view.sex.label) if view.sex else ""
    if view.birth_date is None or days.relative:
        return ", ".join(part for part in (_("{band} years", band=view.age_band) if view.age_band else "", sex) if part)
    today = local(view.as_of, days.zone).date()
    born = view.birth_date
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    words = _.plural("{date} ({count} year)", "{date} ({count} years)", age, date=born)
    return ", ".join(part for part in (words, sex) if part)


def _signature(view: CaseView, _: Language, options: CaseOptions) -> Signature:
    office = view.office
    day = _.formats.long_date(local(view.as_of, office.zone).date())
    return Signature(
        annex_head=_("Annexes"),
        annexes=options.annexes,
        place_date=", ".join(part for part in (office.place, day) if part),
        name=office.signatory or view.officer,
        role=office.signatory_title or _("liaison officer"),
        stamp=_("office stamp"),
    )
