"""The words a message is read by: everyday Indonesian with its shortenings, and English. All folded.

Nothing here decides; ``message_text``, ``message_people`` and ``message_facts`` do. A word that stands here is never
taken for part of a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liaison.domain.coded import Coded
from liaison.domain.patients import RelationKind, Sex
from liaison.i18n import N_


class PhoneOwner(Coded):
    """Whose number it is, seen from the patient."""

    PATIENT = "PATIENT", N_("the patient's own")
    HUSBAND = "HUSBAND", N_("husband")
    WIFE = "WIFE", N_("wife")
    CHILD = "CHILD", N_("son or daughter")
    PARENT = "PARENT", N_("father or mother")
    SIBLING = "SIBLING", N_("brother or sister")
    FAMILY = "FAMILY", N_("other family")
    FRIEND = "FRIEND", N_("friend")
    AGENT = "AGENT", N_("insurance agent")
    OTHER = "OTHER", N_("somebody else")


RELATION_OF: Mapping[PhoneOwner, RelationKind] = {
    PhoneOwner.HUSBAND: RelationKind.SPOUSE,
    PhoneOwner.WIFE: RelationKind.SPOUSE,
    PhoneOwner.CHILD: RelationKind.CHILD,
    PhoneOwner.PARENT: RelationKind.PARENT,
    PhoneOwner.SIBLING: RelationKind.SIBLING,
    PhoneOwner.FAMILY: RelationKind.COMPANION,
    PhoneOwner.FRIEND: RelationKind.FRIEND,
    PhoneOwner.AGENT: RelationKind.AGENT,
    PhoneOwner.OTHER: RelationKind.COMPANION,
}
"""What the owner of a number is to the patient."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A word for a relation. ``here``: who somebody is whom the patient calls so; ``back``: who says it of the patient.

    ``istri``: a wife's number is ``WIFE``; whoever says "my wife" is the ``HUSBAND``. ``sex`` is that of the one named.
    """

    here: PhoneOwner
    back: PhoneOwner
    sex: Sex | None = None
    other_sex: Sex | None = None
    """The sex of the one on the other side, where the word says it: whose husband somebody is, is a woman."""
    plain: bool = False
    """Means a relation even without "my": nobody is addressed as wife."""


_O = PhoneOwner
KIN: dict[str, Kin] = {}
for _words, _kin in (
    ("istri isteri bini wife", Kin(_O.WIFE, _O.HUSBAND, Sex.F, Sex.M, plain=True)),
    ("suami husband hubby", Kin(_O.HUSBAND, _O.WIFE, Sex.M, Sex.F, plain=True)),
    ("anak child kid baby bayi", Kin(_O.CHILD, _O.PARENT, plain=True)),
    ("putra son", Kin(_O.CHILD, _O.PARENT, Sex.M, plain=True)),
    ("putri daughter", Kin(_O.CHILD, _O.PARENT, Sex.F, plain=True)),
    ("ibu mama mami mamah bunda umi ummi nyokap emak mother mom mum mommy", Kin(_O.PARENT, _O.CHILD, Sex.F)),
    ("bapak bapa ayah papa papi papah abah abi bokap father dad daddy", Kin(_O.PARENT, _O.CHILD, Sex.M)),
    ("mertua", Kin(_O.FAMILY, _O.FAMILY, None)),
    ("kakak kaka adik adek abang sodara saudara sibling", Kin(_O.SIBLING, _O.SIBLING, None)),
    ("sister", Kin(_O.SIBLING, _O.SIBLING, Sex.F)),
    ("brother", Kin(_O.SIBLING, _O.SIBLING, Sex.M)),
    ("nenek oma grandmother grandma", Kin(_O.FAMILY, _O.FAMILY, Sex.F)),
    ("kakek opa grandfather grandpa", Kin(_O.FAMILY, _O.FAMILY, Sex.M)),
    ("tante bibi aunt", Kin(_O.FAMILY, _O.FAMILY, Sex.F)),
    ("om paman uncle", Kin(_O.FAMILY, _O.FAMILY, Sex.M)),
    ("cucu keponakan sepupu nephew niece cousin", Kin(_O.FAMILY, _O.FAMILY, None)),
    ("keluarga family", Kin(_O.FAMILY, _O.FAMILY, None)),
    ("teman temen tmn kawan sahabat friend", Kin(_O.FRIEND, _O.FRIEND, None)),
    ("nasabah klien client customer", Kin(_O.PATIENT, _O.AGENT, None)),
):
    KIN.update(dict.fromkeys(_words.split(), _kin))


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SELF = _set("saya sy sya aku ak gw gue gua ane kami i im")
POSSESSIVE = _set("saya sy sya aku gw gue gua ane kami kita ku")
MY = _set("my our")
GREETINGS = _set(
    """halo hallo hai hi hello hey hy assalamualaikum assalamu alaikum asalamualaikum ass aslm salam selamat slmt met
    pagi siang sore malam malem permisi punten maaf mohon dear yth kepada good morning afternoon evening wr wb
    waalaikumsalam shalom om swastiastu mau"""
) - {"mau", "om", "mohon"}
TITLES: Mapping[str, Sex | None] = {
    **dict.fromkeys(
        ["bpk", "bapak", "pak", "bp", "tn", "tuan", "sdr", "mr", "mas", "bang", "koko", "ko", "encik"], Sex.M
    ),
    **dict.fromkeys(
        [
            "ibu",
            "bu",
            "ny",
            "nyonya",
            "nn",
            "nona",
            "sdri",
            "mrs",
            "ms",
            "miss",
            "mbak",
            "mba",
            "cici",
            "ci",
            "tante",
            "mdm",
            "madam",
            "puan",
        ],
        Sex.F,
    ),
    **dict.fromkeys(["h"], Sex.M),
    **dict.fromkeys(["hj"], Sex.F),
    **dict.fromkeys(["dr", "drg", "prof", "ir", "kak", "kk", "dok", "an", "by", "sus"], None),
}
"""Titles before a name, with the sex they tell."""

NAMING = _set("bernama namanya nama named called name yaitu yakni adalah an atas yg yang ybs pasien patient is")
PATIENT_WORDS = _set("pasien patient pt peserta member tertanggung insured nasabah klien client px 客户 病人 患者")
NAME_LABELS = _set("nama name")
OF = _set("dari of dr nya drpd")
AGENT_WORDS = _set("agen agent agency fc advisor adviser consultant broker leader")
WANT = _set(
    """mau mo mw ingin pengen pengin pgn hendak akan butuh perlu minta rencana berencana rencananya niat wants want
    wanted needs need would require requires requesting planning plans plan"""
)
AFTER_WANT = _set("utk untuk to for a an the like have do undergo get rencana melakukan lakukan coba ada nya")
COMPLAINT = _set(
    """keluhan keluhannya sakit sakitnya penyakit kena diagnosa diagnosis diagnosanya dx gejala derita menderita
    diagnosed complaint complaints complains condition suffering suffers"""
)
NEED_ENDS = _set(
    """ke di tgl tanggal tggl pada dgn dengan pakai pake pk asuransi insurance polis wa hp telp nomor no bln bulan
    usia umur apakah gimana bagaimana mohon tolong terima trims makasih thanks please kira tapi tp karena krn dan
    at in on with using by next from dari sekitar besok lusa tomorrow minggu senin bisa apa kalau klo kalo atau or
    buat bt to from into budget estimasi biayanya brp berapa covered cover kah rs hospital via lewat thn tahun yg can
    could our my lg dulu dong ya"""
)
FROM = _set("dari dr asal domisili tinggal from based live lives living warga orang kota alamat")
TO = _set("ke to tujuan menuju towards destination di at in")
PHONE_WORDS = _set(
    """wa whatsapp hp telp telpon telepon tlp tlpn nomor nomer no nmr phone mobile call contact kontak hub hubungi cp
    tel cell number"""
)
OWN_WORDS = _set("saya sy sya aku gw gue my me mine ku")
PATIENT_NUMBER = _set("pasien patient ybs bersangkutan beliau her his sendiri")
AIDES = _set("asisten sekretaris ajudan staf staff sopir supir driver perawat suster assistant secretary")
"""People who answer for somebody without being family: "asisten beliau"."""
PATIENT_KINDS = _set("vip vvip baru lama kami rujukan umum new our")
"""What stands between "pasien" and the name."""
THEIR_NUMBER = _set("nya nomornya nomernya nonya hpnya wanya telpnya")
"""His or her number: the patient's, where somebody else writes."""
AFTER_KIN = _set("perempuan laki lelaki cewek cowok pertama kedua ketiga bungsu sulung tertua kandung ipar tiri")
"""Which child, what kind of brother: stands between the relation and "my"."""
BALINESE = _set("gusti made wayan ketut nyoman putu kadek komang nengah gede dewa")
"""Names that an "I" may stand before."""
NOT_PHONE = _set("nik ktp kk paspor passport polis policy rekening rek norek npwp bpjs member kartu card mrn rm")
BORN = _set("lahir tgllahir ttl dob born birth birthdate kelahiran")
AGE_WORDS = _set("umur umurnya usia usianya aged age")
SEX_WORDS: Mapping[str, Sex] = {
    **dict.fromkeys(["perempuan", "wanita", "cewek", "cewe", "pr", "prempuan", "female", "woman", "lady"], Sex.F),
    **dict.fromkeys(["pria", "cowok", "cowo", "lelaki", "male", "man"], Sex.M),
}
INSURANCE_WORDS = _set("asuransi asuransinya asuransi2 insurance insurer insured penanggung polis ass asur ins policy")
MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari february", "maret mar mrt march", "april apr", "mei may",
            "juni jun june", "juli jul july", "agustus agu agt ags agst aug august", "september sep sept",
            "oktober okt oct october", "november nov nop nopember", "desember des december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "senin monday", "selasa tuesday", "rabu wednesday", "kamis thursday", "jumat jum'at friday",
            "sabtu saturday", "minggu sunday",
        )
    )
    for name in names.split()
}  # fmt: skip
DAYS_AHEAD: Mapping[str, int] = {"besok": 1, "bsk": 1, "besuk": 1, "tomorrow": 1, "tmr": 1, "lusa": 2}
DAY_WORDS = _set("tgl tanggal tggl tg date tgal")

