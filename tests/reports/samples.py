"""Believable views for the reports' tests: invented people, real hospital names."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

from liaison.domain.documents import DocumentKind
from liaison.domain.guarantees import VersionKind
from liaison.domain.journeys import JourneyKind, JourneyState, Stage
from liaison.domain.money import Money
from liaison.domain.network import Desk
from liaison.domain.patients import IdentifierKind, RelationKind, Sex
from liaison.domain.privacy import Audience
from liaison.domain.work import WaitingOn
from liaison.i18n import N_
from liaison.reports import case_view as cv

WIB = ZoneInfo("Asia/Jakarta")
BOTH = (Audience.HOSPITAL, Audience.INSURER)
ALL = (*BOTH, Audience.PUBLIC)


def at(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=WIB).astimezone(dt.UTC)


def on(day: int, month: int = 11) -> dt.date:
    return dt.date(2026, month, day)


def rm(amount: str) -> Money:
    return Money.of(amount, "MYR")


OFFICE = cv.Office(
    name="Kantor Penghubung Pasien Medan",
    place="Medan",
    address="Jl. Contoh Raya 12, Medan 20111",
    phone="+62 61 000 0112",
    signatory="Ayu Lestari",
    signatory_title="petugas penghubung",
    is_sample=True,
)


def case_view(**changes) -> cv.CaseView:
    """Rina's bypass in Penang, five days in, the letter nearly used up."""
    values = {
        "as_of": at(20, 14, 5),
        "office": OFFICE,
        "officer": "Ayu Lestari",
        "kind": JourneyKind.TREATMENT,
        "state": JourneyState.ADMITTED,
        "steps": tuple(
            cv.StepView(stage=stage, entered_on=day, is_done=number < 4, is_now=number == 4)
            for number, (stage, day) in enumerate(zip(Stage, [on(2), on(4), on(9), on(14), on(16), None], strict=True))
        ),
        "record_count": 41,
        "document_count": 12,
        "case_no": "MDN-26-A0412-5",
        "passport_name": "RINA WULANDARI SIREGAR",
        "birth_date": dt.date(1980, 3, 14),
        "age_band": "45–59",
        "sex": Sex.F,
        "passport": cv.IdentifierView(kind=IdentifierKind.PASSPORT, masked="•••• 4471", expires_on=dt.date(2031, 6, 8)),
        "identifiers": (cv.IdentifierView(kind=IdentifierKind.NIK, masked="•••• 0917"),),
        "phone": "+62 811 000 2233",
        "companions": (cv.CompanionView(name="Hendra", relation=RelationKind.SPOUSE, phone="+62 812 000 7788"),),
        "origin": "Medan",
        "region": "Barat",
        "insurer": "PT Asuransi Jiwa Nusantara Sentosa",
        "product": "Sehat Utama Plus",
        "room_class": "kamar 1 tempat tidur",
        "policy_no": "0871-2264-19",
        "member_no": "0871226419-01",
        "insurer_ref": "OPS-2026-55190",
        "gl_no": "GL/NS/26/118204",
        "hospital": "Gleneagles Hospital Penang",
        "hospital_city": "Penang",
        "hospital_zone": "Asia/Kuala_Lumpur",
        "hospital_ref": "IPC-7731",
        "mrn": "PG-0091231",
        "mrn_masked": "•••• 1231",
        "doctor": "Dr. K. S. Raman, bedah jantung",
        "admitted_at": at(16, 9, 10),
        "is_restricted": False,
        "diagnosis_code": "I25.1",
        "diagnosis": "penyakit jantung koroner",
        "disease_group": N_("Heart and circulation"),
        "procedure": "Bedah pintas koroner (CABG), 18 Nov 2026",
        "clinical_note": (
            "Nyeri dada sejak September 2026. Kateterisasi 17 Nov menunjukkan penyempitan tiga pembuluh, sehingga "
            "rencana berubah dari stent ke bedah pintas. Operasi 18 Nov tanpa penyulit. Hari ke-2 sesudah operasi: "
            "stabil, makan sendiri, duduk di kursi. Perkiraan lama rawat 11 hari."
        ),
        "referral": "Spesialis jantung di Medan, surat 1 Nov 2026",
        "letter_state": N_("Top-up requested"),
        "ceiling": rm("68000"),
        "versions": (
            cv.VersionView(
                number=3,
                kind=VersionKind.TOPUP,
                ceiling=rm("92000"),
                issued_at=None,
                asked_at=at(20),
                is_asked=True,
                valid_to=on(27),
            ),
            cv.VersionView(
                number=2,
                kind=VersionKind.TOPUP,
                ceiling=rm("68000"),
                issued_at=at(18),
                valid_to=on(23),
                is_in_force=True,
            ),
            cv.VersionView(number=1, kind=VersionKind.INITIAL, ceiling=rm("45000"), issued_at=at(14), valid_to=on(23)),
        ),
        "bill": rm("61480.50"),
        "bill_days": tuple(
            cv.BillDay(on=on(day), amount=rm(amount))
            for day, amount in ((16, "6200"), (17, "9600"), (18, "29000"), (19, "9700"), (20, "6980.50"))
        ),
        "money": (
            cv.MoneyLine(
                label=N_("Hospital's estimate"),
                amount=rm("88400"),
                remark=N_("estimate of {date}"),
                values=(("date", on(18)),),
            ),
            cv.MoneyLine(
                label=N_("Ceiling of the letter now"),
                amount=rm("68000"),
                remark=N_("version {number}, {date}"),
                values=(("number", 2), ("date", on(18))),
            ),
            cv.MoneyLine(
                label=N_("Interim bill"),
                amount=rm("61480.50"),
                remark=N_("bill {number}, {date}"),
                values=(("number", "3"), ("date", on(20))),
            ),
            cv.MoneyLine(
                label=N_("Left under the ceiling"), amount=rm("6519.50"), remark=N_("computed"), is_result=True
            ),
            cv.MoneyLine(
                label=N_("Deposit paid by the patient"),
                amount=rm("-1000"),
                remark=N_("receipt {number}, {date}"),
                values=(("number", "D-2207"), ("date", on(16))),
            ),
        ),
        "rates": (
            cv.RateView(
                base="MYR", quote="IDR", rate=Decimal("4478.17"), on=on(19), source="European Central Bank", via="EUR"
            ),
        ),
        "events": EVENTS,
        "answers": (
            cv.AnswerView(
                kind=VersionKind.TOPUP,
                amount=rm("92000"),
                asked_at=at(20, 9, 40),
                answered_at=None,
                took_minutes=265,
                target_minutes=240,
            ),
            cv.AnswerView(
                kind=VersionKind.TOPUP,
                amount=rm("68000"),
                asked_at=at(18, 7, 15),
                answered_at=at(18, 11, 5),
                took_minutes=230,
                target_minutes=240,
            ),
            cv.AnswerView(
                kind=VersionKind.INITIAL,
                amount=rm("45000"),
                asked_at=at(14, 13, 30),
                answered_at=at(14, 15, 40),
                took_minutes=130,
                target_minutes=240,
            ),
        ),
        "tasks": (
            cv.TaskView(
                title="Terbitkan perpanjangan surat jaminan",
                is_ours=False,
                waiting_on=WaitingOn.INSURER,
                due_at=at(20, 13, 40),
                since=at(20, 9, 40),
                audiences=BOTH,
            ),
            cv.TaskView(
                title="Kabari keluarga keputusan perpanjangan", is_ours=True, waiting_on=WaitingOn.US, due_at=at(20, 18)
            ),
            cv.TaskView(
                title="Kirim laporan patologi",
                is_ours=False,
                waiting_on=WaitingOn.HOSPITAL,
                due_at=at(21, 11),
                since=at(20),
                audiences=BOTH,
            ),
            cv.TaskView(
                title="Minta surat jaminan akhir sebelum siang", is_ours=True, waiting_on=None, due_at=at(27, 9)
            ),
        ),
        "documents": (
            cv.DocumentView(
                kind=DocumentKind.PATHOLOGY, title="", received_on=None, owed_by=WaitingOn.HOSPITAL, due_on=on(21)
            ),
            cv.DocumentView(kind=DocumentKind.RECEIPT_ORIGINAL, title="", received_on=None, owed_by=WaitingOn.PATIENT),
            cv.DocumentView(kind=DocumentKind.PREAUTH_FORM_1, title="Formulir Rina.pdf", received_on=on(12)),
            cv.DocumentView(kind=DocumentKind.MED_REPORT_INITIAL, title="", received_on=on(2)),
            cv.DocumentView(kind=DocumentKind.REFERRAL_LETTER, title="", received_on=on(1)),
            cv.DocumentView(kind=DocumentKind.COST_ESTIMATE, title="", received_on=on(18)),
            cv.DocumentView(kind=DocumentKind.OPERATION_NOTE, title="", received_on=on(20)),
            cv.DocumentView(kind=DocumentKind.BILL_INTERIM, title="", received_on=on(20)),
            cv.DocumentView(kind=DocumentKind.ID_PASSPORT, title="", received_on=on(3)),
            cv.DocumentView(kind=DocumentKind.CONSENT_RELEASE, title="", received_on=on(3)),
        ),
        "hospital_desk": cv.ContactView(
            organization="Gleneagles Hospital Penang",
            desk=Desk.GL_DESK,
            phone="+60 4 000 0140",
            night_phone="+60 4 000 0149",
            hours="08.00–17.00",
            zone="Asia/Kuala_Lumpur",
            languages=("Indonesia", "Inggris"),
        ),
        "insurer_desk": cv.ContactView(
            organization="PT Asuransi Jiwa Nusantara Sentosa", desk=Desk.CLAIMS, phone="+62 21 000 0150", hours="24 jam"
        ),
        "asks": (
            (Audience.INSURER, cv.Ask(kind=cv.AskKind.TOP_UP, amount=rm("92000"), by=at(20, 17))),
            (Audience.HOSPITAL, cv.Ask(kind=cv.AskKind.TASK, words="Kirim laporan patologi", by=at(21, 11))),
        ),
    }
    return cv.CaseView(**{**values, **changes})


