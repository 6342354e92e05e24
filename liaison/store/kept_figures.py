"""Which summaries a store keeps for the page Insight, as declarations. Cells are counted by :mod:`.summaries`."""

from __future__ import annotations

from collections.abc import Mapping

from liaison.domain.claims import ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.insight import ClaimGap, Gap, Outcome, mask_of
from liaison.domain.journeys import JourneyState
from liaison.store.summaries import Summary

_K, _J = ClaimState, JourneyState

HOUR_US = 3_600_000_000


def _in(column: str, *codes: str) -> str:
    return f"{column} IN ({', '.join(repr(str(c)) for c in codes)})"


def _month(day: str) -> str:
    return f"coalesce(substr({day}, 1, 7), '')"


def _mask(tests: Mapping[Gap, str] | Mapping[ClaimGap, str]) -> str:
    return " + ".join(f"({test}) * {mask_of(gap)}" for gap, test in tests.items())


AHEAD = (_J.ENQUIRY, _J.INTAKE, _J.ELIGIBILITY, _J.MEDICAL_REVIEW, _J.ESTIMATE, _J.DECISION, _J.PREAUTH,
         _J.TRAVEL_PREP)  # fmt: skip
BROKEN_OFF = (_J.CANCELLED, _J.LOST, _J.DECEASED)

OUTCOME = (
    f"CASE WHEN {_in('{row}.state', _J.REDIRECTED_DOMESTIC.value)} OR {{row}}.is_retained_domestic = 1 "
    f"OR {{row}}.was_answered = 1 THEN '{Outcome.HOME.value}' "
    f"WHEN {_in('{row}.state', *(s.value for s in BROKEN_OFF))} THEN '{Outcome.ENDED.value}' "
    f"WHEN {_in('{row}.state', *(s.value for s in AHEAD))} THEN '{Outcome.AHEAD.value}' "
    f"ELSE '{Outcome.AWAY.value}' END"
)
"""What became of a case, in SQL over its row; the same for cells and for the list's filter."""

GAPS: Mapping[Gap, str] = {
    Gap.CITY: "{row}.origin_city = ''",
    Gap.DESTINATION: "{row}.destination_country = ''",
    Gap.HOSPITAL: "{row}.hospital_id IS NULL",
    Gap.COVER: "{row}.cover_id IS NULL AND {row}.payer_path IS NOT 'SELF_PAY'",
    Gap.PAYER: "{row}.payer_path IS NULL",
    Gap.DIAGNOSIS: "{row}.diagnosis = '' AND {row}.diagnosis_code = '' AND {row}.need = ''",
    Gap.OFFICER: "{row}.officer_id IS NULL",
}
CLAIM_GAPS: Mapping[ClaimGap, str] = {
    ClaimGap.NUMBER: "{row}.claim_no = ''",
    ClaimGap.SUBMITTED: "{row}.submitted_on IS NULL",
    ClaimGap.INSURER: "{row}.insurer_id IS NULL",
    ClaimGap.HOSPITAL: "{row}.hospital_id IS NULL",
    ClaimGap.CITY: "{row}.origin_city = ''",
    ClaimGap.REASON: f"{{row}}.state = '{_K.REJECTED.value}' AND "
    f"coalesce({{row}}.reason, '{ReasonCode.R99.value}') = '{ReasonCode.R99.value}'",
}

_DECIDED = (_K.APPROVED, _K.PARTIALLY_APPROVED, _K.PAYMENT_PENDING, _K.DISPUTED_PAYMENT)
_TO_PAY = (
    f"CASE WHEN {_in('{row}.state', *(s.value for s in _DECIDED))} "
    "THEN coalesce({row}.approved_minor, {row}.billed_minor) ELSE {row}.billed_minor END"
)
BALANCE = (
    f"CASE WHEN {{row}}.state = '{_K.PAID.value}' AND {{row}}.paid_minor > 0 "
    "AND coalesce({row}.approved_minor, 0) > {row}.paid_minor THEN {row}.approved_minor - {row}.paid_minor "
    f"WHEN {{row}}.is_open = 0 OR {_in('{row}.state', _K.REJECTED.value, _K.PAID.value)} THEN 0 "
    f"WHEN {{row}}.paid_minor < {_TO_PAY} THEN {_TO_PAY} - {{row}}.paid_minor ELSE 0 END"
)
"""What is unpaid of a claim, in minor units: the same as in the list of claims, which a test holds against this."""

_NOT_VOID = f"{{row}}.state <> '{_K.VOID.value}'"
_CLAIM_COLUMNS = ("state", "is_open", "billed_minor", "approved_minor", "paid_minor", "origin_city", "insurer_id",
                  "currency")  # fmt: skip
