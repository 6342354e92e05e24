"""Closed cases of the sample office: two years of people who went, were treated, were paid for and came home.

How fast letters come, how often insurers ask or decline, and how bills differ from estimates is drawn for each insurer
and illness, so that a briefing has something true to say about an office that does not exist.
"""

from __future__ import annotations

import datetime as dt

from liaison.domain.claims import ClaimKind, ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.guarantees import GuaranteeState, VersionKind
from liaison.domain.identifiers import number_key
from liaison.domain.journeys import CancelReason, EntryMode, JourneyKind, JourneyState, PayerPath, SourceChannel
from liaison.domain.money import Money
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.regions import region_of
from liaison.domain.work import NoteChannel, WaitingOn
from liaison.services.batch import Batch, Place
from liaison.services.sample_draw import ANSWERS, Case, Chance, draw_closed, draw_open, draw_person

S, G, K = JourneyState, GuaranteeState, ClaimState

CHANNELS = (
    (SourceChannel.WHATSAPP, 38),
    (SourceChannel.AGENT, 21),
    (SourceChannel.WALK_IN, 12),
    (SourceChannel.KIOSK, 8),
    (SourceChannel.DOCTOR, 8),
    (SourceChannel.INSURER, 6),
    (SourceChannel.CALL_CENTRE, 4),
    (SourceChannel.WEB, 3),
)
CANCELLED_FOR = (
    (CancelReason.PATIENT_DECLINED, 30),
    (CancelReason.COST, 28),
    (CancelReason.GL_DECLINED, 18),
    (CancelReason.NOT_COVERED, 12),
    (CancelReason.TREATED_ELSEWHERE, 8),
    (CancelReason.MEDICALLY_UNFIT, 4),
)
CUTS = ((ReasonCode.R16, 34), (ReasonCode.R15, 22), (ReasonCode.R14, 18), (ReasonCode.R17, 14), (ReasonCode.R20, 12))
REJECTIONS = (
    (ReasonCode.R04, 34),
    (ReasonCode.R05, 22),
    (ReasonCode.R03, 16),
    (ReasonCode.R09, 16),
    (ReasonCode.R12, 12),
)
DECLINES = (
    (ReasonCode.R04, 30),
    (ReasonCode.R03, 22),
    (ReasonCode.R09, 20),
    (ReasonCode.R05, 18),
    (ReasonCode.R07, 10),
)
QUESTIONS = (
    "Mohon hasil laboratorium terakhir.",
    "Mohon riwayat penyakit sebelumnya dari dokter pengirim.",
    "Mohon rincian tindakan dan perkiraan lama rawat.",
    "Mohon hasil pencitraan.",
    "Mohon salinan paspor dan kartu peserta.",
)
NOTES = (
    "Keluarga sudah tenang, minta dikabari kalau surat akhir terbit.",
    "Pasien sudah di rumah, kontrol lagi bulan depan di Indonesia.",
    "Dokter minta hasil kontrol dikirim lewat meja Indonesia.",
    "Anak pasien bertanya sisa plafon, sudah dijelaskan.",
    "Semua kuitansi asli sudah diterima.",
)
LISTED = (
    (K.SUBMITTED, "diajukan", 20),
    (K.IN_REVIEW, "proses", 28),
    (K.QUERIED, "pending dokumen", 16),
    (K.APPROVED, "disetujui", 12),
    (K.PARTIALLY_APPROVED, "disetujui sebagian", 8),
    (K.REJECTED, "ditolak", 6),
    (K.PAID, "paid", 10),
)
_STEPS = (0, 1, 2, 4, 7, 9, 11, 14)
"""Days after the enquiry at which a case usually reaches its first eight states."""


