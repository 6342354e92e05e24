"""Rows of a list that are no records: totals in either language, footers, signatures, titles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from liaison.domain.listing import SkipKind
from liaison.domain.names import fold
from liaison.exchange.currencies import currency_of

_SUBTOTAL = re.compile(
    r"^(?:sub ?totals?|sub ?jumlah|jumlah sementara|jml sementara|jumlah (?:halaman|hal|per|bagian|kelompok|sub)\b.*|"
    r"jml (?:halaman|hal)\b.*"
    r"|total (?:halaman|hal|page|per|for page|this page|group|kelompok|bagian|lembar)\b.*|page (?:sub ?)?total.*|"
    r"totals? (?:for|per|untuk|of) .*"
    r"|jumlah (?:untuk|dari) .*|(?:jumlah |saldo )?(?:pindahan|dipindahkan|pemindahan|terbawa).*|brought forward.*|"
    r"carried (?:forward|over).*|[bc] f|"
    r"running total.*|cumulative.*|kumulatif.*|sub ?totals? .*)$"
)
_TOTAL_START = re.compile(
    r"^(?:grand ?totals?|totals?|jumlah|jml|jlh|total ?(?:jumlah|keseluruhan)|overall total|sum total|sum|amount "
    r"total|keseluruhan|rekapitulasi|gt)\b"
)
_MAY_BEGIN = re.compile(
    r"\W*(?:sub|grand|tot|j[uml]|sum|page|run|cum|kum|brou|carr|over|amou|kese|reka|sald|pind|gt|[bc])", re.IGNORECASE
)
_NEUTRAL_WORDS = (
    "grand total totals jumlah jml jlh keseluruhan seluruh seluruhnya semua semuanya akhir all overall final general "
    "umum klaim claim "
    "claims tagihan bill billed biaya nilai amount sum dalam in dan and of the rupiah ringgit idr myr sgd usd cny "
    "rmb eur thb khr rp rm s us "
    "campuran mata uang mixed currency currencies dibayar disetujui approved data kasus case cases baris rows record "
    "records peserta orang "
    "diajukan besar gt rekapitulasi rekap bordereau"
)
_NEUTRAL = frozenset(_NEUTRAL_WORDS.split())
_FOOTER = re.compile(
    r"^(?:dibuat|disusun|disiapkan|disetujui oleh|diperiksa|diketahui|mengetahui|menyetujui|hormat|salam|demikian|"
    r"catatan|catt?\b|ctt|note|notes|"
    r"keterangan|ket|nb|n b|remarks?|terbilang|halaman|hal|page|hlm|lembar|dicetak|tanggal cetak|tgl cetak|printed|"
    r"print date|prepared|reviewed|checked|"
    r"verified|approved by|acknowledged|authori[sz]ed|signed|signature|tanda tangan|ttd|tembusan|cc|sumber|source|"
    r"disclaimer|rahasia|confidential|"
    r"konfidensial|lampiran|attachment|end of|akhir|selesai|e o e|staf|staff|manager|manajer|kepala|direktur|"
    r"supervisor|spv|admin|kasir|bagian|"
    r"pt |cv |created|generated|dihasilkan|exported|diekspor|nama jelas|jabatan|yang membuat|petugas|penanggung "
    r"jawab|best regards|regards|terima kasih|thank)"
)
_CITY_AND_DATE = re.compile(
    r"^[^\W\d]+(?:\s+[^\W\d]+){0,2}\s*,\s*(?:tanggal\s+)?(?:\d{1,2}[\s/.-]+[\w.]+[\s/.-]+\d{2,4}|\.{3,}|_{3,}).*$",
    re.UNICODE,
)
_RULER = re.compile(r"^[\s._\-=*~—–]{3,}$|^\(\s*[._\s]+\s*\)$")


def total_kind(texts: Iterable[str]) -> tuple[SkipKind, bool] | None:
    """Whether a row's texts make it a total,
    and whether that is certain: ``Total RS X`` may be a group's or the last one."""
    for text in texts:
        folded = fold(text)
        if _SUBTOTAL.match(folded):
            return SkipKind.SUBTOTAL, True
        if _TOTAL_START.match(folded):
            rest = [w for w in folded.split() if w not in _NEUTRAL and not w.isdigit() and not currency_of(w)]
            return SkipKind.TOTAL, not rest
    return None


def may_be_total(text: str) -> bool:
    """A cheap look at one cell: does it begin like a total."""
    if not _MAY_BEGIN.match(text):
        return False
    folded = fold(text)
    return bool(_TOTAL_START.match(folded) or _SUBTOTAL.match(folded))


def is_footer(texts: Iterable[str]) -> bool:
    """Whether a row's texts are what stands beneath a list: who made it, where and when, page numbers, notes."""
    said = [t for t in texts if t]
    return bool(said) and any(
        _FOOTER.match(fold(t)) or _CITY_AND_DATE.match(t) or _RULER.match(t) or t.startswith(("*)", "(*)"))
        for t in said
    )
