"""Where the cities of our list lie, to tell which of two is nearer. Degrees; city centres, rounded to 0.01."""

from __future__ import annotations

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

from liaison.domain.regions import city_of

EARTH_KM = 6371.0

COORDINATES: Mapping[str, tuple[float, float]] = {
    "MDN": (3.59, 98.67), "JKT": (-6.18, 106.83), "SBY": (-7.26, 112.75), "BNA": (5.55, 95.32),
    "LSW": (5.18, 97.15), "LGS": (4.47, 97.97), "PMS": (2.96, 99.06), "BNJ": (3.60, 98.49),
    "DLS": (3.55, 98.87), "TBT": (3.33, 99.16), "SBG": (1.74, 98.78), "RAP": (2.10, 99.83),
    "KIS": (2.98, 99.62), "PDG": (-0.95, 100.35), "BKT": (-0.31, 100.37), "PKU": (0.51, 101.45),
    "DUM": (1.67, 101.45), "DJB": (-1.61, 103.61), "PLM": (-2.98, 104.76), "BKS": (-3.80, 102.27),
    "LPG": (-5.43, 105.26), "PGK": (-2.13, 106.11), "BTM": (1.13, 104.05), "TNJ": (0.92, 104.46),
    "BDG": (-6.91, 107.61), "BGR": (-6.60, 106.80),
    "BKI": (-6.24, 106.99), "DPK": (-6.40, 106.82), "CBN": (-6.73, 108.55), "SMG": (-6.97, 110.42),
    "SOC": (-7.57, 110.83), "YOG": (-7.80, 110.37), "MLG": (-7.98, 112.63), "KDR": (-7.85, 112.02),
    "SDA": (-7.45, 112.72), "GSK": (-7.16, 112.65), "TNG": (-6.18, 106.63), "SRA": (-6.12, 106.15),
    "DPS": (-8.65, 115.22), "MTR": (-8.58, 116.12), "KOE": (-10.18, 123.61), "PNK": (-0.03, 109.34),
    "SKW": (0.91, 108.98), "PKY": (-2.21, 113.92), "BJM": (-3.32, 114.59), "BPN": (-1.27, 116.83),
    "SRI": (-0.50, 117.15), "TRK": (3.30, 117.63), "MDO": (1.49, 124.84), "PLW": (-0.90, 119.87),
    "MKS": (-5.15, 119.43), "KDI": (-3.97, 122.51), "GTO": (0.54, 123.06), "MJU": (-2.68, 118.89),
    "AMQ": (-3.70, 128.18), "TTE": (0.79, 127.38), "DJJ": (-2.53, 140.72), "MKW": (-0.86, 134.06),
    "MKQ": (-8.49, 140.40), "TIM": (-4.55, 136.89), "WMX": (-4.10, 138.95), "SOQ": (-0.88, 131.26),
    "PEN": (5.41, 100.33), "KUL": (3.14, 101.69), "PJY": (3.11, 101.61), "SJY": (3.07, 101.59),
    "SHA": (3.07, 101.52), "KLG": (3.04, 101.45), "MKZ": (2.19, 102.25), "JHB": (1.49, 103.74),
    "IPH": (4.60, 101.08), "SBN": (2.73, 101.94), "KCH": (1.55, 110.36), "KKB": (5.98, 116.07),
    "SIN": (1.35, 103.82), "CAN": (23.13, 113.26), "SZX": (22.54, 114.06), "PEK": (39.90, 116.41),
    "SHG": (31.23, 121.47), "CTU": (30.57, 104.07), "XUZ": (34.26, 117.19), "PNH": (11.56, 104.92),
    "REP": (13.36, 103.86), "KOS": (10.63, 103.52), "BKK": (13.76, 100.50),
}  # fmt: skip
"""By the code of :data:`liaison.domain.regions.CITIES`. City centres as every map has them."""


def kilometres(one: str, other: str) -> int | None:
    """Kilometres between two cities as the crow flies; ``None`` where one of them is not on our list."""
    here, there = _place(one), _place(other)
    if here is None or there is None:
        return None
    (lat_a, lon_a), (lat_b, lon_b) = (tuple(map(radians, place)) for place in (here, there))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(half)))


def _place(name: str) -> tuple[float, float] | None:
    city = city_of(name)
    return COORDINATES.get(city.code) if city is not None else None
