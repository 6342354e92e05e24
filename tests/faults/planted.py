"""Fifty invented people whose names and numbers occur nowhere else, so that any trace of them on a disk is a leak."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

_GIVEN = ("Zaqirinda", "Xenolandar", "Qorimangun", "Wuxisukma", "Juqabiring", "Vaxiwardo", "Kwezotami", "Byaxulesta",
          "Ngaqohardi", "Fizxapurno")  # fmt: skip
_ENDS = ("wati", "zyah", "qbal", "xono", "vrie")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the fifty."""

    number: int
    given: str
    family: str
    phone: str
    nik: str
    policy: str
    member: str
    born: dt.date

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    def secrets(self) -> tuple[str, ...]:
        """What may stand nowhere: each name alone, the numbers as typed and bare, the phone without its prefix."""
        bare = "".join(c for c in self.policy if c.isalnum())
        digits = "".join(c for c in self.phone if c.isdigit())
        return (self.given, self.family, self.nik, self.policy, bare, self.member, self.phone, digits[1:])


def _person(number: int) -> Person:
    born = dt.date(1950 + number, 1 + number % 12, 1 + number % 28)
    given = _GIVEN[number % 10] + _ENDS[number // 10]
    return Person(
        number=number,
        given=given,
        family=_GIVEN[(number * 3 + 4) % 10][::-1].capitalize() + _ENDS[number // 10][::-1],
        phone=f"0813-{6100 + number * 37}-{4400 + number * 91}",
        nik=f"127101{born.day:02}{born.month:02}{born.year % 100:02}{4101 + number * 7}",
        policy=f"QX-77{number:02}-{508_213 + number * 1013}",
        member=f"88{90_417 + number * 977}{number:02}3",
        born=born,
    )


PEOPLE = tuple(map(_person, range(50)))
SECRETS = tuple(secret for person in PEOPLE for secret in person.secrets())
