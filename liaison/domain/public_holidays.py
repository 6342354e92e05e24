"""Weekends and public holidays by country, and in Malaysia by state.

The days come with the ``holidays`` package, loaded only when somebody asks. Days that hang on the moon are estimates
until the state announces them; they are marked, so that an officer asks the desk instead of trusting the list.
Source: ``domain`` 1.8, clock design.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from liaison.domain.coded import Coded
from liaison.domain.names import fold
from liaison.i18n import N_

COUNTED = frozenset({"ID", "MY", "SG", "CN", "KH", "TH"})
"""Countries whose holidays are known here."""

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
_USUAL_WEEKEND = frozenset({SATURDAY, SUNDAY})
_FRIDAY_WEEKEND = frozenset({FRIDAY, SATURDAY})
_NAMES_FOR_INDONESIANS: Mapping[str, str] = {"ID": "id", "MY": "ms_MY"}
"""In which of the library's languages an Indonesian reads a country's holidays; elsewhere it offers English at best."""

_ESTIMATED = re.compile(r"\((?:estimated|perkiraan|anggaran)\)")
_JOHOR_CHANGED = dt.date(2025, 1, 1)
"""Johor went back to Saturday and Sunday on this day."""


class MalaysianState(Coded):
    """A state or federal territory of Malaysia, by its usual code. The names are the same in both languages."""

    JHR = "JHR", N_("Johor")
    KDH = "KDH", N_("Kedah")
    KTN = "KTN", N_("Kelantan")
    KUL = "KUL", N_("Kuala Lumpur")
    LBN = "LBN", N_("Labuan")
    MLK = "MLK", N_("Melaka")
    NSN = "NSN", N_("Negeri Sembilan")
    PHG = "PHG", N_("Pahang")
    PJY = "PJY", N_("Putrajaya")
    PLS = "PLS", N_("Perlis")
    PNG = "PNG", N_("Pulau Pinang")
    PRK = "PRK", N_("Perak")
    SBH = "SBH", N_("Sabah")
    SGR = "SGR", N_("Selangor")
    SWK = "SWK", N_("Sarawak")
    TRG = "TRG", N_("Terengganu")


_S = MalaysianState
_STATE_OF_CITY: Mapping[str, MalaysianState] = {
    fold(name): state
    for state, names in {
        _S.JHR: "Johor Bahru|JB|Iskandar Puteri|Nusajaya|Johor|Kluang|Muar|Batu Pahat",
        _S.KDH: "Alor Setar|Alor Star|Sungai Petani|Kulim|Langkawi|Kedah",
        _S.KTN: "Kota Bharu|Kota Baru Kelantan|Kelantan",
        _S.KUL: "Kuala Lumpur|KL|Cheras|Bangsar",
        _S.LBN: "Labuan",
        _S.MLK: "Melaka|Malacca|Malaka",
        _S.NSN: "Seremban|Nilai|Negeri Sembilan",
        _S.PHG: "Kuantan|Temerloh|Pahang",
        _S.PJY: "Putrajaya",
        _S.PLS: "Kangar|Perlis",
        _S.PNG: "Penang|Pulau Pinang|George Town|Georgetown|Bayan Lepas|Butterworth|Bukit Mertajam|Seberang Jaya",
        _S.PRK: "Ipoh|Taiping|Perak",
        _S.SBH: "Kota Kinabalu|KK|Sandakan|Tawau|Sabah",
        _S.SGR: "Petaling Jaya|PJ|Subang Jaya|Sunway|Bandar Sunway|Shah Alam|Klang|Kajang|Ampang|Selangor",
        _S.SWK: "Kuching|Miri|Sibu|Bintulu|Sarawak",
        _S.TRG: "Kuala Terengganu|Terengganu",
    }.items()
    for name in names.split("|")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A public holiday. An estimated one may still move by a day."""

    on: dt.date
    name: str
    is_estimated: bool = False
    name_id: str = ""
    """In Indonesian, or in the Malay of the country itself; empty where only English is known."""

    def called(self, language: str) -> str:
        """Its name in a language of the program, else in English."""
        return self.name_id if language == "id" and self.name_id else self.name


def state_of(city: str) -> str:
    """The Malaysian state of a city, for its holidays and weekend; empty where it is not known."""
    found = _STATE_OF_CITY.get(fold(city))
    return found.value if found is not None else ""


def weekend_of(country: str, state: str, day: dt.date) -> frozenset[int]:
    """Which days of the week are the weekend there (Monday is 0): Friday and Saturday in three states of Malaysia."""
    if country == "MY":
        if state in (_S.KDH, _S.KTN, _S.TRG):
            return _FRIDAY_WEEKEND
        if state == _S.JHR and day < _JOHOR_CHANGED:
            return _FRIDAY_WEEKEND
    return _USUAL_WEEKEND


def holidays_of(country: str, year: int, *, state: str = "") -> tuple[Holiday, ...]:
    """The public holidays of a year in their order; none for a country that nobody counts."""
    return tuple(_days(country, state, year).values()) if country in COUNTED else ()


def holiday_on(country: str, day: dt.date, *, state: str = "") -> Holiday | None:
    """The public holiday of a day, if it is one."""
    return _days(country, state, day.year).get(day) if country in COUNTED else None


def is_swapped_workday(country: str, day: dt.date) -> bool:
    """Whether a day of a weekend is worked in exchange for a bridging day, as China decrees each year."""
    return country == "CN" and day in _swapped(day.year)


@cache
def _days(country: str, state: str, year: int) -> Mapping[dt.date, Holiday]:
    import holidays

    where = state or None
    found = holidays.country_holidays(country, subdiv=where, years=year, language="en_US")
    own = _NAMES_FOR_INDONESIANS.get(country)
    local = holidays.country_holidays(country, subdiv=where, years=year, language=own) if own else {}
    return {
        day: Holiday(
            on=day, name=_plain(name), is_estimated="(estimated)" in name, name_id=_plain(local.get(day) or "")
        )
        for day, name in sorted(found.items())
    }


def _plain(name: str) -> str:
    """A name without the mark of an estimate, in any language."""
    return _ESTIMATED.sub("", name).strip()


@cache
def _swapped(year: int) -> frozenset[dt.date]:
    import holidays

    return frozenset(getattr(holidays.country_holidays("CN", years=year), "weekend_workdays", ()))
