"""Where people come from and where they go: provinces, regions of the round table, cities and their zones.

Province codes are those of the Ministry of Home Affairs, which also begin every NIK; 38 provinces since 2022.
The region is the office's own list, not the time zone (``decisions``, Region): the round table meets in Medan, Jakarta
and Surabaya to hear west, central and east. :data:`REGION_OF` is where an office starts; it may keep a list of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liaison.domain.names import fold
from liaison.domain.patients import Region

WEST, CENTRAL, EAST = Region.WEST, Region.CENTRAL, Region.EAST
_WIB, _WITA, _WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"


@dataclass(frozen=True, slots=True)
class Province:
    """A province: its code (first two digits of a NIK), its name, its region and its time zone."""

    code: str
    name: str
    region: Region
    zone: str


PROVINCES: Mapping[str, Province] = {
    p.code: p
    for p in (
        Province("11", "Aceh", WEST, _WIB),
        Province("12", "Sumatera Utara", WEST, _WIB),
        Province("13", "Sumatera Barat", WEST, _WIB),
        Province("14", "Riau", WEST, _WIB),
        Province("15", "Jambi", WEST, _WIB),
        Province("16", "Sumatera Selatan", WEST, _WIB),
        Province("17", "Bengkulu", WEST, _WIB),
        Province("18", "Lampung", WEST, _WIB),
        Province("19", "Kepulauan Bangka Belitung", WEST, _WIB),
        Province("21", "Kepulauan Riau", WEST, _WIB),
        Province("31", "DKI Jakarta", WEST, _WIB),
        Province("32", "Jawa Barat", WEST, _WIB),
        Province("33", "Jawa Tengah", CENTRAL, _WIB),
        Province("34", "DI Yogyakarta", CENTRAL, _WIB),
        Province("35", "Jawa Timur", CENTRAL, _WIB),
        Province("36", "Banten", WEST, _WIB),
        Province("51", "Bali", CENTRAL, _WITA),
        Province("52", "Nusa Tenggara Barat", CENTRAL, _WITA),
        Province("53", "Nusa Tenggara Timur", EAST, _WITA),
        Province("61", "Kalimantan Barat", WEST, _WIB),
        Province("62", "Kalimantan Tengah", CENTRAL, _WIB),
        Province("63", "Kalimantan Selatan", CENTRAL, _WITA),
        Province("64", "Kalimantan Timur", CENTRAL, _WITA),
        Province("65", "Kalimantan Utara", CENTRAL, _WITA),
        Province("71", "Sulawesi Utara", EAST, _WITA),
        Province("72", "Sulawesi Tengah", EAST, _WITA),
        Province("73", "Sulawesi Selatan", EAST, _WITA),
        Province("74", "Sulawesi Tenggara", EAST, _WITA),
        Province("75", "Gorontalo", EAST, _WITA),
        Province("76", "Sulawesi Barat", EAST, _WITA),
        Province("81", "Maluku", EAST, _WIT),
        Province("82", "Maluku Utara", EAST, _WIT),
        Province("91", "Papua", EAST, _WIT),
        Province("92", "Papua Barat", EAST, _WIT),
        Province("93", "Papua Selatan", EAST, _WIT),
        Province("94", "Papua Tengah", EAST, _WIT),
        Province("95", "Papua Pegunungan", EAST, _WIT),
        Province("96", "Papua Barat Daya", EAST, _WIT),
    )
}

REGION_OF: Mapping[str, Region] = {code: p.region for code, p in PROVINCES.items()}
"""The list an office starts with: province code to region."""


def region_of(province: str, own: Mapping[str, Region] | None = None) -> Region:
    """The region of a province code by the office's own list, else by the list it started with."""
    return (own or {}).get(province) or REGION_OF.get(province, Region.NOT_STATED)


@dataclass(frozen=True, slots=True)
class City:
    """A city that patients leave from or go to. ``code`` heads the case numbers of an office there."""

    code: str
    name: str
    country: str
    province: str = ""
    zone: str = ""
    also: tuple[str, ...] = ()


def _home(code: str, name: str, province: str, *also: str) -> City:
    return City(code, name, "ID", province, PROVINCES[province].zone, also)


_MY, _SG, _CN, _KH, _TH = (
    "Asia/Kuala_Lumpur",
    "Asia/Singapore",
    "Asia/Shanghai",
    "Asia/Phnom_Penh",
    "Asia/Bangkok",
)