def add_closed(batch: Batch, chance: Chance) -> None:
    """Put one closed case into the batch, with everything that belongs to it."""
    case = draw_closed(batch, chance)
    journey = _journey(batch, chance, case)
    if chance.is_detailed:
        _events(batch, chance, case, journey)
    if case.kind in ANSWERS or case.state not in (S.CLOSED, S.DECEASED):
        return
    bill = _bill(batch, chance, case, journey)
    if case.path is PayerPath.GUARANTEE_LETTER:
        _letter(batch, chance, case, journey, bill)
    elif case.path is PayerPath.REIMBURSEMENT:
        _claim(batch, chance, case, journey, bill=bill, letter=None)


def add_open(batch: Batch, chance: Chance) -> None:
    """Put one case under way into the batch, with its next step; for offices larger than the sample."""
    rng = chance.rng
    case = draw_open(batch, chance)
    journey = _journey(batch, chance, case)
    due = chance.moment(chance.today + dt.timedelta(days=rng.randint(-2, 9)))
    waits = rng.random() < 0.4
    batch.add(
        "task",
        journey_id=journey,
        title=rng.choice(
            ("Tindak lanjut surat jaminan", "Minta estimasi biaya", "Telepon keluarga", "Kirim dokumen klaim")
        ),
        due_at=due,
        officer_id=rng.choice(chance.houses.officers),
        waiting_on=rng.choice((WaitingOn.INSURER, WaitingOn.HOSPITAL, WaitingOn.PATIENT)) if waits else None,
        waiting_since=chance.moment(chance.today - dt.timedelta(days=rng.randint(0, 5))) if waits else None,
    )


def add_listed_claim(batch: Batch, chance: Chance) -> None:
    """Put a claim into the batch as an insurer's list brings it: a person known by name, no case of ours."""
    rng = chance.rng
    person = draw_person(batch, chance, JourneyKind.TREATMENT, on=chance.today)
    while person.insurer is None:
        person = draw_person(batch, chance, JourneyKind.TREATMENT, on=chance.today)
    hospital = rng.choice([h for h in chance.world.hospitals if h.country in ("MY", "SG", "ID")])
    currency, factor = {"MY": ("MYR", 1.0), "SG": ("SGD", 0.56), "ID": ("IDR", 2100.0)}[hospital.country]
    units = rng.triangular(person.complaint.low, person.complaint.high) * factor
    billed = Money.of(round(units, -3) if currency == "IDR" else f"{units:.2f}", currency)  # type: ignore[arg-type]
    state, word = chance.one([((state, word), weight) for state, word, weight in LISTED])
    submitted = chance.workday(chance.today - dt.timedelta(days=int(rng.triangular(1, 128, 20))))
    discharged = submitted - dt.timedelta(days=rng.randint(4, 20))
    approved = {K.APPROVED: 1.0, K.PAID: 1.0, K.PARTIALLY_APPROVED: 0.78, K.REJECTED: 0.0}.get(state)
    number = f"{person.insurer.code}/{submitted:%y%m}/{rng.randrange(10**5):05d}"
    claim = batch.add(
        "claim",
        claim_no=number,
        claim_no_key=number_key(number),
        patient_id=person.place,
        cover_id=person.cover,
        hospital_id=chance.houses.hospitals[hospital.name],
        insurer_id=chance.houses.insurers[person.insurer.name],
        kind=ClaimKind.NOT_STATED,
        state=state,
        state_since=chance.moment(submitted),
        is_open=True,
        currency=currency,
        billed_minor=billed.minor,
        approved_minor=None if approved is None else int(billed.minor * approved) // 100 * 100,
        admitted_on=discharged - dt.timedelta(days=rng.randint(*person.complaint.nights)),
        discharged_on=discharged,
        submitted_on=submitted,
        aged_from=submitted,
        diagnosis_code=person.complaint.code,
        diagnosis=person.complaint.name,
        reason=ReasonCode.R99 if state is K.REJECTED else None,
        reason_note="not stated in the list" if state is K.REJECTED else "",
        origin_city=person.origin.city,
        raw_status=word,
    )
    batch.add(
        "claim_event", claim_id=claim, at=chance.moment(submitted), to_state=state, actor="impor", is_imported=True
    )


