"""Cases go to a colleague's laptop and come back: two real stores, one sealed file between them."""

import random
import shutil

import pytest
import sqlalchemy as sa

from liaison.domain.documents import DocumentKind
from liaison.domain.errors import Locked, Refused, Unavailable
from liaison.domain.facts import FactKind
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.handing import HandOverDraft, Side, Way
from liaison.domain.journeys import CancelReason, EntryMode, JourneyState
from liaison.domain.money import Money
from liaison.domain.offices import OfficeDraft, OfficerDraft
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.work import TaskKind
from liaison.services import (
    claims,
    confirmations,
    documents,
    guarantees,
    hand_over,
    journeys,
    merging,
    office,
    patients,
    payments,
    take_over,
    work,
)
from liaison.services.checkup import check_store
from liaison.services.disclosure import disclosures_of
from liaison.services.editing import set_field
from liaison.store import case_file, history, kdf
from liaison.store.base import Base
from liaison.store.models import (
    ClaimRow,
    ConfirmationRow,
    DifferenceRow,
    DocumentRow,
    HandOverRow,
    JourneyRow,
    NoteRow,
    OfficerRow,
    OrganizationRow,
    PatientRow,
    TaskRow,
)
from liaison.store.opening import create_store
from liaison.store.spoken_code import new_code, read_code
from tests import make

CODE = new_code()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(case_file, "fitting", lambda: kdf.CHEAP)


@pytest.fixture(scope="session")
def prepared_other(tmp_path_factory):
    """A colleague's laptop: its own office, officer, device, and a hospital of the same name."""
    folder = tmp_path_factory.mktemp("other") / "store"
    store, _ = create_store(
        folder, passphrase=make.PASSPHRASE, officer="Sari Ginting", clock=make.TestClock(), kdf=kdf.CHEAP, device=26
    )
    with store, store.write("Set up the office") as session:
        draft = OfficeDraft(name="Kantor Penghubung Medan 2", city="MDN")
        office.set_up_office(session, draft, OfficerDraft(name="Sari Ginting", is_supervisor=True))
    return folder


@pytest.fixture
def other(prepared_other, tmp_path, clock):
    folder = tmp_path / "other"
    shutil.copytree(prepared_other, folder)
    with make.opened(folder, clock) as opened:
        yield opened


class Pair:
    """Two laptops and what goes between them."""

    def __init__(self, here, there, folder, clock):
        self.here, self.there, self.folder, self.clock, self.count = here, there, folder, clock, 0

    def send(self, store, journeys, who="Sari"):
        self.count += 1
        self.clock.forward(minutes=5)
        path = self.folder / f"kasus-{self.count}.liaison"
        hand_over.hand_over(store, journeys, HandOverDraft(who=who, note="tolong GL"), path=path, code=CODE)
        return path

    def take(self, store, path, **choices):
        self.clock.forward(minutes=5)
        return take_over.take_over(store, path, CODE, **choices)


@pytest.fixture
def pair(store, other, tmp_path, clock):
    return Pair(store, other, tmp_path, clock)


def a_case(store, name="Dewi Lestari Siregar", **values):
    """A case with hospital, cover, claim, step, note."""
    person = make.patient(store, full_name=name)
    cover = make.cover(store, person)
    hospital = make.see(
        store, lambda s: s.scalar(sa.select(OrganizationRow.id).where(OrganizationRow.kind == "HOSPITAL"))
    )
    hospital = hospital or make.hospital(store)
    journey = make.journey(store, person, hospital_id=hospital, cover_id=cover, **values)
    make.made(store, work.add_task, make.task_draft(journey_id=journey))
    make.made(store, work.add_note, make.note_draft(journey_id=journey))
    claim = make.made(store, claims.file_claim, make.claim_draft(patient_id=person, cover_id=cover, journey_id=journey))
    return person, journey, claim


def column(store, row, key, name):
    return make.see(store, lambda s: getattr(s.get(row, key), name))


