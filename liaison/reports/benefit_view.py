"""What the estimate of benefits is printed from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from liaison.reports.case_view import Office
from liaison.services.benefits import BenefitEstimate


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