# the case


def _journey(batch: Batch, chance: Chance, case: Case) -> Place:
    rng, person = chance.rng, case.person
    complaint = person.complaint
    treated = case.kind not in ANSWERS and (case.state in (S.CLOSED, S.DECEASED) or "J11" <= case.state.value <= "J15")
    since = case.ended or chance.today - dt.timedelta(days=rng.randint(0, 5))
    return batch.add(
        "journey",
        case_no=chance.case_no(case.opened),
        patient_id=person.place,
        kind=case.kind,
        state=case.state,
        state_since=chance.moment(since),
        is_open=case.ended is None,
        opened_on=case.opened,
        ended_on=case.ended,
        entry_mode=EntryMode.URGENT if rng.random() < 0.12 else EntryMode.ELECTIVE,
        source_channel=chance.one(CHANNELS),
        officer_id=rng.choice(chance.houses.officers),
        origin_city=person.origin.city,
        origin_province=person.origin.province,
        region=region_of(person.origin.province),
        destination_country=case.hospital.country,
        destination_city=case.hospital.city,
        hospital_id=chance.houses.hospitals[case.hospital.name],
        mrn=f"{rng.randrange(10**7):07d}" if treated else "",
        cover_id=person.cover,
        payer_path=case.path,
        need=f"{complaint.name}: tanya {complaint.procedure.lower()}",
        specialty=complaint.specialty,
        diagnosis_code=complaint.code,
        diagnosis=complaint.name,
        procedure=complaint.procedure,
        planned_admission_on=case.admitted if treated else None,
        planned_return_on=case.discharged + dt.timedelta(days=2) if treated else None,
        departed_on=case.admitted - dt.timedelta(days=1) if treated else None,
        admitted_at=chance.moment(case.admitted) if treated else None,
        discharged_at=chance.moment(case.discharged) if treated and case.state.value > "J12" else None,
        room_class="2 tempat tidur",
        decision="Berangkat" if treated else "",
        decision_reason="Jadwal dokter paling cepat" if treated else "",
        is_retained_domestic=case.state is S.REDIRECTED_DOMESTIC or case.hospital.country == "ID",
        was_answered=case.kind in ANSWERS and case.state is S.CLOSED,
        closed_reason=chance.one(CANCELLED_FOR) if case.state is S.CANCELLED else None,
        last_contact_at=chance.moment(since),
    )


def _events(batch: Batch, chance: Chance, case: Case, journey: Place) -> None:
    """The moves of a closed case, and now and then a note."""
    days: list[tuple[JourneyState, dt.date]] = []
    way = _way(case)
    lead = (case.admitted - case.opened).days
    for step, state in enumerate(way[:-1]):
        if state.value <= "J08":
            days.append(
                (state, case.opened + dt.timedelta(days=min(_STEPS[int(state.value[1:]) - 1], max(lead - 2, step))))
            )
    if S.ADMITTED in way:
        days.append((S.EN_ROUTE, case.admitted - dt.timedelta(days=1)))
        days += [(S.ADMITTED, case.admitted), (S.DISCHARGE_PENDING, case.discharged), (S.DISCHARGED, case.discharged)]
        home = case.discharged + dt.timedelta(days=2)
        days += [] if case.state is S.DECEASED else [(S.RETURNED, home), (S.FOLLOW_UP, home + dt.timedelta(days=2))]
    days.append((case.state, case.ended or chance.today))
    before: JourneyState | None = None
    for place, (state, day) in enumerate(days):
        at = chance.moment(day, 8 + min(place * 0.6, 9.5))
        batch.add("journey_event", journey_id=journey, at=at, from_state=before, to_state=state, actor="Ayu Lestari")
        before = state
    if chance.rng.random() < 0.5:
        at = chance.moment(case.ended or chance.today, 15)
        channel = chance.rng.choice((NoteChannel.CALL, NoteChannel.WHATSAPP, NoteChannel.NOTE))
        batch.add(
            "note", journey_id=journey, at=at, channel=channel, author="Ayu Lestari", text=chance.rng.choice(NOTES)
        )