def everything(store, *, but=()):
    with store.read() as session:
        return {
            t.name: sorted(map(repr, session.execute(sa.select(*(c for c in t.columns if c.name != "version")))))
            for t in Base.metadata.sorted_tables
            if t.name not in ("case_counter", *but)
        }


def well(*stores):
    for each in stores:
        found = check_store(each)
        assert found.is_well, [(c.name, c.faults) for c in found.checks if c.count]


def test_twelve_cases_go_come_back_and_both_sides_edits_of_one_claim_are_compared(pair):
    cases = [a_case(pair.here, name=f"Pasien {n}") for n in range(12)]
    _, journey, claim = cases[3]

    pair.take(pair.there, pair.send(pair.here, [c[1] for c in cases]))
    make.do(pair.here, set_field, "claim", claim, "remarks", "dari sini")
    make.do(pair.here, set_field, "claim", claim, "diagnosis", "I25.9")
    make.do(pair.there, set_field, "claim", claim, "remarks", "dari sana")
    make.do(pair.there, set_field, "claim", claim, "gl_no", "GL-9")
    make.made(pair.there, work.add_note, make.note_draft(journey_id=journey, text="sudah ditelepon"))
    back = pair.send(pair.there, [c[1] for c in cases], who="Ratna")
    seen = take_over.look_at_file(pair.here, back, CODE)

    assert [(d.table, d.row_id, d.clash.field) for d in seen.differences] == [("claim", claim, "remarks")]
    clash = seen.differences[0].clash
    assert (clash.before, clash.ours, clash.theirs) == (
        {"remarks": ""}, {"remarks": "dari sini"}, {"remarks": "dari sana"},
    )  # fmt: skip
    pair.take(pair.here, back, choices={seen.differences[0].key: Side.THEIRS})
    told = [column(pair.here, ClaimRow, claim, n) for n in ("remarks", "diagnosis", "gl_no")]
    assert told == ["dari sana", "I25.9", "GL-9"]
    kept = make.see(pair.here, lambda s: s.scalar(sa.select(DifferenceRow.ours)))
    assert kept == {"remarks": "dari sini"}
    assert make.see(pair.here, lambda s: s.scalar(sa.select(sa.func.count(NoteRow.id)))) == 13
    well(pair.here, pair.there)


def test_a_case_arrives_whole_under_the_colleagues_own_hospital_with_the_step_and_its_number(pair):
    make.hospital(pair.there, name="RS lain")
    theirs = make.hospital(pair.there)
    person, journey, _ = a_case(pair.here)

    pair.take(pair.there, pair.send(pair.here, [journey]))

    row = make.see(pair.there, lambda s: [getattr(s.get(JourneyRow, journey), n) for n in ("hospital_id", "case_no")])
    assert row == [theirs, column(pair.here, JourneyRow, journey, "case_no")]
    assert column(pair.there, PatientRow, person, "full_name") == "Dewi Lestari Siregar"
    assert make.see(pair.there, lambda s: s.scalar(sa.select(sa.func.count(TaskRow.id)))) >= 1
    assert make.see(pair.there, lambda s: set(s.execute(sa.select(OfficerRow.name, OfficerRow.is_active)))) == {
        ("Sari Ginting", True), (make.OFFICER, False),
    }  # fmt: skip
    well(pair.there)


def test_the_same_file_twice_changes_nothing_and_leaves_no_trace(pair):
    _, journey, claim = a_case(pair.here)
    path = pair.send(pair.here, [journey])
    pair.take(pair.there, path)
    make.do(pair.there, set_field, "claim", claim, "remarks", "dari sana")
    before = everything(pair.there)
    actions = make.see(pair.there, lambda s: len(history.actions(s)))

    assert take_over.look_at_file(pair.there, path, CODE).is_nothing_new
    pair.take(pair.there, path)

    assert everything(pair.there) == before
    assert make.see(pair.there, lambda s: len(history.actions(s))) == actions


