"""Which field a column's heading means, judged by the concepts in it.

Every rule says: these concepts must be there, those must not,
    and how sure that makes us (0 to 12). ``Tgl Masuk RS`` holds
*date*, *admit* and *hospital*; the rule for the admission date asks for the first two,
    the rule for the hospital refuses
*date*. Adding a way of naming a column means a word in :mod:`vocabulary` or a line here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from liaison.domain.names import fold
from liaison.exchange.currencies import from_heading
from liaison.exchange.vocabulary import concepts

SURE = 4.0
"""From this strength on a heading counts as recognised."""

_MAX_HEADING = 90


class Field(StrEnum):
    """What a column may hold. Values are the field names of the staged records where there is one."""

    CLAIM_NO = "claim_no"
    MEMBER_NO = "member_no"
    POLICY_NO = "policy_no"
    MEMBER_NAME = "member_name"
    EMPLOYEE_NAME = "employee_name"
    BIRTH_DATE = "birth_date"
    RELATION = "relation"
    SEX = "sex"
    HOSPITAL = "hospital"
    COUNTRY = "country"
    CITY = "city"
    ORIGIN_CITY = "origin_city"
    ADMIT_DATE = "admit_date"
    DISCHARGE_DATE = "discharge_date"
    PERIOD = "period"
    DIAGNOSIS_CODE = "diagnosis_code"
    DIAGNOSIS_TEXT = "diagnosis_text"
    CURRENCY = "currency"
    BILLED = "billed"
    BILLED_CONVERTED = "billed_converted"
    APPROVED = "approved"
    NOT_COVERED = "not_covered"
    PAID = "paid"
    GL_NO = "gl_no"
    STATUS = "status"
    REMARKS = "remarks"
    INSURER = "insurer"
    ADMINISTRATOR = "administrator"
    PHONE = "phone"
    EMAIL = "email"
    IDENTITY_NO = "identity_no"
    PASSPORT_NO = "passport_no"
    LINE_TEXT = "line_text"
    LINE_DATE = "line_date"
    SUBMITTED_ON = "submitted_on"
    SEQUENCE = "sequence"
    TRAVEL_ON = "travel_on"
    STARTED_ON = "started_on"
    APPOINTMENT = "appointment"
    OFFICER = "officer"
    AGENT = "agent"
    COMPANION = "companion"
    DOCTOR = "doctor"
    ESTIMATE = "estimate"
    ADDRESS = "address"
    PROVINCE = "province"
    GROUP = "group"
    FAX = "fax"
    NIGHT_PHONE = "night_phone"
    WHATSAPP = "whatsapp"
    WEBSITE = "website"
    DESK = "desk"
    HOURS = "hours"
    LANGUAGES = "languages"
    VERIFIED_ON = "verified_on"
    CODE = "code"
    NAME = "name"
    KIND = "kind"
    OTHER = "other"
    """A column this program understands and has no use for."""


AMOUNTS = frozenset({Field.BILLED, Field.BILLED_CONVERTED, Field.APPROVED, Field.NOT_COVERED, Field.PAID})
DATES = frozenset({Field.ADMIT_DATE, Field.DISCHARGE_DATE, Field.BIRTH_DATE, Field.LINE_DATE, Field.SUBMITTED_ON})


@dataclass(frozen=True, slots=True)
class Match:
    """A field a heading may mean, how sure that is, and the currency the heading names."""

    field: Field
    strength: float
    currency: str = ""


_MONEY_OFF = (
    "date no not status name rate reason kind by room code phone unit_price quantity tax discount deposit "
    "copay limit count year days share desk"
)
_PERSON_OFF = (
    "date no hospital provider doctor agent holder company bank plan diagnosis insurer officer birth phone relation "
    "status amount billed "
    "approved city country address companion code procedure email sex age reason remarks count identity passport "
    "card birthplace branch "
    "gl room not kind desk share claim_kind emergency_contact family_head excess uncovered paid"
)

_RULES: tuple[tuple[Field, float, str, str], ...] = (
    (Field.SEQUENCE, 6, "no", "*"),
    (Field.CLAIM_NO, 11, "no claim", "date name amount policy gl phone status count member insured holder"),
    (Field.CLAIM_NO, 10.5, "no claim member", "date name amount policy gl phone status count"),
    (Field.CLAIM_NO, 10, "code claim", "date name amount policy status"),
    (Field.CLAIM_NO, 10, "ref claim", "date name amount policy gl"),
    (Field.CLAIM_NO, 9, "no case", "date name amount policy gl phone"),
    (Field.CLAIM_NO, 8, "no reported", "date name policy gl hospital phone mrn"),
    (Field.CLAIM_NO, 6, "no file_word", "date name policy gl"),
    (Field.CLAIM_NO, 6, "no ref", "date name policy gl phone bank"),
    (Field.CLAIM_NO, 6, "no transaction", "date name policy gl bank"),
    (Field.CLAIM_NO, 5, "ref", "date name policy gl amount no hospital doctor phone"),
    (Field.CLAIM_NO, 5, "claim", "date name amount billed approved paid status kind total not reason remarks by "
                                 "count rejected claim_kind year"),
    (Field.MEMBER_NO, 10, "no member", "date name policy claim phone identity passport gl"),
    (Field.MEMBER_NO, 10, "no insured", "date name policy claim phone identity passport gl"),
    (Field.MEMBER_NO, 10, "no card", "date name policy claim phone identity passport gl bank"),
    (Field.MEMBER_NO, 9.5, "no card policy", "date name claim phone identity passport gl bank"),
    (Field.MEMBER_NO, 9, "code member", "date name policy claim"),
    (Field.MEMBER_NO, 8, "card member", "date name policy"),
    (Field.MEMBER_NO, 7, "card", "date name policy kind identity status"),
    (Field.MEMBER_NO, 7, "no patient", "date name policy claim phone identity mrn passport gl"),
    (Field.MEMBER_NO, 6, "no employee", "date name policy claim phone"),
    (Field.MEMBER_NO, 6, "no certificate", "date name policy claim"),
    (Field.MEMBER_NO, 5, "employee", "date name status amount relation kind share"),
    (Field.POLICY_NO, 11, "no policy", "date name holder phone kind claim"),
    (Field.POLICY_NO, 9, "code policy", "date name holder kind"),
    (Field.POLICY_NO, 7, "policy", "date name holder kind status period start end amount year plan limit company "
                                   "claim"),
    (Field.POLICY_NO, 7, "no contract", "date name"),
    (Field.POLICY_NO, 6, "no insurer", "date name phone claim gl"),
    (Field.MEMBER_NAME, 11.5, "name patient", _PERSON_OFF.replace("relation", "")),
    (Field.MEMBER_NAME, 11, "name member", _PERSON_OFF),
    (Field.MEMBER_NAME, 11, "name insured", _PERSON_OFF),
    (Field.MEMBER_NAME, 11, "name claimant", _PERSON_OFF),
    (Field.MEMBER_NAME, 8, "name", _PERSON_OFF + " claim policy file_word service item charge_kind group web "
                                        "currency source contract month year"),
    (Field.MEMBER_NAME, 7.5, "patient", _PERSON_OFF + " mrn count amount total origin"),
    (Field.MEMBER_NAME, 7, "insured", _PERSON_OFF + " limit policy"),
    (Field.MEMBER_NAME, 6.5, "claimant", _PERSON_OFF),
    (Field.MEMBER_NAME, 6, "member", _PERSON_OFF + " policy plan total count"),
    (Field.EMPLOYEE_NAME, 9, "name employee", _PERSON_OFF + " patient member"),
    (Field.BIRTH_DATE, 11, "birth", "name hospital place birthplace"),
    (Field.RELATION, 10, "relation", "no phone name amount bank desk"),
    (Field.RELATION, 8, "status member", "policy claim date no"),
    (Field.RELATION, 7, "status insured", "policy claim date no"),
    (Field.SEX, 10, "sex", "date"),
    (Field.HOSPITAL, 10, "name hospital", "date no code phone amount status doctor contact officer"),
    (Field.HOSPITAL, 10, "name provider", "date no code phone amount status doctor insurer"),
    (Field.HOSPITAL, 9.5, "hospital", "date no code city country phone amount billed status kind admit discharge "
                                      "room mrn name group doctor "
     "address approved paid desk officer email fax web total ref count period length reason night"),
    (Field.HOSPITAL, 9, "provider", "date no code city country phone amount billed status kind group address insurer "
                                    "approved paid email count"),
    (Field.HOSPITAL, 7, "destination", "date city country no phone"),
    (Field.COUNTRY, 10, "country", "no code_ currency phone"),
    (Field.ORIGIN_CITY, 10, "city origin", "hospital provider birth"),
    (Field.ORIGIN_CITY, 9, "city patient", "hospital provider birth"),
    (Field.ORIGIN_CITY, 9, "city member", "hospital provider birth"),
    (Field.ORIGIN_CITY, 6, "origin", "date country claim ref doctor amount"),
    (Field.CITY, 9, "city", "no code date birth"),
    (Field.PROVINCE, 9, "province", "no code"),
    (Field.ADMIT_DATE, 11, "date admit", "discharge birth claim file_word travel"),
    (Field.ADMIT_DATE, 10.5, "date admit claim", "discharge birth"),
    (Field.ADMIT_DATE, 10, "date start", "discharge birth policy end claim_kind plan"),
    (Field.ADMIT_DATE, 9.5, "start service", "discharge birth policy end"),
    (Field.ADMIT_DATE, 9.5, "start inpatient", "discharge birth policy end"),
    (Field.ADMIT_DATE, 9.5, "admit", "discharge birth diagnosis name no room kind status amount billed file_word "
                                     "claim type doctor"),
    (Field.ADMIT_DATE, 9, "date service", "discharge birth amount name end"),
    (Field.ADMIT_DATE, 9, "date inpatient", "discharge birth amount name end"),
    (Field.ADMIT_DATE, 8.5, "date hospital", "discharge birth amount name end verified"),
    (Field.ADMIT_DATE, 8, "date incident", "birth amount name"),
    (Field.ADMIT_DATE, 7, "date claim", "birth paid approved rejected received reported billed decision discharge "
                                        "admit end status"),
    (Field.ADMIT_DATE, 5, "date", "birth paid approved rejected received reported billed decision discharge policy "
                                  "end status gl remarks travel "
     "appointment verified year rate officer by last_contact next_step admit start service inpatient hospital "
     "incident claim estimate"),
    (Field.ADMIT_DATE, 5, "start", "*"),
    (Field.DISCHARGE_DATE, 11, "date discharge", "admit birth"),
    (Field.DISCHARGE_DATE, 10, "date end", "admit birth policy start plan"),
    (Field.DISCHARGE_DATE, 9.5, "end service", "admit birth policy start"),
    (Field.DISCHARGE_DATE, 9.5, "end inpatient", "admit birth policy start"),
    (Field.DISCHARGE_DATE, 9.5, "discharge", "admit birth diagnosis name no room kind status amount billed file_word "
                                        "condition reason"),
    (Field.DISCHARGE_DATE, 5, "end", "*"),
    (Field.PERIOD, 12, "admit discharge", "birth status"),
    (Field.PERIOD, 9, "period service", "birth policy"),
    (Field.PERIOD, 9, "period inpatient", "birth policy"),
    (Field.PERIOD, 9, "period hospital", "birth policy"),
    (Field.PERIOD, 10, "start end", "policy birth plan"),
    (Field.DIAGNOSIS_CODE, 11, "code diagnosis", "date name"),
    (Field.DIAGNOSIS_CODE, 11, "icd", "name item diagnosis procedure"),
    (Field.DIAGNOSIS_CODE, 9, "icd diagnosis", "name item"),
    (Field.DIAGNOSIS_TEXT, 10, "diagnosis", "code date no icd amount"),
    (Field.DIAGNOSIS_TEXT, 9, "name diagnosis", "code date"),
    (Field.DIAGNOSIS_TEXT, 9, "item diagnosis", "code date"),
    (Field.DIAGNOSIS_TEXT, 8.5, "name icd", "date"),
    (Field.DIAGNOSIS_TEXT, 5, "complaint", "date"),
    (Field.CURRENCY, 10, "currency", "amount date rate country"),
    (Field.BILLED, 10, "amount billed", _MONEY_OFF + " approved paid rejected excess converted estimate gl uncovered"),
    (Field.BILLED, 10, "amount claim", _MONEY_OFF + " approved paid rejected excess converted estimate gl uncovered"),
    (Field.BILLED, 9.5, "total billed", _MONEY_OFF + " approved paid rejected excess converted estimate gl uncovered"),
    (Field.BILLED, 9.5, "total claim", _MONEY_OFF + " approved paid rejected excess converted estimate gl uncovered"),
    (Field.BILLED, 9, "billed claim", _MONEY_OFF + " approved paid rejected excess converted estimate gl uncovered "
                                        "claim_kind"),
    (Field.BILLED, 8, "billed", _MONEY_OFF + " approved paid rejected excess converted estimate claim file_word gl "
                                        "uncovered bank charge_kind item"),
    (Field.BILLED, 7, "amount", _MONEY_OFF + " approved paid rejected excess converted estimate gl claim billed "
                                        "uncovered patient member bank"),
    (Field.BILLED, 6, "total", _MONEY_OFF + " approved paid rejected excess converted estimate gl claim billed "
                                        "uncovered patient member amount"),
    (Field.BILLED, 5, "claim", "date name amount billed approved paid status kind total not reason remarks by count "
                               "no ref code rejected claim_kind year"),
    (Field.BILLED_CONVERTED, 10, "converted", "date rate name no status"),
    (Field.APPROVED, 10, "approved", _MONEY_OFF + " rejected excess converted gl estimate decision uncovered"),
    (Field.APPROVED, 11, "relation insurer", "date no status name"),
    (Field.PAID, 8, "paid", _MONEY_OFF + " rejected excess converted gl estimate uncovered patient bank"),
    (Field.NOT_COVERED, 10, "not approved", "date no status name reason kind by code"),
    (Field.NOT_COVERED, 9, "not paid", "date no status name reason kind by code"),
    (Field.NOT_COVERED, 10, "uncovered", "date no status name reason kind by code"),
    (Field.NOT_COVERED, 9, "excess", "date no status name reason kind by code converted rate"),
    (Field.NOT_COVERED, 9, "amount rejected", "date no status name reason kind by code"),
    (Field.NOT_COVERED, 9, "billed rejected", "date no status name reason kind by code"),
    (Field.NOT_COVERED, 8, "share", "date no status name"),
    (Field.NOT_COVERED, 6, "rejected", "date no status name reason kind by code remarks"),
    (Field.GL_NO, 11, "no gl", "date amount status name kind billed"),
    (Field.GL_NO, 8, "gl", "date amount status name kind billed limit total approved paid remarks paid reported not "
                           "reason by"),
    (Field.STATUS, 10, "status", "member insured policy relation marital employee date gl passport phone"),
    (Field.STATUS, 8, "decision", "date amount reason by no remarks"),
    (Field.STATUS, 5, "status gl", "date no"),
    (Field.REMARKS, 9, "remarks", "date no amount code phone"),
    (Field.REMARKS, 7, "reason", "date no amount code"),
    (Field.INSURER, 9.5, "insurer", "no date amount policy phone billed approved paid code status kind member "
                                    "insured claim plan ref city country not limit share"),
    (Field.INSURER, 9.5, "insurer name", "no date amount policy phone member"),
    (Field.ADMINISTRATOR, 9, "administrator", "no date amount phone"),
    (Field.PHONE, 9.2, "whatsapp", "date name amount emergency_contact agent doctor officer companion"),
    (Field.WHATSAPP, 9, "whatsapp", "date name amount emergency_contact agent doctor officer companion"),
    (Field.NAME, 10, "contact_person", "date phone email"),
    (Field.PHONE, 10, "phone", "date name amount emergency_contact night agent doctor officer companion"),
    (Field.NIGHT_PHONE, 10, "night phone", "date name"),
    (Field.NIGHT_PHONE, 8, "night", "date name admit amount"),
    (Field.FAX, 10, "fax", "date name"),
    (Field.EMAIL, 10, "email", "date name"),
    (Field.WEBSITE, 10, "web", "date"),
    (Field.IDENTITY_NO, 10, "identity", "date name employee kind"),
    (Field.IDENTITY_NO, 9, "identity passport", "date name"),
    (Field.PASSPORT_NO, 10, "passport", "date name status identity"),
    (Field.LINE_TEXT, 10, "charge_kind", "date no amount code"),
    (Field.LINE_TEXT, 7, "item", "date no amount diagnosis icd status reason"),
    (Field.LINE_TEXT, 6, "service", "date no amount code period start end billed kind status place"),
    (Field.LINE_TEXT, 6, "procedure", "date no amount code"),
    (Field.SUBMITTED_ON, 8, "date billed", "birth paid no amount discharge admit"),
    (Field.SUBMITTED_ON, 7.5, "date received", "birth paid gl"),
    (Field.SUBMITTED_ON, 6, "date reported", "birth paid gl year"),
    (Field.STARTED_ON, 6, "date reported", "birth paid gl year"),
    (Field.STARTED_ON, 5, "date", "birth paid approved rejected billed discharge admit travel appointment policy end "
                                  "status gl verified year rate "
     "service claim start inpatient hospital incident officer by last_contact next_step reported estimate received"),
    (Field.STARTED_ON, 5, "date received", "birth paid gl"),
    (Field.TRAVEL_ON, 10, "travel", "name agent status reason"),
    (Field.APPOINTMENT, 8, "appointment", "name status doctor"),
    (Field.OFFICER, 9, "officer", "date phone amount email desk"),
    (Field.AGENT, 9, "agent", "date no phone amount code email"),
    (Field.AGENT, 9, "agent name", "date no phone amount code email"),
    (Field.COMPANION, 9, "companion", "date no phone amount passport"),
    (Field.DOCTOR, 9, "doctor", "date no phone amount billed"),
    (Field.ESTIMATE, 9, "estimate", "date no status travel"),
    (Field.ADDRESS, 9, "address", "email web"),
    (Field.GROUP, 9, "group", "no date amount policy"),
    (Field.GROUP, 6, "company", "no date amount policy insurer phone"),
    (Field.DESK, 9, "desk", "date phone email amount"),
    (Field.HOURS, 9, "hours", "date"),
    (Field.LANGUAGES, 9, "language", "date"),
    (Field.VERIFIED_ON, 10, "verified", "name by"),
    (Field.CODE, 9, "code hospital", "date name"),
    (Field.CODE, 9, "code provider", "date name"),
    (Field.KIND, 7, "kind", "claim amount billed date currency"),
    (Field.OTHER, 5, "age", "date"),
    (Field.OTHER, 5, "room", "date"),
    (Field.OTHER, 5, "plan", ""),
    (Field.OTHER, 5, "days", "date"),
    (Field.OTHER, 5, "length", ""),
    (Field.OTHER, 6, "rate", ""),
    (Field.OTHER, 6, "date paid", ""),
    (Field.OTHER, 6, "date approved", ""),
    (Field.OTHER, 6, "date decision", ""),
    (Field.OTHER, 6, "policy holder", ""),
    (Field.OTHER, 6, "holder", ""),
    (Field.OTHER, 6, "no billed", ""),
    (Field.OTHER, 6, "mrn", ""),
    (Field.OTHER, 6, "branch", ""),
    (Field.OTHER, 6, "claim_kind", ""),
    (Field.OTHER, 6, "kind claim", ""),
    (Field.OTHER, 6, "copay", ""),
    (Field.OTHER, 6, "deposit", ""),
    (Field.OTHER, 6, "discount", ""),
    (Field.OTHER, 6, "tax", ""),
    (Field.OTHER, 6, "limit", ""),
    (Field.OTHER, 6, "bank", ""),
    (Field.OTHER, 6, "amount gl", ""),
    (Field.OTHER, 6, "date gl", ""),
    (Field.OTHER, 6, "quantity", ""),
    (Field.OTHER, 6, "family_card", ""),
    (Field.OTHER, 6, "birthplace", ""),
    (Field.OTHER, 6, "emergency_contact", ""),
    (Field.OTHER, 6, "last_contact", ""),
    (Field.OTHER, 5, "next_step", ""),
    (Field.OTHER, 5, "count", ""),
    (Field.OTHER, 5, "priority", ""),
    (Field.OTHER, 5, "source", ""),
    (Field.OTHER, 5, "specialty", ""),
    (Field.OTHER, 5, "accreditation", ""),
    (Field.OTHER, 5, "time", ""),
    (Field.OTHER, 5, "year", ""),
    (Field.OTHER, 5, "date policy", ""),
    (Field.OTHER, 5, "period policy", ""),
)  # fmt: skip

_COMPILED = tuple((f, s, frozenset(need.split()), frozenset(off.split())) for f, s, need, off in _RULES)
_ALONE = frozenset({"*"})
_PARTS = re.compile(r"\s*[\n\r/|]\s*|\s+[-–]\s+|[(\[]")
_UNKNOWN_COSTS = 1.0


def matches(heading: str, *, fuzzy: bool = False) -> tuple[Match, ...]:
    """The fields a heading may mean, the surest first; each field once."""
    if not heading or len(heading) > _MAX_HEADING:
        return ()
    return _matches(heading, fuzzy)


@lru_cache(maxsize=8192)
def _matches(heading: str, fuzzy: bool) -> tuple[Match, ...]:
    best: dict[Field, float] = {}
    for text, cost in _readings(heading):
        found, unknown = concepts(text, fuzzy=fuzzy)
        for field, strength, needed, off in _COMPILED:
            if needed <= found and (found == needed if off == _ALONE else not (off & found)):
                score = strength + 0.3 * len(needed) - _UNKNOWN_COSTS * unknown - cost
                best[field] = max(best.get(field, 0.0), score)
    currency = from_heading(heading)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    return tuple(Match(field, score, currency) for field, score in ranked if score >= SURE)


def _readings(heading: str) -> list[tuple[str, float]]:
    """The whole heading, and its parts where it says the same thing twice (``Nama Pasien / Patient Name``)."""
    readings = [(heading, 0.0)]
    parts = [p for p in _PARTS.split(heading) if p and fold(p)]
    if len(parts) > 1:
        readings += [(part, 0.5 + 0.5 * index) for index, part in enumerate(parts)]
    return readings


def best_match(heading: str, *, fuzzy: bool = False) -> Match | None:
    """The surest field of a heading."""
    found = matches(heading, fuzzy=fuzzy)
    return found[0] if found else None


def recognised(cells: Iterable[object]) -> int:
    """How many different fields a row would name if it were a row of headings."""
    return len({m.field for cell in cells if isinstance(cell, str) and (m := best_match(cell.strip()))})
