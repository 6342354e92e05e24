"""The questions of Insight as somebody would ask them by hand, of the rows themselves and with the usual indexes.

Each entry gives the statements for one city and one quarter. Ageing, outcomes and balances are as in the answers.
"""

from liaison.domain.insight import Question
from liaison.store.kept_figures import BALANCE, CLAIM_GAPS, GAPS, OUTCOME

CITY, FIRST, LAST = "Medan", "2026-07-01", "2026-09-30"
FROM_US = 1_782_838_800_000_000
"""1 July 2026 in Medan."""
BEFORE, MONTH, NOW = "2026-09", "2026-10", "2026-11"

_BALANCE, _OUTCOME = BALANCE.format(row="claim"), OUTCOME.format(row="journey")
_CASES = f"origin_city = '{CITY}' AND opened_on BETWEEN '{FIRST}' AND '{LAST}'"
_CLAIMS = f"origin_city = '{CITY}' AND submitted_on BETWEEN '{FIRST}' AND '{LAST}' AND state <> 'K92'"
_BILLED = f"SELECT journey_id FROM bill WHERE kind = 'FINAL' AND billed_on BETWEEN '{FIRST}' AND '{LAST}'"
_STAYS = f"SELECT id FROM journey WHERE origin_city = '{CITY}' AND id IN ({_BILLED})"


def _months(table, day, what, more=""):
    return [
        f"SELECT currency, {what} FROM {table} WHERE origin_city = '{CITY}' AND state <> 'K92' "
        f"AND substr({day}, 1, 7) = '{month}'{more} GROUP BY currency"
        for month in (BEFORE, MONTH, NOW)
    ]


def _cases_of_months(day):
    return [
        f"SELECT {_OUTCOME} AS outcome, count(*) FROM journey WHERE origin_city = '{CITY}' "
        f"AND substr({day}, 1, 7) = '{month}' GROUP BY outcome"
        for month in (BEFORE, MONTH, NOW)
    ]


def _gaps(tests, table, where):
    sums = ", ".join(f"sum({test.format(row=table)})" for test in tests.values())
    return f"SELECT count(*), {sums} FROM {table} WHERE origin_city = '{CITY}' AND {where}"


BY_HAND = {
    Question.PILES: [
        f"SELECT state, state_since FROM journey WHERE is_open = 1 AND origin_city = '{CITY}' ORDER BY 1, 2",
        f"SELECT officer_id, count(*) FROM journey WHERE is_open = 1 AND origin_city = '{CITY}' GROUP BY 1",
    ],
    Question.SLOW: [
        "SELECT e.guarantee_id, e.at, e.to_state, j.origin_city FROM guarantee_event e JOIN guarantee g "
        "ON g.id = e.guarantee_id JOIN journey j ON j.id = g.journey_id WHERE e.guarantee_id IN "
        f"(SELECT guarantee_id FROM guarantee_event WHERE at >= {FROM_US}) ORDER BY 1, 2",
        "SELECT e.claim_id, e.at, e.to_state, c.origin_city FROM claim_event e JOIN claim c ON c.id = e.claim_id "
        f"WHERE e.claim_id IN (SELECT claim_id FROM claim_event WHERE at >= {FROM_US}) ORDER BY 1, 2",
        "SELECT e.journey_id, e.at, e.to_state, j.origin_city FROM journey_event e JOIN journey j "
        "ON j.id = e.journey_id WHERE e.journey_id IN (SELECT journey_id FROM journey_event "
        f"WHERE at >= {FROM_US} AND from_state = 'J05') ORDER BY 1, 2",
    ],
    Question.UNPAID: [
        f"SELECT insurer_id, currency, aged_from, count(*), sum({_BALANCE}) FROM claim "
        f"WHERE state <> 'K92' AND origin_city = '{CITY}' AND ({_BALANCE}) > 0 GROUP BY 1, 2, 3",
    ],
    Question.ROUTES: [
        "SELECT origin_city, o.city, destination_city, destination_country, count(*) FROM journey "
        f"LEFT JOIN organization o ON o.id = hospital_id WHERE {_CASES} GROUP BY 1, 2, 3, 4",
        f"SELECT origin_city, {_OUTCOME} AS outcome, count(*) FROM journey WHERE {_CASES} GROUP BY 1, 2",
    ],
    Question.CHANGED: [
        *_cases_of_months("opened_on"), *_cases_of_months("ended_on"),
        *_months("claim", "submitted_on", "count(*), sum(billed_minor)"),
        *_months("claim", "decided_on", "count(*), sum(approved_minor)"),
        f"SELECT substr(opened_on, 1, 7), count(*) FROM journey WHERE origin_city = '{CITY}' GROUP BY 1",
    ],
    Question.MISSING: [
        _gaps(GAPS, "journey", "is_open = 1"), _gaps(CLAIM_GAPS, "claim", "state <> 'K92'"),
    ],
    Question.CITY: [
        f"SELECT {_OUTCOME} AS outcome, count(*) FROM journey WHERE {_CASES} GROUP BY 1",
        f"SELECT count(DISTINCT patient_id) FROM journey WHERE {_CASES}",
        "SELECT currency, sum(CASE kind WHEN 'CREDIT_NOTE' THEN -amount_minor ELSE amount_minor END) FROM bill "
        f"WHERE kind IN ('FINAL', 'CREDIT_NOTE') AND journey_id IN (SELECT id FROM journey WHERE {_CASES}) GROUP BY 1",
        f"SELECT currency, count(*), sum(billed_minor), sum(approved_minor), sum(paid_minor), sum({_BALANCE}) "
        f"FROM claim WHERE {_CLAIMS} GROUP BY 1",
        f"SELECT decision_reason, count(*) FROM journey WHERE {_CASES} GROUP BY 1",
        "SELECT j.origin_city, count(*) FROM journey j JOIN organization o ON o.id = j.hospital_id "
        f"WHERE o.city = '{CITY}' AND j.origin_city <> '{CITY}' AND j.opened_on BETWEEN '{FIRST}' AND '{LAST}' "
        "GROUP BY 1",
    ],
}  # fmt: skip