def test_taking_over_is_one_step_that_one_undo_takes_back_and_the_file_can_be_taken_again(pair):
    _, journey, _ = a_case(pair.here)
    path = pair.send(pair.here, [journey])
    before = everything(pair.there)
    pair.take(pair.there, path)
    step = make.see(pair.there, lambda s: history.next_undo(s).id)

    pair.there.undo(step)
    assert everything(pair.there) == before
    pair.take(pair.there, path)

    assert column(pair.there, JourneyRow, journey, "need") != ""


def test_several_rounds_keep_what_each_side_did_last(pair):
    _, journey, claim = a_case(pair.here)
    pair.take(pair.there, pair.send(pair.here, [journey]))
    make.do(pair.there, set_field, "claim", claim, "remarks", "satu")
    pair.take(pair.here, pair.send(pair.there, [journey]))
    make.do(pair.here, set_field, "claim", claim, "remarks", "dua")
    make.do(pair.there, set_field, "claim", claim, "gl_no", "GL-1")
    pair.take(pair.there, pair.send(pair.here, [journey]))
    make.do(pair.there, set_field, "claim", claim, "remarks", "tiga")
    again = pair.send(pair.there, [journey])

    assert not take_over.look_at_file(pair.here, again, CODE).differences
    pair.take(pair.here, again)

    assert [column(pair.here, ClaimRow, claim, n) for n in ("remarks", "gl_no")] == ["tiga", "GL-1"]


def test_an_older_file_that_comes_late_does_not_turn_anything_back(pair):
    _, journey, claim = a_case(pair.here)
    first = pair.send(pair.here, [journey])
    make.do(pair.here, set_field, "claim", claim, "remarks", "baru")
    second = pair.send(pair.here, [journey])
    pair.take(pair.there, second)

    assert take_over.look_at_file(pair.there, first, CODE).is_nothing_new
    pair.take(pair.there, first)

    assert column(pair.there, ClaimRow, claim, "remarks") == "baru"


def test_what_one_side_took_out_goes_unless_the_other_changed_it(pair):
    person, journey, _ = a_case(pair.here)
    kept = make.made(pair.here, patients.add_related_person, person, make.related_person_draft(name="Budi"))
    gone = make.made(pair.here, patients.add_related_person, person, make.related_person_draft(name="Ani"))
    pair.take(pair.there, pair.send(pair.here, [journey]))
    pair.take(pair.here, pair.send(pair.there, [journey]))
    for each in (kept, gone):
        make.do(pair.there, patients.remove_related_person, each)
    make.do(pair.here, patients.edit_related_person, kept, make.related_person_draft(name="Budi S."))
    back = pair.send(pair.there, [journey])
    seen = take_over.look_at_file(pair.here, back, CODE)

    assert [(d.row_id, d.clash.field) for d in seen.differences] == [(kept, "*")]
    pair.take(pair.here, back)
    names = make.see(pair.here, lambda s: list(s.execute(sa.text("SELECT name FROM related_person")).scalars()))

    assert names == ["Budi S."]


def test_attached_files_go_along_and_open_there(pair):
    _, journey, _ = a_case(pair.here)
    content = make.pdf("hasil lab") * 9000
    document = make.made(pair.here, documents.attach, make.document_draft(journey_id=journey), content)

    pair.take(pair.there, pair.send(pair.here, [journey]))
    pair.take(pair.here, pair.send(pair.there, [journey]))

    assert make.see(pair.there, documents.read_document, document).data == content
    assert make.see(pair.here, documents.read_document, document).data == content
    assert column(pair.here, DocumentRow, document, "file_id") != column(pair.there, DocumentRow, document, "file_id")
    well(pair.here, pair.there)


def test_both_sides_moves_of_a_case_end_where_somebody_chose(pair):
    _, journey, _ = a_case(pair.here)
    pair.take(pair.there, pair.send(pair.here, [journey]))
    make.do(pair.there, journeys.cancel, journey, reason=CancelReason.COST, note="mahal")
    pair.clock.forward(hours=1)
    make.do(pair.here, journeys.cancel, journey, reason=CancelReason.PATIENT_DECLINED, note="batal")
    back = pair.send(pair.there, [journey])
    differences = take_over.look_at_file(pair.here, back, CODE).differences
    pair.take(pair.here, back, choices={d.key: Side.THEIRS for d in differences})

    assert column(pair.here, JourneyRow, journey, "closed_reason") is CancelReason.COST
    well(pair.here)