_NAMES_TOO = _set("mei may april juni june juli july agustus august jan mar september januari maret")
"""Months that people are called after."""

NOT_A_NAME = frozenset().union(
    KIN, SELF, POSSESSIVE, MY, GREETINGS, PATIENT_WORDS, NAME_LABELS, AGENT_WORDS, WANT, COMPLAINT, NEED_ENDS,
    FROM, TO, PHONE_WORDS, NOT_PHONE, BORN, AGE_WORDS, SEX_WORDS, INSURANCE_WORDS, set(MONTHS) - _NAMES_TOO, DAYS_AHEAD,
    DAY_WORDS,
    AFTER_WANT - {"nya"}, NAMING, set(WEEKDAYS) - {"rabu", "minggu"},
    _set(
        """th thn yo yr yrs year years old bln months month hari day days jam kg cm rp rm idr myr usd juta jt ribu rb
        sdh sudah udah udh telah belum blm lagi lg sedang sdg masih msh pernah baru br juga jg saja aja sj dong donk
        deh sih ya yaa iya ok oke baik itu ini tsb nih nich tersebut skrg sekarang kemarin kmrn tadi nanti ntar segera
        urgent cepat cpt punya py ada gak ga nggak tidak tdk gk bukan jangan harus hrs boleh bs dapat dpt kasih ksh
        bantu tolong info informasi infonya tanya nanya bertanya hubungi balik kabar jantung kanker tumor ginjal hati
        paru otak mata lutut tulang payudara rahim perut kepala stroke diabetes hipertensi operasi op bedah kemo
        kemoterapi radioterapi kontrol ktrl kontol konsul konsultasi berobat obat periksa cek check checkup
        medical mcu rawat inap opname pasang ring bypass batu usus
        empedu lambung hernia katarak tiroid prostat melahirkan hamil bayi ivf
        rumah sakit klinik clinic dokter doctor spesialis specialist surat dokumen hasil lab mri ct scan usg biopsi
        gl jaminan rujukan rawatinap penang malaysia singapura singapore jakarta luar negeri
        who whom which that this these those he she him her his they them it its we us you your yours is are was were
        be been being am has had have will shall may might must not no yes from since about after before again and or
        but so if when where what how why much many some any all very also just only already still now soon urgent
        treatment surgery consult consultation appointment see heart cancer kidney liver lung eye knee spine breast
        regarding re fwd fw subject sent cc bcc hormat terlampir berikut adapun sehubungan data details detail
        alamat address kelamin jenis gender sex riwayat tujuan hubungan status rencananya tanggalnya umurnya
        dgn sm sama buat bt spy supaya agar biar krn karna makanya trus terus lalu kemudian jadi jd kalo mgkn mungkin
        pas saat ketika sewaktu setelah sesudah sebelum sampai sampe smp hingga antara sekitar kira2 kurang lebih
        semua seluruh beberapa bbrp banyak sedikit dikit satu dua tiga empat lima enam tujuh delapan sembilan sepuluh
        ingin diterbangkan terbang berangkat brgkt pulang plg dirujuk rujuk dirawat kontrolnya tergantung siapa
        mana kapan kpn knp kenapa mengapa mhn bro sis gan kakak min admin tim team semoga sehat alhamdulillah
        insyaallah insya allah amin thx tq ty tks regards best kind warm sincerely hormat salam dear sir madam
        sendiri meninggal wafat kecelakaan jatuh kritis koma pingsan demam batuk sesak pusing lumpuh kejang muntah
        pendarahan perdarahan terkena divonis didiagnosa mengalami dioperasi merujuk vip vvip"""
    ),
)  # fmt: skip
"""Words that are never part of a name."""

DOUBTFUL_PLACES = frozenset({"batu", "metro", "pj", "kk", "jb", "kl", "sunway", "ambon", "serang", "kota"})
"""Names of cities that are other words too: they count only where they are written with capitals."""