def _way(case: Case) -> tuple[JourneyState, ...]:
    """The states that a case went through, its end last."""
    if case.kind in ANSWERS or case.state in (S.CANCELLED, S.LOST, S.REDIRECTED_DOMESTIC):
        return (S.ENQUIRY, S.INTAKE, S.MEDICAL_REVIEW, case.state)
    if case.kind in (JourneyKind.CHECK_UP, JourneyKind.DENTAL):
        return (S.ENQUIRY, S.INTAKE, S.ESTIMATE, S.DECISION, S.TRAVEL_PREP, S.ADMITTED, case.state)
    letter = (S.PREAUTH,) if case.path is PayerPath.GUARANTEE_LETTER else ()
    return (
        S.ENQUIRY,
        S.INTAKE,
        S.ELIGIBILITY,
        S.MEDICAL_REVIEW,
        S.ESTIMATE,
        S.DECISION,
        *letter,
        S.TRAVEL_PREP,
        S.ADMITTED,
        case.state,
    )


# the money


def _bill(batch: Batch, chance: Chance, case: Case, journey: Place) -> Money:
    """Estimate and final bill; returns the bill. The bill strays from the estimate as bills do."""
    rng = chance.rng
    hospital_id = chance.houses.hospitals[case.hospital.name]
    billed = case.money(case.estimate * rng.lognormvariate(0.02, 0.16))
    if not chance.is_detailed:
        return billed
    stated = case.opened + dt.timedelta(days=6)
    batch.add(
        "estimate",
        journey_id=journey,
        hospital_id=hospital_id,
        currency=case.currency,
        low_minor=case.money(case.estimate * 0.88).minor,
        high_minor=case.money(case.estimate * 1.12).minor,
        stated_on=stated,
        valid_until=stated + dt.timedelta(days=60),
    )
    batch.add(
        "bill",
        journey_id=journey,
        hospital_id=hospital_id,
        kind=BillKind.FINAL,
        bill_no=f"INV{rng.randrange(10**7):07d}",
        billed_on=case.discharged,
        currency=case.currency,
        amount_minor=billed.minor,
    )
    if case.path is not PayerPath.GUARANTEE_LETTER:
        _payment(batch, case, journey, PaymentPurpose.BILL, Payer.PATIENT, billed, case.discharged)
    return billed


def _payment(
    batch: Batch,
    case: Case,
    journey: Place,
    purpose: PaymentPurpose,
    payer: Payer,
    amount: Money,
    on: dt.date,
    *,
    claim: Place | None = None,
) -> None:
    batch.add(
        "payment",
        journey_id=journey,
        claim_id=claim,
        purpose=purpose,
        payer=payer,
        currency=case.currency,
        amount_minor=amount.minor,
        paid_on=on,
    )