def test_payments_of_both_sides_are_summed_and_new_lines_counted_on(pair):
    _, journey, claim = a_case(pair.here)
    pair.take(pair.there, pair.send(pair.here, [journey]))
    for store, amount in ((pair.here, "100.00"), (pair.there, "40.00")):
        draft = make.payment_draft(
            journey, PaymentPurpose.CLAIM, claim_id=claim, payer=Payer.INSURER, amount=Money.of(amount, "MYR"),
            receipt_no=amount,
        )  # fmt: skip
        make.do(store, payments.record_payment, draft)

    pair.take(pair.here, pair.send(pair.there, [journey]))

    assert column(pair.here, ClaimRow, claim, "paid_minor") == 14_000
    well(pair.here)


def test_a_letter_whose_final_bill_the_other_side_took_out_is_to_be_looked_at_again(pair):
    _, journey, _ = a_case(pair.here)
    cover = column(pair.here, JourneyRow, journey, "cover_id")
    letter = make.made(
        pair.here, guarantees.request_guarantee, make.guarantee_draft(journey_id=journey, cover_id=cover)
    )  # fmt: skip
    make.do(pair.here, guarantees.add_version, make.version_draft(letter), gl_no="GL-1")
    make.do(pair.here, guarantees.move_guarantee, letter, GuaranteeState.ACCEPTED, override_reason="diterima")
    bill = make.made(pair.here, payments.record_bill, make.bill_draft(journey, BillKind.FINAL))
    make.made(
        pair.here, documents.attach, make.document_draft(journey_id=journey, kind=DocumentKind.DISCHARGE_SUMMARY),
        make.pdf("pulang"),
    )  # fmt: skip
    pair.take(pair.there, pair.send(pair.here, [journey]))
    make.do(pair.there, payments.void_bill, bill)
    pair.clock.forward(hours=1)
    make.do(pair.here, guarantees.move_guarantee, letter, GuaranteeState.FINAL_REQUESTED)
    assert alarms(pair.here) == []

    for _again in range(2):
        pair.take(pair.here, pair.send(pair.there, [journey]))

    assert len(alarms(pair.here)) == 1, "told once, also when the file comes again"
    well(pair.here)


def alarms(store):
    wanted = sa.select(TaskRow.title).where(TaskRow.kind == TaskKind.ALARM, TaskRow.done_at.is_(None))
    return make.see(store, lambda s: s.scalars(wanted).all())


def test_a_case_number_that_another_case_has_here_is_given_anew_and_never_goes_back(pair):
    mine = make.journey(pair.there)
    _, journey, _ = a_case(pair.here)
    number = column(pair.here, JourneyRow, journey, "case_no")
    assert number == column(pair.there, JourneyRow, mine, "case_no")

    pair.take(pair.there, pair.send(pair.here, [journey]))
    pair.take(pair.here, pair.send(pair.there, [journey]))

    assert column(pair.there, JourneyRow, journey, "case_no") not in ("", number)
    assert column(pair.here, JourneyRow, journey, "case_no") == number


def test_a_person_merged_there_is_merged_when_the_case_comes_back(pair):
    person, journey, _ = a_case(pair.here)
    pair.take(pair.there, pair.send(pair.here, [journey]))
    twin = make.patient(pair.there, full_name="Dewi L. Siregar", note="dikenal di sana")
    make.do(pair.there, merging.merge_patients, twin, person)

    pair.take(pair.here, pair.send(pair.there, [journey]))

    assert column(pair.here, JourneyRow, journey, "patient_id") == twin
    assert column(pair.here, PatientRow, twin, "note") == "dikenal di sana"
    well(pair.here)


