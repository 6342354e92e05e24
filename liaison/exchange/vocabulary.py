"""The words of column headings, Indonesian and English, folded into the concepts they stand for.

``Tgl``, ``Tanggal``, ``Date`` and ``Tarikh`` are one concept; so are ``RS``,
    ``Rumah Sakit`` and ``Hospital``. A heading is
understood by its concepts (:mod:`liaison.exchange.fields`), not by its exact words,
    so that lists nobody has seen before
are understood too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from liaison.domain.names import fold

_PHRASES = {
    "hospital": "rumah sakit|rmh sakit|rumah skt|rum sakit|medical centre|medical center|health care provider",
    "provider": (
        "fasilitas kesehatan|tempat perawatan|tempat berobat|tempat rawat|place of treatment|treated at|"
        "lokasi perawatan|service provider|treatment facility|healthcare provider|rs tujuan"
    ),
    "currency": "mata uang|matauang|currency code|kode mata uang|jenis mata uang|jenis valuta|kode valuta",
    "gl": (
        "surat jaminan|guarantee letter|letter of guarantee|letter guarantee|guaranty letter|surat penjaminan|"
        "letter of authorization|letter of authorisation|surat garansi|guarantee of payment"
    ),
    "sex": "jenis kelamin|l p|m f|p l|jns kelamin|jen kel",
    "mrn": "rekam medis|medical record|rekam medik|med rec",
    "birth": "date of birth|birth date|tanggal lahir|tgl lahir|tgl lhr|born on|d o b",
    "birthplace": "tempat tanggal lahir|tempat tgl lahir|tempat lahir|place of birth",
    "converted": "dalam rupiah setelah|nilai konversi|setara rupiah|ekuivalen rupiah|equivalent in",
    "limit": "sum insured|uang pertanggungan|nilai pertanggungan|batas manfaat|plan limit",
    "destination": "rumah sakit tujuan|hospital tujuan|negara tujuan|kota tujuan",
    "insurer": (
        "perusahaan asuransi|insurance company|perush asuransi|nama asuransi|pihak asuransi|insurance provider|"
        "asuransi penanggung"
    ),
    "inpatient": "rawat inap|in patient",
    "outpatient": "rawat jalan|out patient",
    "family_head": "kepala keluarga",
    "identity": "nomor induk kependudukan|kartu tanda penduduk|identity card|id card|national id|kartu identitas",
    "employee": "nomor induk karyawan|nomor induk pegawai",
    "family_card": "kartu keluarga|family card",
    "phone": "no hp|nomor hp|no telp|no telepon|nomor telepon|no handphone|hp wa|no hp wa",
    "officer": (
        "person in charge|petugas yang menangani|ditangani oleh|handled by|penanggung jawab|case manager|"
        "liaison officer"
    ),
    "charge_kind": (
        "jenis biaya|jenis layanan|jenis pelayanan|jenis tindakan|type of charge|charge type|type of service|"
        "nama tindakan|nama layanan|komponen biaya|pos biaya|jenis manfaat|benefit item|line item|detail biaya|"
        "rincian biaya|uraian biaya|item description|jenis jasa|nama item|service description|service item"
    ),
    "claim_kind": (
        "jenis klaim|tipe klaim|claim type|type of claim|kategori klaim|jenis perawatan|type of treatment|"
        "tipe perawatan|jenis rawat|tipe rawat"
    ),
    "length": "lama rawat|lama dirawat|length of stay|jumlah hari|lama hari|no of days|number of days",
    "count": (
        "jumlah kasus|jumlah peserta|jumlah pasien|number of claims|no of claims|number of cases|banyak klaim|"
        "banyaknya klaim|total kasus|claim count|jml kasus"
    ),
    "share": (
        "beban peserta|beban pasien|tanggungan peserta|ditanggung peserta|ditanggung pasien|patient share|"
        "member share|patient portion|dibayar pasien|dibayar peserta|paid by patient|paid by member|self pay|"
        "biaya sendiri|bayar sendiri|patient responsibility"
    ),
    "last_contact": "kontak terakhir|last contact|follow up terakhir|terakhir follow up|last follow up",
    "next_step": "langkah berikutnya|next step|next action|tindak lanjut|follow up",
    "admit": "date in|tgl in|check in|tanggal in",
    "discharge": "date out|tgl out|check out|tanggal out",
    "hours": "jam kerja|jam buka|jam operasional|jam layanan|office hours|working hours|operating hours|opening hours",
    "emergency_contact": "kontak keluarga|kontak darurat|emergency contact|no keluarga|hp keluarga",
    "not": "tidak di",
    "approved": "di setujui|di jamin|di tanggung|di approve|di cover",
    "paid": "di bayar|di bayarkan",
    "contact_person": "contact person|nama kontak|contact name|kontak person|nama pic|nara hubung",
    "whatsapp": "no wa|nomor wa|no whatsapp|wa aktif",
}
"""Words that mean something only together; a concept's phrases are parted by bars."""

