"""What the status words of claim lists mean.

Raw words are kept; words nobody taught us are asked once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from liaison.domain.claims import ClaimState
from liaison.domain.listing import ListStatus
from liaison.domain.names import fold
from liaison.i18n import LANGUAGES, Language

_S = ListStatus

_WORDS: dict[ListStatus, str] = {
    _S.SUBMITTED: (
        "diajukan|pengajuan|ajukan|submitted|submit|new|baru|klaim baru|new claim|diterima berkas|berkas diterima|"
        "received|diterima|registered|terdaftar|register|open|dikirim|terkirim|sent|lodged|filed|masuk|draft|"
        "entry|created|dilaporkan|reported|claim received|klaim masuk|klaim diterima"
    ),
    _S.IN_REVIEW: (
        "dalam proses|proses|in process|processing|process|on process|in progress|on progress|progress|"
        "sedang diproses|diproses|dlm proses|in review|under review|review|ditinjau|sedang ditinjau|"
        "dalam peninjauan|dalam review|verifikasi|verification|dalam verifikasi|analisa|dianalisa|dalam analisa|"
        "assessment|under assessment|adjudication|investigasi|investigation|under investigation|dalam investigasi|"
        "menunggu keputusan|menunggu persetujuan|menunggu approval|waiting approval|awaiting approval|"
        "awaiting decision|ongoing|on going|berjalan|wip|pending review|pending approval|pending assessment|"
        "sedang berjalan|dalam pemeriksaan|diperiksa|pending verification"
    ),
    _S.PENDING_DOCUMENTS: (
        "pending dokumen|pending|pending documents|pending document|pending docs|pending doc|pending dok|"
        "dokumen kurang|kurang dokumen|berkas kurang|kurang berkas|dokumen belum lengkap|berkas belum lengkap|"
        "belum lengkap|incomplete|incomplete documents|incomplete document|missing documents|menunggu dokumen|"
        "tunggu dokumen|menunggu berkas|awaiting documents|awaiting document|waiting for documents|query|queried|"
        "ditangguhkan|tertunda|tunda|on hold|hold|suspended|suspend|permintaan dokumen|"
        "additional documents required|tambahan dokumen|pending kelengkapan|kelengkapan dokumen|document required|"
        "documents required|outstanding documents|perlu dokumen|pending berkas|info requested|pending info"
    ),
    _S.APPROVED: (
        "disetujui|setuju|approved|approve|acc|di acc|accepted|accept|dijamin|ok|oke|oked|approved in full|"
        "fully approved|disetujui penuh|disetujui seluruhnya|disetujui semua|covered|granted|authorised|"
        "authorized|diterima seluruhnya|full approved|dikabulkan|cleared|approval|menunggu pembayaran|"
        "waiting payment|awaiting payment|payment pending|pending payment|proses bayar|proses pembayaran|"
        "siap bayar|ready to pay|klaim disetujui|to be paid|akan dibayar|dlm proses bayar|dalam proses pembayaran"
    ),
    _S.PARTIALLY_APPROVED: (
        "disetujui sebagian|setuju sebagian|partially approved|partial approved|partial approval|partial|"
        "partially|sebagian|approved partially|approved partial|approve sebagian|acc sebagian|partly approved|"
        "dijamin sebagian|disetujui parsial|parsial|partially accepted|dikabulkan sebagian|part approved|"
        "dibayar sebagian|partially paid|paid partially|partial payment"
    ),
    _S.REJECTED: (
        "ditolak|tolak|rejected|reject|declined|decline|denied|deny|tidak disetujui|tidak dijamin|"
        "tidak ditanggung|not approved|not covered|penolakan|tidak dicover|gugur|unapproved|refused|repudiated|"
        "klaim ditolak|void|batal|cancelled|canceled|dibatalkan|withdrawn|ditarik|ineligible|tdk disetujui|"
        "tidak acc|non covered|ditutup tanpa bayar|closed without payment|cwp|tidak layak"
    ),
    _S.PAID: (
        "dibayar|sudah dibayar|lunas|paid|telah dibayar|terbayar|settled|bayar|dibayarkan|sudah dibayarkan|"
        "telah dibayarkan|paid in full|fully paid|payment done|payment made|selesai|selesai dibayar|closed|close|"
        "completed|complete|done|finished|finalised|finalized|reimbursed|transferred|ditransfer|sudah transfer|"
        "settle|settlement|tutup|ditutup|cair|sudah cair|klaim selesai|klaim dibayar|paid claim|closed paid|final|"
        "paid closed|dilunasi|full payment"
    ),
}

_BY_WORD = {fold(word): status for status, words in _WORDS.items() for word in words.split("|")}

_HINTS: tuple[tuple[str, ListStatus], ...] = (
    (r"sebagian|partial|parsial|\bpart\b|partly", _S.PARTIALLY_APPROVED),
    (r"tolak|reject|declin|denied|batal|cancel|not (?:approved|covered|paid)", _S.REJECTED),
    (r"tidak (?:di)?(?:setuju|jamin|tanggung|acc|bayar|cover)", _S.REJECTED),
    (
        r"(?:kurang|tunggu|pending|menunggu|lengkapi|missing|await|incomplete|belum)"
        r".*(?:dok|berkas|doc|resume|kuitansi|kwitansi|receipt|report|lengkap)",
        _S.PENDING_DOCUMENTS,
    ),
    (r"belum (?:di)?bayar|unpaid", _S.APPROVED),
    (r"(?:tunggu|menunggu|await|pending|proses|waiting).*(?:bayar|payment|transfer)", _S.APPROVED),
    (r"(?:di|ter)bayar|lunas|\bpaid\b|settle|cair|reimburs", _S.PAID),
    (r"(?:belum|menunggu|tunggu|await|pending).*(?:setuju|approv|keputus|decision|acc)", _S.IN_REVIEW),
    (r"setuju|approv|\bacc\b|\baccepted\b", _S.APPROVED),
    (r"proses|process|review|verif|analis|assess|investig|tinjau|periksa|progress", _S.IN_REVIEW),
    (r"pending|hold|tangguh|tunda|query|quer", _S.PENDING_DOCUMENTS),
    (r"aju|submit|kirim|lapor|regist|\bnew\b|\bbaru\b", _S.SUBMITTED),
)


_OURS: Mapping[ClaimState, ListStatus] = {
    ClaimState.DRAFT: _S.SUBMITTED, ClaimState.INCOMPLETE: _S.PENDING_DOCUMENTS, ClaimState.READY: _S.SUBMITTED,
    ClaimState.SUBMITTED: _S.SUBMITTED, ClaimState.REGISTERED: _S.SUBMITTED, ClaimState.IN_REVIEW: _S.IN_REVIEW,
    ClaimState.QUERIED: _S.PENDING_DOCUMENTS, ClaimState.INVESTIGATION: _S.IN_REVIEW, ClaimState.APPROVED: _S.APPROVED,
    ClaimState.PARTIALLY_APPROVED: _S.PARTIALLY_APPROVED, ClaimState.REJECTED: _S.REJECTED,
    ClaimState.APPEALED: _S.IN_REVIEW, ClaimState.PAYMENT_PENDING: _S.APPROVED, ClaimState.PAID: _S.PAID,
    ClaimState.CLOSED: _S.PAID, ClaimState.DISPUTED_PAYMENT: _S.APPROVED, ClaimState.REOPENED: _S.IN_REVIEW,
    ClaimState.WITHDRAWN: _S.REJECTED, ClaimState.TIME_BARRED: _S.REJECTED, ClaimState.VOID: _S.REJECTED,
}  # fmt: skip
"""What our own states come to in a list, so that a list we wrote can be read again."""


@cache
def _our_words() -> Mapping[str, ListStatus]:
    """Our own words for states, as our lists write them in either language."""
    return {fold(Language(code)(state.label)): status for state, status in _OURS.items() for code in LANGUAGES}


def status_of(raw: str, remembered: Mapping[str, ListStatus] | None = None) -> ListStatus | None:
    """The meaning of a status word; ``NOT_STATED`` for an empty one, ``None`` where nobody knows.

    ``remembered`` words, folded, go first.
    """
    key = fold(raw)
    if remembered and key in remembered:
        return remembered[key]
    return _known(key)


@lru_cache(maxsize=4096)
def _known(key: str) -> ListStatus | None:
    if not key:
        return ListStatus.NOT_STATED
    if key in _BY_WORD:
        return _BY_WORD[key]
    stripped = re.sub(r"^(?:status|klaim|claim)\s+|\s+(?:klaim|claim)$", "", key)
    if stripped in _BY_WORD:
        return _BY_WORD[stripped]
    if key in _our_words():
        return _our_words()[key]
    for pattern, status in _HINTS:
        if re.search(pattern, key):
            return status
    return None