_MONEY = {
    "billed": "{row}.billed_minor",
    "approved": "coalesce({row}.approved_minor, 0)",
    "paid": "{row}.paid_minor",
    "unpaid": BALANCE,
}

JOURNEYS_OPENED = Summary(
    name="journeys_opened", table="journey",
    columns=("opened_on", "origin_city", "destination_country", "destination_city", "hospital_id", "state",
             "is_retained_domestic", "was_answered"),
    dims={
        "month": _month("{row}.opened_on"), "city": "{row}.origin_city", "country": "{row}.destination_country",
        "to_city": "{row}.destination_city", "hospital_id": "coalesce({row}.hospital_id, 0)", "outcome": OUTCOME,
    },
    texts=frozenset({"month", "city", "country", "to_city", "outcome"}), sums={},
)  # fmt: skip
JOURNEYS_ENDED = Summary(
    name="journeys_ended", table="journey",
    columns=("ended_on", "origin_city", "state", "is_retained_domestic", "was_answered"),
    dims={"month": _month("{row}.ended_on"), "city": "{row}.origin_city", "outcome": OUTCOME},
    texts=frozenset({"month", "city", "outcome"}), sums={}, where="{row}.ended_on IS NOT NULL",
)  # fmt: skip
JOURNEYS_OPEN = Summary(
    name="journeys_open", table="journey",
    columns=("is_open", "state", "origin_city", "officer_id", "state_since"),
    dims={
        "state": "{row}.state", "city": "{row}.origin_city", "officer_id": "coalesce({row}.officer_id, 0)",
        "since_hour": f"{{row}}.state_since / {HOUR_US}",
    },
    texts=frozenset({"state", "city"}), sums={}, where="{row}.is_open = 1",
)  # fmt: skip
JOURNEY_GAPS = Summary(
    name="journey_gaps", table="journey",
    columns=("is_open", "origin_city", "destination_country", "hospital_id", "cover_id", "payer_path", "diagnosis",
             "diagnosis_code", "need", "officer_id"),
    dims={"city": "{row}.origin_city", "mask": _mask(GAPS)},
    texts=frozenset({"city"}), sums={}, where="{row}.is_open = 1",
)  # fmt: skip
CLAIM_GAPS_KEPT = Summary(
    name="claim_gaps", table="claim",
    columns=("claim_no", "submitted_on", "insurer_id", "hospital_id", "origin_city", "state", "reason"),
    dims={"city": "{row}.origin_city", "mask": _mask(CLAIM_GAPS)},
    texts=frozenset({"city"}), sums={}, where=_NOT_VOID,
)  # fmt: skip
CLAIMS_SUBMITTED = Summary(
    name="claims_submitted", table="claim", columns=("submitted_on", *_CLAIM_COLUMNS),
    dims={
        "month": _month("{row}.submitted_on"), "city": "{row}.origin_city",
        "insurer_id": "coalesce({row}.insurer_id, 0)", "currency": "{row}.currency",
    },
    texts=frozenset({"month", "city", "currency"}), sums=_MONEY, where=_NOT_VOID,
)  # fmt: skip
CLAIMS_DECIDED = Summary(
    name="claims_decided", table="claim", columns=("decided_on", *_CLAIM_COLUMNS),
    dims={"month": _month("{row}.decided_on"), "city": "{row}.origin_city", "currency": "{row}.currency"},
    texts=frozenset({"month", "city", "currency"}), sums=_MONEY,
    where=f"{_NOT_VOID} AND {{row}}.decided_on IS NOT NULL",
)  # fmt: skip
CLAIMS_UNPAID = Summary(
    name="claims_unpaid", table="claim", columns=("aged_from", *_CLAIM_COLUMNS),
    dims={
        "aged_from": "{row}.aged_from", "city": "{row}.origin_city", "insurer_id": "coalesce({row}.insurer_id, 0)",
        "currency": "{row}.currency",
    },
    texts=frozenset({"aged_from", "city", "currency"}), sums={"unpaid": BALANCE},
    where=f"{_NOT_VOID} AND ({BALANCE}) > 0",
)  # fmt: skip
JOURNEY_PERSONS = Summary(
    name="journey_persons", table="journey", columns=("opened_on", "origin_city", "patient_id"),
    dims={"month": _month("{row}.opened_on"), "city": "{row}.origin_city", "patient_id": "{row}.patient_id"},
    texts=frozenset({"month", "city"}), sums={},
)  # fmt: skip

SUMMARIES: tuple[Summary, ...] = (
    JOURNEYS_OPENED, JOURNEYS_ENDED, JOURNEYS_OPEN, JOURNEY_GAPS, CLAIM_GAPS_KEPT, CLAIMS_SUBMITTED, CLAIMS_DECIDED,
    CLAIMS_UNPAID, JOURNEY_PERSONS,
)  # fmt: skip
