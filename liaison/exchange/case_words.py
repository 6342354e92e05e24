"""What the status words of officers' own tracking sheets mean: slang, half sentences, both languages.

Known phrases are sure, patterns are guesses that an officer confirms once; both are shown before anything is written.
Patterns of letters come before those of travel, of claims before those of home: the more particular word says more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from liaison.domain.journeys import JourneyKind, JourneyState
from liaison.domain.listing import StatusTrust
from liaison.domain.names import fold

_J = JourneyState

_KNOWN: dict[JourneyState, str] = {
    _J.ENQUIRY: (
        "baru tanya|tanya|tanya tanya|nanya|baru nanya|enquiry|inquiry|lead|leads|prospek|baru|new|new case|kasus baru|"
        "info awal|minat|baru kontak|baru hubungi|tanya info|tanya dulu|new enquiry|open"
    ),
    _J.INTAKE: (
        "lengkapi data|kumpul dokumen|kumpulin dokumen|nunggu dokumen|tunggu dokumen|menunggu dokumen|dokumen kurang|"
        "kurang dokumen|data belum lengkap|registrasi|daftar|pendaftaran|intake|tunggu ktp|nunggu ktp|tunggu paspor|"
        "isi formulir|proses dokumen|dokumen belum lengkap|waiting documents|awaiting documents"
    ),
    _J.ELIGIBILITY: (
        "cek polis|cek benefit|cek manfaat|cek asuransi|cek limit|cek coverage|verifikasi polis|tunggu asuransi|"
        "nunggu asuransi|konfirmasi asuransi|eligibility|benefit check|tunggu jawaban asuransi|nunggu jawaban asuransi|"
        "cek polis dulu|eligibility check"
    ),
    _J.MEDICAL_REVIEW: (
        "review dokter|medical review|tunggu opini|nunggu opini|menunggu opini dokter|tunggu jawaban dokter|"
        "nunggu jawaban dokter|nunggu jawaban rs|tunggu jawaban rs|kirim data medis|kirim rekam medis|opini dokter|"
        "second opinion|tunggu second opinion|minta opini|tunggu dokter|waiting opinion|awaiting opinion"
    ),
    _J.ESTIMATE: (
        "tunggu estimasi|nunggu estimasi|menunggu estimasi|estimasi|estimasi biaya|minta estimasi|tunggu biaya|"
        "nunggu biaya|perkiraan biaya|tunggu perkiraan biaya|quotation|waiting estimate|awaiting estimate|cost "
        "estimate|"
        "tunggu quotation"
    ),
    _J.DECISION: (
        "pikir pikir|pikir pikir dulu|pikir2|masih mikir|mikir dulu|tunggu keputusan|nunggu keputusan|rembuk keluarga|"
        "diskusi keluarga|menunggu keputusan keluarga|tunggu keluarga|nunggu keluarga|belum putus|deciding|"
        "tunggu keputusan keluarga|tunggu konfirmasi pasien|tunggu jawaban pasien|nunggu pasien"
    ),
    _J.PREAUTH: (
        "nunggu gl|tunggu gl|menunggu gl|proses gl|gl proses|ajukan gl|gl diajukan|request gl|gl requested|waiting gl|"
        "gl pending|pending gl|nunggu surat jaminan|tunggu surat jaminan|proses surat jaminan|pre auth|preauth|"
        "awaiting gl|nunggu loa|tunggu loa|gl belum keluar|nunggu log|tunggu log|minta gl"
    ),
    _J.TRAVEL_PREP: (
        "mau berangkat|siap berangkat|akan berangkat|persiapan berangkat|booking tiket|beli tiket|urus tiket|urus "
        "paspor|"
        "urus visa|gl keluar|gl sudah keluar|gl udah keluar|gl terbit|gl ok|gl oke|gl approved|sudah dapat gl|"
        "udah dapat gl|dapat gl|tunggu berangkat|nunggu berangkat|siap siap berangkat|travel prep|ready to travel|"
        "tunggu jadwal|sudah booking|gl acc"
    ),
    _J.EN_ROUTE: (
        "otw|on the way|dalam perjalanan|lagi di jalan|sudah berangkat|udah berangkat|berangkat hari ini|di pesawat|"
        "di bandara|sedang terbang|en route|departed|berangkat"
    ),
    _J.WORKUP: (
        "pemeriksaan|lagi diperiksa|sedang diperiksa|periksa dokter|konsul dokter|konsultasi dokter|cek lab|work up|"
        "workup|lagi tes|tes tes dulu|rawat jalan|konsul di rs|pemeriksaan awal|mcu jalan|sedang mcu"
    ),
    _J.ADMITTED: (
        "udah di rs|sudah di rs|di rs|lagi di rs|masih di rs|rawat inap|sedang rawat inap|dirawat|sedang dirawat|"
        "lagi dirawat|masih dirawat|opname|masuk rs|sudah masuk rs|udah masuk rs|admitted|inpatient|ranap|di icu|"
        "operasi|selesai operasi|habis operasi|lagi operasi|masih opname|in hospital|udah operasi|sudah operasi"
    ),
    _J.DISCHARGE_PENDING: (
        "nunggu final gl|tunggu final gl|final gl|menunggu final gl|tunggu discharge|nunggu discharge|proses discharge|"
        "proses pulang|nunggu pulang|tunggu pulang|mau pulang|tunggu billing|nunggu billing|tunggu tagihan akhir|"
        "discharge pending|nunggu tagihan|tunggu tagihan|besok pulang|siap pulang"
    ),
    _J.DISCHARGED: (
        "keluar rs|sudah keluar rs|udah keluar rs|discharge|discharged|sudah discharge|udah discharge|sudah boleh "
        "pulang|"
        "udah boleh pulang|keluar dari rs"
    ),
    _J.RETURNED: (
        "sudah pulang|udah pulang|pulang|balik|sudah balik|udah balik|sudah di rumah|udah di rumah|sudah kembali|"
        "sudah di indonesia|udah di indo|sudah di indo|balik indo|sudah tiba|home|returned|back home|sudah sampai "
        "rumah|"
        "udah sampai rumah"
    ),
    _J.FOLLOW_UP: (
        "kontrol|follow up|proses klaim|klaim proses|klaim jalan|klaim diajukan|nunggu klaim|tunggu klaim|menunggu "
        "klaim|"
        "klaim pending|submit klaim|ajukan klaim|lagi klaim|urus klaim|reimburse|proses reimburse|nunggu reimburse|"
        "tunggu pembayaran klaim|klaim belum cair|nunggu klaim cair|fu|kontrol rutin|dokumen klaim kurang|post op"
    ),
    _J.CLOSED: (
        "selesai klaim|klaim selesai|klaim cair|klaim sudah cair|klaim udah cair|closed|close|case "
        "closed|tutup|ditutup|"
        "beres|sudah beres|udah beres|selesai semua|tuntas|done|kelar|udah kelar|klaim dibayar|klaim lunas|complete|"
        "completed|selesai"
    ),
    _J.CANCELLED: (
        "batal|dibatalkan|cancel|cancelled|canceled|gak jadi|ga jadi|nggak jadi|tidak jadi|mundur|batal "
        "berangkat|urung|"
        "gajadi|tidak lanjut|ga lanjut|gak lanjut"
    ),
    _J.LOST: (
        "hilang kontak|lost contact|lost|tidak bisa dihubungi|ga bisa dihubungi|tidak ada kabar|ga ada kabar|no "
        "response|"
        "tidak respon|ga respon|ga bales|gak bales|ghosting|tidak dibalas"
    ),
    _J.DECEASED: "meninggal|meninggal dunia|wafat|deceased|passed away|alm|almarhum|almarhumah|md",
    _J.REDIRECTED_DOMESTIC: (
        "berobat di indo|berobat di indonesia|rawat di indonesia|rs lokal|pindah rs lokal|di dalam negeri|"
        "jadi di indonesia|rawat lokal|treated locally"
    ),
}

_SLANG = {
    "sudah": "udah udh sdh dah telah sudh ud", "belum": "blm blom belom blum", "tunggu": "nunggu menunggu nungguin "
    "tgu nggu waiting",
    "tidak": "ga gak nggak tdk enggak ngga gk g tak", "berangkat": "brgkt brangkat brkt", "dokumen": "dok docs doc",
        "dengan": "dgn dg",
    "rs": "hosp hospital", "dokter": "dr dokternya", "keluarga": "kel klrg", "asuransi": "asr asuransinya",
        "estimasi": "estimate est",
    "klaim": "claim klem klaimnya", "operasi": "op ops surgery", "jaminan": "guarantee", "bisa": "bs", "jadi": "jd",
        "sama": "sm",
    "keluar": "kluar klr", "pulang": "plg", "proses": "processing process diproses prosess",
}  # fmt: skip
_PLAIN = {word: plain for plain, words in _SLANG.items() for word in words.split()}


def _plain(text: str) -> str:
    """A status folded, with slang and short forms written out."""
    words = re.sub(r"\b(\w{3,})2\b", r"\1 \1", fold(text)).split()
    return " ".join(_PLAIN.get(word, word) for word in words)


_BY_PHRASE = {_plain(phrase): state for state, phrases in _KNOWN.items() for phrase in phrases.split("|")}

_WAITS = r"(?:tunggu|await\w*|pending|proses|minta|ajukan|request|belum)"

_GUESSES: tuple[tuple[str, JourneyState], ...] = (
    (r"\b(?:meninggal|wafat|deceased|passed away|almarhum)", _J.DECEASED),
    (r"\b(?:batal|cancel\w*|tidak (?:jadi|lanjut)|mundur)\b", _J.CANCELLED),
    (r"hilang kontak|lost contact|(?:tidak|no) (?:bisa dihubungi|ada kabar|respon\w*|bales|balas)", _J.LOST),
    (r"(?:berobat|rawat|operasi) (?:di )?(?:indo|lokal|dalam negeri|jakarta|medan|surabaya)\b", _J.REDIRECTED_DOMESTIC),
    (r"(?:klaim|reimburs\w*) (?!belum).*(?:selesai|cair|lunas|dibayar|paid|beres|kelar|closed|done)", _J.CLOSED),
    (r"(?:selesai|beres|kelar|closed|tutup).*(?:klaim|semua|kasus|case)|sudah cair", _J.CLOSED),
    (r"\b(?:klaim|reimburs\w*|pembayaran)\b", _J.FOLLOW_UP),
    (r"final gl|gl final|final (?:bill|tagihan)|(?:tagihan|billing) akhir", _J.DISCHARGE_PENDING),
    (
        r"\b(?:gl|loa|jaminan|letter)\b(?! belum).{0,14}\b(?:keluar|terbit|ok|oke|acc|approved|dapat|issued|turun)",
        _J.TRAVEL_PREP,
    ),
    (rf"{_WAITS}.*\b(?:gl|loa|log|jaminan)\b|\b(?:gl|loa|jaminan)\b.*(?:belum|pending|proses|tunggu)", _J.PREAUTH),
    (r"(?:dapat|sudah|dpt).*\b(?:gl|loa)\b", _J.TRAVEL_PREP),
    (r"\b(?:gl|loa|preauth|pre auth)\b", _J.PREAUTH),
    (r"sudah.*(?:pulang|balik|kembali|di rumah|tiba di (?:indo|tanah air|medan|jakarta|surabaya))", _J.RETURNED),
    (r"(?:mau|akan|siap|besok|tunggu|proses|rencana).*(?:pulang|discharge|keluar rs|balik)", _J.DISCHARGE_PENDING),
    (r"\b(?:keluar|discharged?)\b", _J.DISCHARGED),
    (
        r"(?:mau|akan|siap|rencana|tunggu|persiapan|jadwal|besok|minggu depan|lusa).*(?:berangkat|terbang|jalan)",
        _J.TRAVEL_PREP,
    ),
    (r"\b(?:tiket|ticket|paspor|passport|visa|hotel|mdac|akomodasi)\b", _J.TRAVEL_PREP),
    (r"berangkat (?:tgl|tanggal|besok|minggu|bulan)", _J.TRAVEL_PREP),
    (r"otw|on the way|perjalanan|pesawat|bandara|travell?ing|sudah (?:berangkat|jalan|terbang)", _J.EN_ROUTE),
    (r"\b(?:icu|opname|ranap|rawat inap|dirawat|admit\w*|inpatient|operasi|kemo|chemo)\b", _J.ADMITTED),
    (r"(?:di|masuk|sampai) (?:rs|rumah sakit)\b", _J.ADMITTED),
    (r"\b(?:periksa|pemeriksaan|diperiksa|lab|mri|ct scan|konsul\w*|rawat jalan|work ?up|mcu|check ?up)\b", _J.WORKUP),
    (r"estimasi|quotation|perkiraan biaya|biaya", _J.ESTIMATE),
    (r"pikir|mikir|keputusan|rembuk|diskusi|keluarga|decid\w*", _J.DECISION),
    (
        r"opini\w*|opinion|(?:jawaban|review) (?:dokter|rs)|data medis|rekam medis|resume medis|hasil lab",
        _J.MEDICAL_REVIEW,
    ),
    (r"polis|benefit|manfaat|eligib\w*|coverage|limit|asuransi|insurer", _J.ELIGIBILITY),
    (r"dokumen|berkas|ktp|consent|formulir|form|data|registrasi|daftar", _J.INTAKE),
    (r"kontrol|follow ?up|post ?op", _J.FOLLOW_UP),
    (r"pulang|balik|kembali|rumah", _J.RETURNED),
    (r"tanya|nanya|enquir\w*|inquir\w*|minat|prospek|lead|baru|info", _J.ENQUIRY),
    (r"selesai|beres|kelar|done|tuntas|closed", _J.CLOSED),
)

_AMBIGUOUS = frozenset({"selesai", "done", "pulang", "open", "home", "balik", "operasi", "berangkat", "post op", "md"})
"""Known words that may mean another stage elsewhere: guessed, not sure."""


def state_of(raw: str, remembered: Mapping[str, JourneyState] | None = None) -> tuple[JourneyState | None, StatusTrust]:
    """The state a free-text status means and how sure that is. ``remembered`` words, folded, go first."""
    key = fold(raw)
    if not key:
        return None, StatusTrust.UNKNOWN
    if remembered and key in remembered:
        return remembered[key], StatusTrust.REMEMBERED
    return _guess(_plain(raw))


@lru_cache(maxsize=4096)
def _guess(key: str) -> tuple[JourneyState | None, StatusTrust]:
    if key.upper() in {s.value for s in JourneyState}:
        return JourneyState(key.upper()), StatusTrust.SURE
    for phrase in (key, re.sub(r"^(?:masih|lagi|sedang|status|pasien)\s+|\s+(?:dulu|nih|ya|kok|aja|saja)$", "", key)):
        if phrase in _BY_PHRASE:
            return _BY_PHRASE[phrase], StatusTrust.GUESSED if phrase in _AMBIGUOUS else StatusTrust.SURE
    for pattern, state in _GUESSES:
        if re.search(pattern, key):
            return state, StatusTrust.GUESSED
    return None, StatusTrust.UNKNOWN


_KINDS: tuple[tuple[str, JourneyKind], ...] = (
    (r"second opinion|2nd opinion|opini kedua|\bs ?o\b", JourneyKind.SECOND_OPINION),
    (r"tele ?(?:konsul\w*|consult\w*|med\w*)|konsul(?:tasi)? online|video call", JourneyKind.TELE_CONSULTATION),
    (r"medical check ?up|check ?up|\bmcu\b|general check|skrining|screening", JourneyKind.CHECK_UP),
    (r"\b(?:kemo\w*|chemo\w*|radioterapi|radiotherapy|dialisis|hemodialisa|cuci darah|siklus|cycle)\b",
        JourneyKind.REPEAT_CYCLE),
    (r"melahirkan|persalinan|maternity|hamil|kehamilan|\bsc\b|caesar|sesar|obgyn|bayi tabung|\bivf\b",
        JourneyKind.MATERNITY),
    (r"\b(?:gigi|dental|dentist|implan gigi)\b", JourneyKind.DENTAL),
    (r"berobat|operasi|perawatan|pengobatan|treatment|rawat inap|surgery|bedah", JourneyKind.TREATMENT),
)  # fmt: skip


def kind_of_case(*texts: str) -> JourneyKind | None:
    """The kind of case that what it is for says, the first text that says one; ``None`` where none does."""
    for text in texts:
        key = fold(text)
        for pattern, kind in _KINDS:
            if key and re.search(pattern, key):
                return kind
    return None


_SEXES = {
    "M": ("m", "l", "lk", "pria", "laki", "laki laki", "lelaki", "male", "man", "cowok", "tn"),
    "F": ("f", "p", "pr", "wanita", "perempuan", "female", "woman", "cewek", "w", "ny"),
}  # fmt: skip
_SEX = {word: sex for sex, words in _SEXES.items() for word in words}


def sex_of(text: str) -> str:
    """``M`` or ``F`` from the words lists use (``L``, ``Pria``, ``P``, ``Female``); empty where it is neither."""
    return _SEX.get(fold(text), "")