def test_nobody_else_goes_along(pair, tmp_path):
    make.patient(pair.here, full_name="Zulkifli Rahasia")
    _, other_case, _ = a_case(pair.here, name="Bukan Ini")
    person, journey, _ = a_case(pair.here)
    make.do(pair.here, patients.add_related_person, person, make.related_person_draft(
        related_patient_id=column(pair.here, JourneyRow, other_case, "patient_id")))  # fmt: skip

    path = pair.send(pair.here, [journey])
    said = str(case_file.read_case_file(path, CODE).content)

    assert "Dewi Lestari" in said
    assert "Zulkifli" not in said
    assert "Bukan Ini" not in said
    pair.take(pair.there, path)


def test_what_left_is_on_record_for_each_person_and_cannot_be_undone(pair):
    person, journey, _ = a_case(pair.here)
    pair.send(pair.here, [journey])

    written = make.see(pair.here, disclosures_of, person)
    line = make.see(pair.here, lambda s: history.actions(s, limit=1)[0])

    assert [(d.report, d.recipient) for d in written] == [("hand_over", "Sari")]
    assert not line.is_undoable
    assert make.see(pair.here, hand_over.whereabouts, journey).way is Way.OUT


def test_nothing_chosen_nobody_named_and_a_place_inside_the_store_are_refused(pair, tmp_path):
    _, journey, _ = a_case(pair.here)
    with pytest.raises(Refused) as refusal:
        hand_over.hand_over(pair.here, [], HandOverDraft(who=" "), path=tmp_path / "a.liaison", code=CODE)
    assert {p.code for p in refusal.value.problems} == {"MISSING", "NO_CASES"}

    earlier = tmp_path / "earlier.liaison"
    earlier.write_bytes(b"of yesterday")
    with pytest.raises(Refused):
        hand_over.hand_over(pair.here, [journey], HandOverDraft(who=" "), path=earlier, code=CODE)
    assert earlier.read_bytes() == b"of yesterday"

    with pytest.raises(Refused):
        inside = pair.here.folder / "a.liaison"
        hand_over.hand_over(pair.here, [journey], HandOverDraft(who="Sari"), path=inside, code=CODE)
    assert make.see(pair.here, lambda s: s.scalar(sa.select(sa.func.count(HandOverRow.id)))) == 0


@pytest.mark.parametrize("where", [0.0, 0.02, 0.4, 0.999])
def test_a_changed_file_is_refused_whole(pair, where):
    _, journey, _ = a_case(pair.here)
    path = pair.send(pair.here, [journey])
    content = bytearray(path.read_bytes())
    content[int(where * (len(content) - 1))] ^= 1
    path.write_bytes(content)
    before = everything(pair.there)

    with pytest.raises(Locked):
        pair.take(pair.there, path)

    assert everything(pair.there) == before


def test_a_cut_file_another_thing_and_no_file_are_told_apart(pair, tmp_path):
    _, journey, _ = a_case(pair.here)
    path = pair.send(pair.here, [journey])
    cut, pdf = tmp_path / "cut.liaison", tmp_path / "pdf.liaison"
    cut.write_bytes(path.read_bytes()[:-20])
    pdf.write_bytes(make.pdf())
    for wrong, sentence in ((cut, case_file.DAMAGED), (pdf, case_file.NOT_OURS)):
        with pytest.raises(Locked) as error:
            take_over.look_at_file(pair.there, wrong, CODE)
        assert error.value.message == sentence
    with pytest.raises(Unavailable):
        take_over.look_at_file(pair.there, tmp_path / "none.liaison", CODE)


def test_a_newer_file_a_wrong_code_and_ones_own_file_are_refused_with_a_word(pair):
    _, journey, _ = a_case(pair.here)
    path = pair.send(pair.here, [journey])
    with pytest.raises(Locked) as wrong:
        take_over.look_at_file(pair.there, path, new_code())
    assert wrong.value.message == case_file.WRONG_CODE
    with pytest.raises(Refused) as own:
        take_over.look_at_file(pair.here, path, CODE)
    assert own.value.problems[0].code == "OWN_FILE"

    newer = bytearray(path.read_bytes())
    newer[8] = 2
    path.write_bytes(newer)
    with pytest.raises(Locked) as later:
        take_over.look_at_file(pair.there, path, CODE)
    assert later.value.message == case_file.NEWER