def _letter(batch: Batch, chance: Chance, case: Case, journey: Place, bill: Money) -> None:
    """The guarantee letter of a closed case, from the request to the final letter, and the hospital's claim."""
    rng, insurer = chance.rng, case.person.insurer
    assert insurer is not None
    asked = chance.at_work(
        chance.moment(max(case.opened + dt.timedelta(days=3), case.admitted - dt.timedelta(days=rng.randint(5, 9))))
    )
    is_queried = rng.random() < insurer.asks
    hours = max(0.4, rng.gammavariate(2.4, insurer.letter_hours / 2.4)) * (2.3 if is_queried else 1.0)
    issued = chance.after_work(asked, hours)
    is_declined = rng.random() < insurer.declines
    excess = case.money(float(bill.amount) * rng.choice((0, 0.03, 0.05, 0.05, 0.08)))
    number = f"GL-{insurer.code}-{issued:%y}{rng.randrange(10**5):05d}"
    letter = batch.add(
        "guarantee",
        journey_id=journey,
        cover_id=case.person.cover,
        hospital_id=chance.houses.hospitals[case.hospital.name],
        state=G.CLOSED,
        state_since=chance.moment(case.ended or chance.today),
        gl_no="" if is_declined else number,
        gl_no_key="" if is_declined else number_key(number),
        requested_at=asked,
        channel="surel",
        first_issued_at=None if is_declined else issued,
        diagnosis=case.person.complaint.name,
        procedure=case.person.complaint.procedure,
        reason=chance.one(DECLINES) if is_declined else None,
        accepted_minor=None if is_declined else (bill - excess).minor,
        excess_minor=None if is_declined else excess.minor,
        accepted_currency="" if is_declined else case.currency,
    )
    states = [(G.REQUESTED, asked)]
    if is_queried:
        question_at = chance.after_work(asked, hours * 0.35)
        answered_at = chance.after_work(asked, hours * 0.75)
        states += [(G.QUERIED, question_at), (G.REQUESTED, answered_at)]
        batch.add(
            "guarantee_query",
            guarantee_id=letter,
            asked_at=question_at,
            question=rng.choice(QUESTIONS),
            answered_at=answered_at,
            answer="Sudah dikirim.",
        )
    if is_declined:
        states += [(G.DECLINED, issued), (G.CLOSED, chance.moment(case.discharged))]
    else:
        states += [(G.ISSUED, issued), (G.ACCEPTED, chance.after_work(issued, 1.5))]
        states += _versions(batch, chance, case, letter, issued, bill=bill, accepted=bill - excess)
    if chance.is_detailed:
        _letter_events(batch, letter, states)
    if is_declined:
        _claim(batch, chance, case, journey, bill=bill, letter=None)
        return
    if excess and chance.is_detailed:
        _payment(batch, case, journey, PaymentPurpose.EXCESS, Payer.PATIENT, excess, case.discharged)
    _claim(batch, chance, case, journey, bill=bill - excess, letter=letter)


def _versions(
    batch: Batch, chance: Chance, case: Case, letter: Place, issued: dt.datetime, *, bill: Money, accepted: Money
) -> list[tuple[GuaranteeState, dt.datetime]]:
    """Initial letter, a top-up where the bill outgrew it, and the final letter; returns the moves."""
    rng = chance.rng
    first = case.money(round(case.estimate * rng.choice((0.6, 0.75, 0.9, 1.0)), -6 if case.currency == "IDR" else -3))

    def version(kind: VersionKind, number: int, at: dt.datetime, ceiling: Money) -> None:
        batch.add(
            "guarantee_version",
            guarantee_id=letter,
            kind=kind,
            number=number,
            issued_at=at,
            ceiling_minor=ceiling.minor,
            currency=case.currency,
            covered_days=7,
            valid_from=at.date(),
            valid_to=at.date() + dt.timedelta(days=30),
            room_class="2 tempat tidur",
        )

    version(VersionKind.INITIAL, 1, issued, first)
    moves: list[tuple[GuaranteeState, dt.datetime]] = []
    number = 1
    if bill.minor > first.minor:
        asked = chance.moment(max(case.discharged - dt.timedelta(days=1), issued.date()), 10)
        granted = chance.after_work(asked, rng.uniform(1.5, 7))
        moves += [(G.TOPUP_REQUESTED, asked), (G.TOPUP_ISSUED, granted)]
        number = 2
        version(
            VersionKind.TOPUP,
            2,
            granted,
            case.money(round(float(bill.amount) * 1.08, -6 if case.currency == "IDR" else -3)),
        )
    asked = chance.moment(case.discharged, rng.uniform(9, 13))
    final = chance.after_work(asked, rng.gammavariate(3, 1.1))
    version(VersionKind.FINAL, number + 1, final, accepted)
    return [
        *moves,
        (G.FINAL_REQUESTED, asked),
        (G.FINAL_ISSUED, final),
        (G.CLOSED, chance.moment(case.ended or chance.today)),
    ]