CITIES: tuple[City, ...] = (
    _home("MDN", "Medan", "12", "Kota Medan"),
    _home("JKT", "Jakarta", "31", "DKI Jakarta", "Jakarta Pusat", "Jakarta Selatan", "Jakarta Barat",
          "Jakarta Utara", "Jakarta Timur", "DKI"),
    _home("SBY", "Surabaya", "35", "SUB", "Kota Surabaya"),
    _home("BNA", "Banda Aceh", "11", "BTJ"),
    _home("LSW", "Lhokseumawe", "11"),
    _home("LGS", "Langsa", "11"),
    _home("PMS", "Pematangsiantar", "12", "Pematang Siantar", "Siantar"),
    _home("BNJ", "Binjai", "12"),
    _home("DLS", "Deli Serdang", "12", "Lubuk Pakam"),
    _home("TBT", "Tebing Tinggi", "12"),
    _home("SBG", "Sibolga", "12"),
    _home("RAP", "Rantauprapat", "12", "Rantau Prapat"),
    _home("KIS", "Kisaran", "12", "Asahan"),
    _home("PDG", "Padang", "13"),
    _home("BKT", "Bukittinggi", "13"),
    _home("PKU", "Pekanbaru", "14"),
    _home("DUM", "Dumai", "14"),
    _home("DJB", "Jambi", "15"),
    _home("PLM", "Palembang", "16"),
    _home("BKS", "Bengkulu", "17"),
    _home("LPG", "Bandar Lampung", "18", "Lampung", "TKG"),
    _home("PGK", "Pangkalpinang", "19", "Pangkal Pinang", "Bangka"),
    _home("BTM", "Batam", "21", "BTH"),
    _home("TNJ", "Tanjungpinang", "21", "Tanjung Pinang"),
    _home("BDG", "Bandung", "32", "BDO"),
    _home("BGR", "Bogor", "32"),
    _home("DPK", "Depok", "32"),
    _home("BKI", "Bekasi", "32"),
    _home("CBN", "Cirebon", "32"),
    _home("SMG", "Semarang", "33", "SRG"),
    _home("SOC", "Surakarta", "33", "Solo"),
    _home("YOG", "Yogyakarta", "34", "Jogja", "Jogjakarta", "Yogya"),
    _home("MLG", "Malang", "35"),
    _home("KDR", "Kediri", "35"),
    _home("SDA", "Sidoarjo", "35"),
    _home("GSK", "Gresik", "35"),
    _home("TNG", "Tangerang", "36", "Tangerang Selatan", "Tangsel"),
    _home("SRA", "Serang", "36", "Cilegon"),
    _home("DPS", "Denpasar", "51", "Bali", "Badung"),
    _home("MTR", "Mataram", "52", "Lombok"),
    _home("KOE", "Kupang", "53"),
    _home("PNK", "Pontianak", "61"),
    _home("SKW", "Singkawang", "61"),
    _home("PKY", "Palangka Raya", "62", "Palangkaraya"),
    _home("BJM", "Banjarmasin", "63", "BDJ"),
    _home("BPN", "Balikpapan", "64"),
    _home("SRI", "Samarinda", "64"),
    _home("TRK", "Tarakan", "65"),
    _home("MDO", "Manado", "71", "Menado", "MDC"),
    _home("PLW", "Palu", "72"),
    _home("MKS", "Makassar", "73", "Ujung Pandang", "UPG"),
    _home("KDI", "Kendari", "74"),
    _home("GTO", "Gorontalo", "75"),
    _home("MJU", "Mamuju", "76"),
    _home("AMQ", "Ambon", "81"),
    _home("TTE", "Ternate", "82"),
    _home("DJJ", "Jayapura", "91"),
    _home("MKW", "Manokwari", "92"),
    _home("MKQ", "Merauke", "93"),
    _home("TIM", "Timika", "94", "Mimika", "Nabire"),
    _home("WMX", "Wamena", "95"),
    _home("SOQ", "Sorong", "96"),
    City("PEN", "Penang", "MY", zone=_MY, also=("Pulau Pinang", "George Town", "Georgetown")),
    City("KUL", "Kuala Lumpur", "MY", zone=_MY, also=("KL",)),
    City("PJY", "Petaling Jaya", "MY", zone=_MY, also=("PJ",)),
    City("SJY", "Subang Jaya", "MY", zone=_MY, also=("Bandar Sunway", "Sunway")),
    City("SHA", "Shah Alam", "MY", zone=_MY),
    City("KLG", "Klang", "MY", zone=_MY),
    City("MKZ", "Melaka", "MY", zone=_MY, also=("Malacca", "Malaka")),
    City("JHB", "Johor Bahru", "MY", zone=_MY, also=("JB", "Iskandar Puteri")),
    City("IPH", "Ipoh", "MY", zone=_MY),
    City("SBN", "Seremban", "MY", zone=_MY),
    City("KCH", "Kuching", "MY", zone=_MY),
    City("KKB", "Kota Kinabalu", "MY", zone=_MY, also=("KK",)),
    City("SIN", "Singapore", "SG", zone=_SG, also=("Singapura", "SGP")),
    City("CAN", "Guangzhou", "CN", zone=_CN, also=("Kanton", "Canton")),
    City("SZX", "Shenzhen", "CN", zone=_CN),
    City("PEK", "Beijing", "CN", zone=_CN),
    City("SHG", "Shanghai", "CN", zone=_CN),
    City("CTU", "Chengdu", "CN", zone=_CN),
    City("XUZ", "Xuzhou", "CN", zone=_CN),
    City("PNH", "Phnom Penh", "KH", zone=_KH),
    City("REP", "Siem Reap", "KH", zone=_KH),
    City("KOS", "Sihanoukville", "KH", zone=_KH, also=("Preah Sihanouk",)),
    City("BKK", "Bangkok", "TH", zone=_TH),
)  # fmt: skip