_WORDS = {
    "no": "no nomor nomer nmr nr num number nbr id ids # № urut nomornya",
    "ref": "ref reference referensi rujukan referensinya",
    "code": "kode code kd cd kodenya",
    "date": "tgl tanggal date tarikh tg tngl dt dates tanggalnya tggl hari/tgl",
    "time": "jam time waktu pukul",
    "name": "nama name nm names namanya",
    "claim": "klaim claim claims klaims klm klaimnya tuntutan",
    "case": "kasus case cases perkara",
    "member": "peserta member anggota pst mbr psrt participant participants ahli members kepesertaan",
    "insured": "tertanggung insured assured diasuransikan insuree",
    "patient": "pasien patient px pasiennya penderita",
    "claimant": "claimant penuntut penggugat pengklaim beneficiary",
    "employee": "karyawan pegawai employee staff nip nrp",
    "card": "kartu card krt kartunya",
    "certificate": "sertifikat certificate cert",
    "policy": "polis policy pol polisnya policies",
    "holder": "pemegang holder policyholder pempol",
    "contract": "kontrak contract",
    "hospital": "rs hospital hosp rumkit rsu rsud hospitals rsup hospitalname h'pital",
    "provider": "provider faskes penyedia klinik clinic facility ppk providers",
    "admit": "masuk admission admit admitted adm mrs opname admissions checkin",
    "discharge": "keluar pulang discharge discharged disch dsch krs checkout kepulangan dc",
    "service": (
        "pelayanan service treatment rawat perawatan berobat visit kunjungan konsultasi tindakan dirawat "
        "pengobatan layanan services jasa"
    ),
    "incident": "kejadian incident loss accident event musibah",
    "start": "mulai awal start dari from begin since sejak",
    "end": "selesai akhir sampai until to end hingga s/d sd s.d finish berakhir",
    "birth": "lahir birth dob lahirnya kelahiran birthdate birthday ttl",
    "relation": "hubungan relasi relation relationship rel hub dependent dependant tanggungan kekeluargaan relations",
    "diagnosis": (
        "sakit diagnosa diagnosis diagnose diag dx penyakit disease illness diagnoses diagnosanya diag. ailment "
        "condition kondisi"
    ),
    "complaint": "keluhan complaint symptom gejala indikasi kasusnya",
    "icd": "icd icd10 icdx icd-10 icdcode",
    "currency": "currency curr ccy cur valuta valas uang matauang kurensi",
    "amount": "jumlah jml jlh amount amt nilai value nominal besar besaran jmlh besarnya jumlahnya nilainya figure",
    "total": "total tot sum totalnya grand keseluruhan",
    "billed": (
        "tagihan billed bill billing tagih ditagih ditagihkan invoice invoiced charge charges charged biaya cost "
        "costs expense expenses incurred diajukan claimed submitted requested pengajuan gross fee fees ongkos "
        "tarif price requested bills kwitansi kuitansi receipt faktur biayanya pembebanan"
    ),
    "approved": (
        "disetujui setuju approved acc dijamin covered cover eligible accepted allowed ditanggung payable "
        "dicover tercover terjamin jamin tanggung approve approval admissible allowable persetujuan disetujuinya "
        "guaranteed layak agreed setujui"
    ),
    "paid": "dibayar dibayarkan paid bayar pembayaran payment settled settlement terbayar reimbursed penggantian",
    "rejected": "ditolak rejected declined denied tolak disallowed penolakan deducted dipotong",
    "not": "tidak non not tdk bukan tak un tanpa",
    "uncovered": "uncovered noncovered unapproved unpaid ineligible inadmissible noneligible",
    "excess": "selisih ekses excess shortfall difference variance kelebihan exces deviasi",
    "copay": "copay copayment co-pay coinsurance deductible copayments coshare risiko",
    "deposit": "deposit dp panjar uangmuka",
    "discount": "diskon discount potongan",
    "tax": "pajak ppn tax gst sst vat",
    "limit": "limit plafon plafond ceiling batas maksimum sublimit",
    "rate": "kurs rate exchange fx exrate",
    "converted": "ekuivalen equivalent equiv konversi converted eq ekuivalensi setara conversion",
    "gl": "gl loa log lg gop jaminan penjaminan igl elog",
    "status": "status keadaan posisi progress progres stage tahap tahapan state perkembangan stat statusnya update",
    "decision": "keputusan decision hasil result outcome",
    "remarks": (
        "keterangan ket remark remarks catatan note notes komentar comment comments memo info informasi ctt "
        "keterangannya rmk"
    ),
    "reason": "alasan reason sebab penyebab reasons",
    "country": "negara country ctry",
    "city": "kota city kotamadya kabupaten kab kab/kota town domisili",
    "origin": "asal origin domisili home tinggal",
    "destination": "tujuan destination dest dituju",
    "address": "alamat address street jalan",
    "province": "provinsi province propinsi state/province",
    "insurer": "penanggung asuransi insurer insurance payor payer asuradur insurers underwriter",
    "administrator": "tpa administrator asisten assistance admedika",
    "company": "perusahaan company employer instansi klien client corporate badan pt perush group grup",
    "phone": (
        "hp telepon telp tlp phone mobile handphone kontak contact cell telpon tel nohp cellphone telephone "
        "ponsel notelp"
    ),
    "fax": "fax faks facsimile",
    "night": "malam night 24h emergency darurat igd 24jam afterhours",
    "email": "email e-mail surel mail",
    "web": "website web situs url",
    "sex": "sex gender kelamin jk jns_kel",
    "identity": "nik ktp identitas identity",
    "passport": "passport paspor pasport passpor",
    "age": "umur usia age",
    "room": "kamar room kelas class ruang ruangan bed",
    "plan": "plan produk product paket manfaat benefit program",
    "days": "hari days los day lama",
    "received": "terima diterima received penerimaan receive",
    "reported": (
        "lapor dilaporkan report reported pelaporan registrasi registration register input entry created dibuat "
        "cetak printed update updated reg pendaftaran daftar registered entri"
    ),
    "branch": "cabang branch kantor office wilayah",
    "doctor": "dokter doctor dr physician surgeon spesialis dokternya consultant",
    "agent": "agen agent agennya broker marketing pialang",
    "officer": "pic petugas officer staf admin handler lo cs penanggungjawab",
    "companion": "pendamping companion caregiver escort pengantar",
    "travel": "berangkat keberangkatan departure travel terbang flight etd fly perjalanan kepergian brgkt",
    "appointment": "appointment janji appt jadwal booking schedule apt",
    "estimate": "estimasi estimate perkiraan est estimated quotation quote",
    "procedure": "procedure prosedur operasi operation surgery",
    "item": "rincian uraian item description deskripsi perincian particulars detail details desc items",
    "quantity": "qty kuantitas quantity unit banyaknya vol",
    "unit_price": "harga satuan",
    "bank": "bank rekening account acct norek",
    "kind": "jenis tipe type kategori category kind golongan tipenya",
    "period": "periode period",
    "source": "sumber source channel via",
    "desk": "bagian desk department departemen unit_kerja dept divisi division jabatan position role fungsi peran",
    "hours": "jam_kerja operasional hours",
    "language": "bahasa language languages",
    "verified": "verifikasi verified dicek checked",
    "group": "group grup kelompok chain",
    "transaction": "transaksi transaction trx",
    "file_word": "berkas file dokumen document documents form formulir",
    "year": "tahun year bulan month",
    "by": "oleh by",
    "count": "frekuensi frequency qty_klaim",
    "full": "lengkap full sesuai",
    "specialty": "spesialisasi specialty specialties speciality unggulan",
    "accreditation": "akreditasi accreditation jci msqh",
    "priority": "prioritas priority urgency urgensi",
    "whatsapp": "wa whatsapp wapri",
    "contact_person": "narahubung cp",
}
"""Single words of a concept. A word that several concepts claim goes to the first."""