def test_a_code_is_read_however_it_is_typed_and_a_misheard_group_is_named():
    code = new_code()

    assert read_code(code.lower().replace("-", "  ").replace("0", "o").replace("1", "l")) == read_code(code)
    wrong = ("1" if code[7] == "0" else "0").join((code[:7], code[8:]))
    with pytest.raises(Refused) as refusal:
        read_code(wrong)
    assert [p.values["group"] for p in refusal.value.problems] == [2]
    with pytest.raises(Refused):
        read_code("ABC")


FIELDS = (
    ("claim", "remarks"), ("claim", "diagnosis"), ("claim", "gl_no"), ("journey", "need"), ("journey", "doctor"),
    ("journey", "mrn"), ("patient", "note"), ("patient", "address"),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_whatever_both_sides_type_is_kept_somewhere_and_both_end_alike(pair, seed):
    chance = random.Random(seed)
    keys = dict(zip(("patient", "journey", "claim"), a_case(pair.here), strict=True))
    pair.take(pair.there, pair.send(pair.here, [keys["journey"]]))
    for turn in range(2):
        typed = set()
        for store, side in ((pair.here, "sini"), (pair.there, "sana")):
            for table, name in chance.sample(FIELDS, 4):
                typed.add(f"{side} {turn} {name}")
                make.do(store, set_field, table, keys[table], name, f"{side} {turn} {name}")
        one, two = chance.sample((pair.here, pair.there), 2)
        file = pair.send(one, [keys["journey"]])
        seen = take_over.look_at_file(two, file, CODE)
        pair.take(two, file, choices={d.key: chance.choice(list(Side)) for d in seen.differences})
        kept = str(everything(two))
        assert all(words in kept for words in typed)
        again = pair.send(two, [keys["journey"]])
        assert not take_over.look_at_file(one, again, CODE).differences
        pair.take(one, again)
        for table, row in (("claim", ClaimRow), ("journey", JourneyRow), ("patient", PatientRow)):
            for each, name in FIELDS:
                if each == table:
                    assert column(one, row, keys[table], name) == column(two, row, keys[table], name)
    well(pair.here, pair.there)


def test_what_held_on_each_side_and_no_longer_holds_together_is_owed_again(pair):
    _, journey, _ = a_case(pair.here, entry_mode=EntryMode.RUNNING, state=JourneyState.ELIGIBILITY)
    make.confirm(pair.here, journey, FactKind.C1, FactKind.C2, FactKind.C3, FactKind.IDENTITY_SEEN)
    pair.take(pair.there, pair.send(pair.here, [journey]))
    make.do(pair.there, journeys.move_journey, journey, JourneyState.MEDICAL_REVIEW, override_reason="uji")
    consent = make.see(
        pair.here, lambda s: s.scalar(sa.select(ConfirmationRow.id).where(ConfirmationRow.kind == FactKind.C1))
    )
    make.do(pair.here, confirmations.withdraw_confirmation, consent, on=pair.clock().date())
    back = pair.send(pair.there, [journey])

    assert FactKind.C1 not in open_debts(pair.here, journey)
    pair.take(pair.here, back)

    assert column(pair.here, JourneyRow, journey, "state") is JourneyState.MEDICAL_REVIEW
    assert FactKind.C1 in open_debts(pair.here, journey)
    well(pair.here, pair.there)


def open_debts(store, journey):
    with store.read() as session:
        owed = sa.select(TaskRow.fact).where(
            TaskRow.journey_id == journey, TaskRow.kind == TaskKind.DEBT, TaskRow.done_at.is_(None)
        )
        return set(session.scalars(owed))
