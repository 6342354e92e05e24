"""Case numbers: ``MDN-26-A0412-5``.

Office city, year, device letter and counter, check character (ISO 7064 mod 37,36 over ``MDN26A0412``). The check
character finds every single wrong character and every swap of neighbours, so a number survives being read over a
telephone. Source: ``decisions``, Case number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from liaison.domain.fields import problem
from liaison.domain.problems import Problem
from liaison.i18n import N_

_PARTS = re.compile(r"(?P<city>[A-Z]{3})(?P<year>\d{2})(?P<device>[A-Z])(?P<counter>\d{4,8})(?P<check>[0-9A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNumber:
    """A case number in its parts. ``year`` has two digits."""

    city: str
    year: int
    device: str
    counter: int

    @property
    def _body(self) -> str:
        return f"{self.city}{self.year:02d}{self.device}{self.counter:04d}"

    def __str__(self) -> str:
        from stdnum.iso7064 import mod_37_36

        body = self._body
        return f"{body[:3]}-{body[3:5]}-{body[5:]}-{mod_37_36.calc_check_digit(body)}"


def case_number(city: str, year: int, *, device: str, counter: int) -> str:
    """Make a case number. ``year`` may have four digits. Raises ``ValueError`` for parts that no number can have."""
    number = CaseNumber(city=city.upper(), year=year % 100, device=device.upper(), counter=counter)
    if not _PARTS.fullmatch(f"{number._body}0"):
        raise ValueError(f"no case number can be made of {city!r}, {device!r} and {counter}")
    return str(number)


def tidy(text: str) -> str:
    """What was typed as bare capitals and digits: ``mdn 26 a0412-5`` becomes ``MDN26A04125``."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def read_case_number(text: str) -> CaseNumber | None:
    """The case number meant by any typed form, or ``None`` where it is none or its check character is wrong."""
    from stdnum.iso7064 import mod_37_36

    bare = tidy(text)
    parts = _PARTS.fullmatch(bare)
    if parts is None or not mod_37_36.is_valid(bare):
        return None
    return CaseNumber(
        city=parts["city"], year=int(parts["year"]), device=parts["device"], counter=int(parts["counter"])
    )


def check_case_number(text: str) -> list[Problem]:
    """What is wrong with a typed case number: its form, or one character somewhere in it."""
    if not _PARTS.fullmatch(tidy(text)):
        return [problem("CASE_NO_FORM", N_("A case number looks like MDN-26-A0412-5."), "case_no")]
    if read_case_number(text) is None:
        return [
            problem("CASE_NO_CHECK", N_("One character of this case number is wrong. Compare it once more."), "case_no")
        ]
    return []


def looks_like_case_number(text: str) -> bool:
    """Whether a typed text has the form of a case number, right or wrong."""
    return _PARTS.fullmatch(tidy(text)) is not None