_STOP_WORDS = (
    "di ke yang yg dan and of the a an for pada atas untuk per in on by_ / & dr_ rp idr myr rm sgd usd cny ribuan "
    "wib pihak ini nya mohon "
    "harap as dengan"
)
_STOP = frozenset(_STOP_WORDS.split())

_BY_WORD: dict[str, str] = {}
for _concept, _text in _WORDS.items():
    for _word in _text.split():
        _BY_WORD.setdefault(_word, _concept)
_BY_PHRASE = {tuple(phrase.split()): concept for concept, said in _PHRASES.items() for phrase in said.split("|")}
_LONGEST = max(len(p) for p in _BY_PHRASE)
_IN_PHRASES = frozenset(word for phrase in _BY_PHRASE for word in phrase)
_FUZZY_WORDS = sorted(w for w in {*_BY_WORD, *_IN_PHRASES} if len(w) >= 5 and w.isalpha())
_FUZZY_FROM = 82
_FUZZY_FROM_SHORT = 88


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _known_words(folded: str) -> Iterator[str]:
    """The words of a folded heading; one written together (``tglmasuk``, ``namapasien``) is parted."""
    for word in folded.split():
        if word in _BY_WORD or word in _STOP or len(word) < 5:
            yield word
            continue
        cuts = [n for n in range(2, len(word) - 1) if word[:n] in _BY_WORD and word[n:] in _BY_WORD]
        if cuts:
            longest = max(cuts, key=lambda n: min(n, len(word) - n))
            yield from (word[:longest], word[longest:])
        else:
            yield word