def event(moment, party, words, audiences=ALL, **values):
    return cv.EventView(at=moment, party=party, words=words, values=tuple(values.items()), audiences=audiences)


EVENTS = (
    event(at(20, 12, 40), cv.Party.HOSPITAL, N_("Interim bill {number}: {amount}"), number="3", amount=rm("61480.50")),
    event(at(20, 9, 40), cv.Party.OFFICE, N_("Top-up requested"), BOTH),
    event(at(19, 16, 30), cv.Party.INSURER, N_("Insurer asks"), BOTH),
    event(
        at(18, 11, 5), cv.Party.INSURER, N_("Letter version {number} issued: {amount}"), number=2, amount=rm("68000")
    ),
    event(at(18, 7, 15), cv.Party.HOSPITAL, N_("cost estimate received"), BOTH),
    event(at(17, 10, 30), cv.Party.HOSPITAL, N_("Interim bill {number}: {amount}"), number="1", amount=rm("15800")),
    event(at(16, 9, 10), cv.Party.HOSPITAL, N_("Admitted")),
    event(at(15, 14, 25), cv.Party.PATIENT, N_("On the way")),
    event(
        at(14, 15, 40), cv.Party.INSURER, N_("Letter version {number} issued: {amount}"), number=1, amount=rm("45000")
    ),
    event(at(14, 13, 30), cv.Party.OFFICE, N_("Guarantee letter requested")),
    event(at(9, 11), cv.Party.PATIENT, N_("Decision")),
    event(at(4, 10), cv.Party.OFFICE, N_("Benefit check")),
    event(at(2, 8), cv.Party.OFFICE, N_("Enquiry")),
    event(at(20, 10), cv.Party.OFFICE, N_("Internal note"), ()),
)