VARIANCE = [
    f"SELECT * FROM journey WHERE id IN ({_STAYS})",
    *(
        f"SELECT * FROM {table} WHERE journey_id IN ({_STAYS})"
        for table in ("bill", "estimate", "guarantee", "payment", "claim")
    ),
    f"SELECT * FROM guarantee_version WHERE guarantee_id IN (SELECT id FROM guarantee WHERE journey_id IN ({_STAYS}))",
    f"SELECT * FROM claim_line WHERE claim_id IN (SELECT id FROM claim WHERE journey_id IN ({_STAYS}))",
]
EVALUATION = [
    *(
        f"SELECT id FROM journey WHERE is_open = 1 AND ({test.format(row='journey')})" for test in GAPS.values()
    ),
    *(
        f"SELECT id, currency, {_BALANCE} FROM claim WHERE is_open = 1 AND state <> 'K92' "
        f"AND ({test.format(row='claim')})" for test in CLAIM_GAPS.values()
    ),
    f"SELECT id, aged_from, currency, {_BALANCE}, journey_id FROM claim WHERE is_open = 1 AND state <> 'K92'",
    "SELECT id, last_contact_at, officer_id FROM journey WHERE is_open = 1",
    "SELECT journey_id, min(due_at) FROM task WHERE done_at IS NULL GROUP BY 1",
    "SELECT c.id FROM claim c JOIN journey j ON j.id = c.journey_id WHERE c.is_open = 1 AND j.origin_city <> "
    "c.origin_city AND j.origin_city <> '' AND c.origin_city <> ''",
    "SELECT e.guarantee_id, e.at, e.to_state FROM guarantee_event e JOIN guarantee g ON g.id = e.guarantee_id "
    "WHERE g.state IN ('G02', 'G03', 'G07', 'G10', 'G11') ORDER BY 1, 2",
    "SELECT e.claim_id, e.at, e.to_state FROM claim_event e JOIN claim c ON c.id = e.claim_id "
    "WHERE c.is_open = 1 AND c.state IN ('K04', 'K05', 'K06', 'K07', 'K08', 'K12', 'K13') ORDER BY 1, 2",
]  # fmt: skip
"""What the variance screen and the evaluation read, as bare rows."""
