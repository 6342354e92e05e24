"""Makes an officer's own tracking sheet: 80 running cases in slang, three rows twice,
two families on one phone each."""

import random

from tests.exchange.lists import D, text, xlsx

HEAD = [
    "no", "nama pasien", "no HP", "kota", "RS tujuan", "asuransi", "no polis", "status", "tgl berangkat", "diagnosa",
        "PIC",
    "catatan", "agen",
]  # fmt: skip
STATUSES = {
    "baru tanya": "J01", "lengkapi data": "J02", "cek polis": "J03", "nunggu jawaban dokter": "J04",
        "tunggu estimasi": "J05",
    "masih mikir2": "J06", "nunggu GL": "J07", "mau berangkat": "J08", "otw": "J09", "udah di RS": "J11",
    "nunggu final GL": "J12", "sudah pulang": "J14", "proses klaim": "J15", "selesai klaim": "J16", "batal": "J91",
}  # fmt: skip
_FIRST = [
    "Siti",
    "Budi",
    "Agus",
    "Rina",
    "Dewi",
    "Joko",
    "Putri",
    "Andi",
    "Nur",
    "Tono",
    "Wati",
    "Hendra",
    "Lina",
    "Rudi",
    "Maya",
    "Yanti",
    "Bambang",
    "Sri",
    "Eko",
    "Ratna",
]
_LAST = ["Aminah", "Santoso", "Harahap", "Siregar", "Lim", "Tan", "Nasution", "Saragih", "Wijaya", "Hutabarat"]
_CITIES = ["Medan", "Jakarta", "Surabaya", "Pekanbaru", "Batam"]
_HOSPITALS = ["Island Hospital Penang", "Gleneagles Penang", "Mahkota Melaka", "Mount Elizabeth", "Lam Wah Ee"]
_INSURERS = ["Prudential", "Allianz", "AIA", "Manulife", ""]
_ILLS = [
    "jantung koroner",
    "kanker payudara",
    "HNP",
    "batu ginjal",
    "medical check up",
    "second opinion tumor otak",
    "",
]


def rows(seed=7):
    """Eighty rows: 77 cases, then rows 3, 10 and 20 again; rows 5 and 6, 30 and 31 are families on one phone."""
    chosen = random.Random(seed)
    made = []
    words = list(STATUSES)
    for n in range(77):
        name = f"{_FIRST[n % 20]} {_LAST[n // 20]}{' ' + _LAST[(n * 7) % 10] if n % 3 else ''}"
        made.append([
            n + 1, name, f"0812{chosen.randrange(10**7, 10**8)}", chosen.choice(_CITIES), chosen.choice(_HOSPITALS),
            chosen.choice(_INSURERS), f"P{chosen.randrange(10**6, 10**7)}" if n % 2 else "", words[n % len(words)],
            D(2026, 11, 1 + n % 28) if n % 3 == 0 else (f"{1 + n % 28} Nop 2026" if n % 3 == 1 else ""),
                chosen.choice(_ILLS),
            chosen.choice(["Ayu", "Dina"]), "hub. keluarga" if n % 5 == 0 else "", "Pak Hasan" if n % 4 == 0 else "",
        ])  # fmt: skip
    made[5][2] = made[4][2]
    made[30][2] = made[29][2]
    for again in (2, 9, 19):
        made.append([len(made) + 1, *made[again][1:7], "udah pulang", *made[again][8:]])
    return made


def workbook(path, seed=7):
    """The sheet as an officer keeps it: a title, headings, groups by month, a count beneath."""
    body = rows(seed)
    table = [["TRACKING PASIEN 2026"], [], HEAD, *body[:40], ["DESEMBER"], *body[40:], [], ["Total", "80 pasien"]]
    return xlsx(path, {"Tracking": table, "Kontak RS": [["RS", "Telp"], ["Island Hospital", "+60 4"]]})


def plain_text(path, seed=7):
    """The same as a text list."""
    return text(path, [HEAD, *rows(seed)], delimiter=";")
