"""What the estimate of benefits is printed from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from liaison.domain.benefit_lines import Adjudication, BillLine, LineBenefit, Reduction
from liaison.domain.privacy import Audience
from liaison.reports.case_view import Office
from liaison.reports.reader_tags import show_fields
from liaison.services.benefit_usage import UsageLine
from liaison.services.benefits import BenefitEstimate, RateUsed


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitView:
    """The estimates of a case's bill or of one claim, and whom they are for."""

    as_of: dt.datetime
    office: Office
    officer: str
    number: str
    """The case number, or the insurer's number of the claim."""
    is_claim: bool
    patient: str
    city: str
    hospital: str
    is_restricted: bool
    """Whether words about the treatment would tell of HIV, mental health, fertility or TB."""
    estimates: tuple[BenefitEstimate, ...]


# What the family may read of it; what is not named here stays in the office.
for _kind, _names in (
    (BenefitView, "as_of office officer number is_claim patient city hospital is_restricted estimates"),
    (BenefitEstimate, "insurer plan billed rate result source stated_on why_not usage"),
    (RateUsed, "rate rule is_frozen is_provisional notes"),
    (Adjudication, "currency lines steps"),
    (LineBenefit, "line benefit_category reductions benefit"),
    (BillLine, "key claimed category description service_on"),
    (Reduction, "step reason amount"),
    (UsageLine, "kind category limit used reserved as_of source"),
):
    show_fields(_kind, _names, Audience.FAMILY)