COUNTRIES: Mapping[str, tuple[str, ...]] = {
    "ID": ("Indonesia",),
    "MY": ("Malaysia",),
    "SG": ("Singapore", "Singapura"),
    "CN": ("China", "Tiongkok", "Cina"),
    "KH": ("Cambodia", "Kamboja"),
    "TH": ("Thailand",),
}
"""Countries that cases go to, with the names people type."""

_CITY_BY_NAME = {fold(name): city for city in CITIES for name in (city.code, city.name, *city.also)}
_PROVINCE_BY_NAME = {
    **{fold(p.name): p for p in PROVINCES.values()},
    **{fold(name): PROVINCES[code] for name, code in {
        "Sumut": "12", "North Sumatra": "12", "Sumbar": "13", "Sumsel": "16", "Babel": "19", "Bangka Belitung": "19",
        "Kepri": "21", "Daerah Khusus Ibukota Jakarta": "31", "Jabar": "32", "West Java": "32", "Jateng": "33",
        "Central Java": "33", "Daerah Istimewa Yogyakarta": "34", "DIY": "34", "Jatim": "35", "East Java": "35",
        "NTB": "52", "NTT": "53", "Kalbar": "61", "Kalteng": "62", "Kalsel": "63", "Kaltim": "64", "Kaltara": "65",
        "Sulut": "71", "Sulteng": "72", "Sulsel": "73", "Sultra": "74", "Sulbar": "76", "Malut": "82",
        "Nanggroe Aceh Darussalam": "11", "NAD": "11",
    }.items()},
}  # fmt: skip


def city_of(text: str) -> City | None:
    """The city meant by a name, an airport or office code, or a spelling in use; ``None`` if not in the list."""
    folded = fold(text)
    for head in ("kota ", "kabupaten ", "kab ", "kodya "):
        if folded not in _CITY_BY_NAME:
            folded = folded.removeprefix(head)
    return _CITY_BY_NAME.get(folded)


def province_of(text: str) -> Province | None:
    """The province meant by a code, a name or its common short form; ``None`` if there is none."""
    return PROVINCES.get(text.strip()) or _PROVINCE_BY_NAME.get(fold(text))


def country_of(text: str) -> str:
    """The two-letter code of a country that cases go to, from its code or name; empty if unknown."""
    folded = fold(text)
    for code, names in COUNTRIES.items():
        if folded == code.casefold() or folded in map(fold, names):
            return code
    return ""


OFFICE_CITIES = ("MDN", "JKT", "SBY")
"""Cities of the round table; an office may stand in any city of the list."""
