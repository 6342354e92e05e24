"""What the patient's insurers will probably pay (R12): each line, each step of each plan with its source, the rate.

For the patient, who has to know what is left to pay, and for the office. Never a promise: every page says that the
insurer decides. Sources: ``domain`` 3.3; casework, money that proves itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.benefit_lines import THE_INSURER_DECIDES
from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.money import Money
from liaison.domain.privacy import Audience
from liaison.domain.restricted import is_restricted
from liaison.i18n import N_, Language
from liaison.reports.benefit_sections import estimate_blocks
from liaison.reports.benefit_view import BenefitView
from liaison.reports.blocks import AskBox, Block, Columns, Fact, Facts, Headline, Space, Span
from liaison.reports.case_gather import find_case
from liaison.reports.case_words import whole
from liaison.reports.claim_letter import find_claim
from liaison.reports.gathering import office_of
from liaison.reports.letter_frame import letter_signature, letter_title
from liaison.reports.report import CaseKeys, Option, Prepared, Report
from liaison.reports.wording import BANNERS, sentences
from liaison.services import claim_views
from liaison.services.belonging import name_of
from liaison.services.benefits import estimate_case, estimate_claim, in_bill_currency
from liaison.services.changes import actor, clock
from liaison.store.models import JourneyRow, OrganizationRow, PatientRow

CASE_OR_CLAIM = N_("Name the case or the claim that is to be estimated.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """Whom an estimate speaks of, as far as its head needs it."""

    patient_id: int
    journey_id: int | None
    number: str
    hospital_id: int | None
    is_restricted: bool


def gather(session: Session, options: Mapping[str, str]) -> tuple[BenefitView, CaseKeys]:
    """The estimates of a case's bill, or of one claim. Refuses where nothing was billed or estimated."""
    if options.get("claim"):
        claim = claim_views.claim(session, find_claim(session, options["claim"]))
        found = [estimate_claim(session, claim.id)]
        about = _About(
            patient_id=claim.patient_id, journey_id=claim.journey_id, number=claim.claim_no,
            hospital_id=claim.hospital_id, is_restricted=is_restricted(claim.diagnosis_code, claim.diagnosis),
        )  # fmt: skip
    elif options.get("case"):
        journey = find_case(session, options["case"])
        found = estimate_case(session, journey.id)
        about = _About(
            patient_id=journey.patient_id, journey_id=journey.id, number=journey.case_no,
            hospital_id=journey.hospital_id, is_restricted=is_restricted(journey.diagnosis_code, journey.diagnosis),
        )  # fmt: skip
    else:
        raise Refused([problem("CASE_OR_CLAIM", CASE_OR_CLAIM, "case")])
    journey_row = session.get(JourneyRow, about.journey_id) if about.journey_id is not None else None
    patient = session.get_one(PatientRow, about.patient_id)
    view = BenefitView(
        as_of=clock(session), office=office_of(session), officer=actor(session), number=about.number,
        is_claim=bool(options.get("claim")), patient=patient.passport_name or patient.full_name, city=patient.city,
        hospital=name_of(session, about.hospital_id), estimates=tuple(found),
        is_restricted=about.is_restricted or bool(journey_row and journey_row.is_restricted),
    )  # fmt: skip
    house = session.get(OrganizationRow, about.hospital_id) if about.hospital_id is not None else None
    country = house.country if house is not None else journey_row.destination_country if journey_row else ""
    return view, CaseKeys(journey_id=about.journey_id, patient_id=about.patient_id, country=country)


def prepare(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    """The estimate of one case or claim, for one reader."""
    view, keys = gather(session, options)
    return Prepared(
        view=view, lay_out=partial(lay_out, view, audience=audience, number=options.get("number", "")),
        as_of=view.as_of, office=view.office.name, keys=keys, recipient=view.patient,
    )  # fmt: skip


REPORT = Report(
    name="benefit_estimate",
    code="R12",
    title=N_("Estimate of benefits"),
    options=(
        Option(name="case", label=N_("Case number")),
        Option(name="claim", label=N_("Claim number")),
        Option(name="number", label=N_("Number of this letter")),
        Option(name="emergency", label=N_("Why it cannot wait for a consent")),
    ),
    audiences=(Audience.FAMILY, Audience.INTERNAL),
    prepare=prepare,
)


# laying out


def lay_out(view: BenefitView, language: Language, *, audience: Audience, number: str = "") -> list[Block]:
    """The estimate: the whole first, then insurer by insurer with every step."""
    _ = language
    blocks: list[Block] = [
        letter_title(
            view.office, _, kind=_(REPORT.title), as_of=view.as_of, banner=_(BANNERS[audience]), number=number,
            source=_.plural(
                "Source: bill and plans on record at this office, n = {count} insurer.",
                "Source: bill and plans on record at this office, n = {count} insurers.",
                len(view.estimates),
            ),
            note=sentences(
                _(THE_INSURER_DECIDES),
                _("For: {receiver}.", receiver=view.patient),
                _("Prepared by {officer}.", officer=view.officer) if view.officer else "",
            ),
        ),
        _addresses(view, _),
        Headline(text=_headline(view, _), kicker=_(REPORT.title)),
        Space(height=2),
        AskBox(
            head=_(THE_INSURER_DECIDES),
            words=_(
                "This is worked out from the rules of the plan as they are on record here. It is no promise of the "
                "insurer and none of this office."
            ),
        ),
        Space(height=3),
    ]  # fmt: skip
    for each in view.estimates:
        blocks += estimate_blocks(each, _, with_words=not view.is_restricted)
    blocks += [Space(height=3), letter_signature(view.office, _, as_of=view.as_of, officer=view.officer)]
    return blocks


def _headline(view: BenefitView, _: Language) -> str:
    billed = view.estimates[0].billed if view.estimates else None
    if billed is None or all(each.result is None for each in view.estimates):
        count = len(view.estimates)
        return _.plural("{count} insurer, and no figure yet", "{count} insurers, and no figure yet", count)
    paid = Money(sum(in_bill_currency(each).minor for each in view.estimates), billed.currency)
    if paid.minor >= billed.minor > 0:
        return _("The whole bill of {claimed} is probably covered", claimed=whole(billed, _))
    return _(
        "Of {claimed} probably {benefit}; {rest} is left to the patient",
        claimed=whole(billed, _), benefit=whole(paid, _), rest=whole(billed - min(paid, billed), _),
    )  # fmt: skip


def _addresses(view: BenefitView, _: Language) -> Block:
    left = [Fact(key=_("To"), words=(Span(view.patient, strong=True),)), Fact(key="", words=view.city)]
    right = [
        Fact(
            key=_("Claim number") if view.is_claim else _("Our number"),
            words=(Span(view.number or _("not given yet"), strong=True),),
        ),
        Fact(key=_("Hospital"), words=view.hospital),
    ]
    return Columns(
        left=(Facts(facts=tuple(f for f in left if f.words), key_width=18),),
        right=(Facts(facts=tuple(f for f in right if f.words), key_width=38),),
    )