@lru_cache(maxsize=16384)
def concepts(text: str, *, fuzzy: bool = False) -> tuple[frozenset[str], int]:
    """The concepts in a heading, and how many of its words mean nothing to us. ``fuzzy`` forgives a slip of the pen."""
    words = list(_known_words(fold(_CAMEL.sub(" ", text))))
    if fuzzy:
        words = [_closest(word) for word in words]
    found: set[str] = set()
    unknown = position = 0
    while position < len(words):
        word = words[position]
        concept, length = _phrase_at(words, position)
        if not concept:
            concept, length = _BY_WORD.get(word, ""), 1
        if concept:
            found.add(concept)
        elif not word.isdigit() and word not in _STOP:
            unknown += 1
        position += length
    return frozenset(found), unknown


def _phrase_at(words: list[str], position: int) -> tuple[str, int]:
    for length in range(min(_LONGEST, len(words) - position), 1, -1):
        if concept := _BY_PHRASE.get(tuple(words[position : position + length])):
            return concept, length
    return "", 1


@lru_cache(maxsize=4096)
def _closest(word: str) -> str:
    """The word of ours that this one was meant to be; itself where it is known or like none."""
    if len(word) < 4 or not word.isalpha() or word in _BY_WORD or word in _IN_PHRASES or word in _STOP:
        return word
    from rapidfuzz import fuzz, process

    cutoff = _FUZZY_FROM if len(word) > 5 else _FUZZY_FROM_SHORT
    match = process.extractOne(word, _FUZZY_WORDS, scorer=fuzz.ratio, score_cutoff=cutoff)
    return match[0] if match else word