def _letter_events(batch: Batch, letter: Place, states: list[tuple[GuaranteeState, dt.datetime]]) -> None:
    before: GuaranteeState | None = None
    for state, at in states:
        batch.add("guarantee_event", guarantee_id=letter, at=at, from_state=before, to_state=state, actor="Ayu Lestari")
        before = state


def _claim(batch: Batch, chance: Chance, case: Case, journey: Place, *, bill: Money, letter: Place | None) -> None:
    """The claim of a closed case, decided and done."""
    rng, person = chance.rng, case.person
    assert person.insurer is not None
    cashless = letter is not None
    submitted = min(
        case.discharged + dt.timedelta(days=rng.randint(4, 12)), (case.ended or chance.today) - dt.timedelta(days=6)
    )
    outcome = rng.choices((K.APPROVED, K.PARTIALLY_APPROVED, K.REJECTED), (92, 7, 1) if cashless else (64, 25, 11))[0]
    share = {K.APPROVED: 1.0, K.PARTIALLY_APPROVED: rng.uniform(0.62, 0.94), K.REJECTED: 0.0}[outcome]
    approved = bill if outcome is K.APPROVED else case.money(float(bill.amount) * share)
    reason = {K.PARTIALLY_APPROVED: CUTS, K.REJECTED: REJECTIONS}.get(outcome)
    why = chance.one(reason) if reason else None
    decided = min(
        submitted + dt.timedelta(days=rng.randint(5, 21)), (case.ended or chance.today) - dt.timedelta(days=2)
    )
    number = f"{person.insurer.code}/{submitted:%y%m}/{rng.randrange(10**5):05d}"
    claim = batch.add(
        "claim",
        claim_no=number,
        claim_no_key=number_key(number),
        patient_id=person.place,
        cover_id=person.cover,
        journey_id=journey,
        guarantee_id=letter,
        hospital_id=chance.houses.hospitals[case.hospital.name],
        insurer_id=chance.houses.insurers[person.insurer.name],
        kind=ClaimKind.CASHLESS if cashless else ClaimKind.REIMBURSEMENT,
        state=K.CLOSED,
        state_since=chance.moment(case.ended or chance.today),
        is_open=False,
        currency=case.currency,
        billed_minor=bill.minor,
        approved_minor=approved.minor,
        not_covered_minor=(bill - approved).minor,
        paid_minor=approved.minor,
        admitted_on=case.admitted,
        discharged_on=case.discharged,
        submitted_on=submitted,
        decided_on=decided,
        aged_from=submitted,
        diagnosis_code=person.complaint.code,
        diagnosis=person.complaint.name,
        reason=why,
        origin_city=person.origin.city,
    )
    if not chance.is_detailed:
        return
    paid_on = min(decided + dt.timedelta(days=rng.randint(1, 12)), case.ended or chance.today)
    moves = [(K.SUBMITTED, submitted), (K.IN_REVIEW, submitted + dt.timedelta(days=2)), (outcome, decided)]
    moves += [] if outcome is K.REJECTED else [(K.PAYMENT_PENDING, decided), (K.PAID, paid_on)]
    before: ClaimState | None = None
    for place, (state, day) in enumerate([*moves, (K.CLOSED, case.ended or chance.today)]):
        at = chance.moment(day, 9 + place)
        batch.add(
            "claim_event",
            claim_id=claim,
            at=at,
            from_state=before,
            to_state=state,
            actor="Ayu Lestari",
            reason=why if state is outcome else None,
        )
        before = state
    if approved:
        payer = Payer.INSURER
        _payment(batch, case, journey, PaymentPurpose.CLAIM, payer, approved, paid_on, claim=claim)
