"""A kiosk holds its own entries and nothing else; they go to the office once, and leave nothing behind."""

from __future__ import annotations

import dataclasses

import pytest
import sqlalchemy as sa

from liaison.domain.errors import Locked, Refused
from liaison.domain.facts import ConsentGiver, ConsentMethod, FactKind
from liaison.domain.handing import HandOverDraft
from liaison.domain.journeys import CancelReason, JourneyState, SourceChannel
from liaison.domain.kiosk import LONGEST_WISH, KioskDraft, check_kiosk
from liaison.domain.trouble import ErasureDraft
from liaison.services import erasure, hand_over, journeys, kiosk, kiosk_intake, views
from liaison.services import take_over as colleagues
from liaison.services.confirmations import confirmations
from liaison.services.office import set_up_office
from liaison.store.base import Base
from liaison.store.case_file import read_case_file, write_case_file
from liaison.store.journal_tables import KIOSK_ENTRY, MACHINERY
from liaison.store.kdf import CHEAP
from liaison.store.models import JourneyRow, PatientRow
from liaison.store.opening import create_store
from liaison.store.spoken_code import new_code
from tests import make

NAME, WISH = "Tiurma Zebulonia", "kontrol jantung ke Penang bersama Zebulon"


def said(**values):
    return KioskDraft(
        **{"full_name": NAME, "phone": "0812 6003 417", "city": "Medan", "wish": WISH, "agreed": True,
           "given_by": NAME, **values}
    )  # fmt: skip


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    monkeypatch.setattr("liaison.store.case_file.fitting", lambda: CHEAP)


@pytest.fixture
def counter(tmp_path, clock):
    """The store of a kiosk."""
    store, _ = create_store(tmp_path / "counter", passphrase=make.PASSPHRASE, officer="Meja Depan", clock=clock,
                            kdf=CHEAP, device=3)  # fmt: skip
    with store.write("Set up", kind="init") as session:
        set_up_office(session, make.office_draft(name="Kios Bandara"), make.officer_draft(name="Meja Depan"))
        kiosk.make_kiosk(session)
    with store:
        yield store


@pytest.fixture
def sealed(counter, tmp_path):
    """A file with two enquiries of the kiosk, and its code."""
    make.do(counter, kiosk.write_down, said())
    make.do(counter, kiosk.write_down, said(full_name="Ahmad", given_by="Siti", giver=ConsentGiver.SPOUSE))
    return kiosk.hand_over(counter, tmp_path / "kiosk.liaison", code=new_code())


def everything(store):
    """Every value of every table, as text."""
    with store.read() as session:
        tables = [*Base.metadata.sorted_tables, *MACHINERY.sorted_tables]
        return "\n".join(repr(row) for table in tables for row in session.execute(sa.select(table)))


def bytes_of(folder):
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


# at the counter


def test_a_kiosk_holds_nothing_but_its_own_entries(counter):
    make.do(counter, kiosk.write_down, said())

    with counter.read() as session:
        full = {t.name for t in Base.metadata.sorted_tables if session.execute(sa.select(t).limit(1)).first()}
    assert full == {"office", "officer", "setting"}
    assert NAME not in everything(counter).replace(repr(read_text(counter)), "")


def read_text(store):
    return make.see(store, lambda s: s.scalar(sa.select(KIOSK_ENTRY.c.text)))


def test_today_shows_todays_entries_and_of_earlier_days_only_how_many(counter, clock):
    make.do(counter, kiosk.write_down, said())
    clock.forward(days=1)
    make.do(counter, kiosk.write_down, said(full_name="Ahmad"))

    day = make.see(counter, kiosk.kiosk_day)
    assert [e.draft.full_name for e in day.entries] == ["Ahmad"]
    assert (day.earlier, day.without_receipt, day.last_file_at) == (1, 0, None)


def test_without_the_tick_or_a_field_nothing_is_kept(counter):
    for wrong in ({"agreed": False}, {"full_name": " "}, {"phone": "x"}, {"wish": "a" * (LONGEST_WISH + 1)},
                  {"given_by": ""}, {"text_version": "K0"}, {"language": "fr"}):  # fmt: skip
        with pytest.raises(Refused):
            make.do(counter, kiosk.write_down, said(**wrong))
    assert make.see(counter, kiosk.kiosk_day).entries == ()
    assert {p.field for p in check_kiosk(said(agreed=False))} == {"agreed"}


def test_an_entry_can_be_taken_out_until_it_has_left(counter, tmp_path):
    key = make.made(counter, kiosk.write_down, said())
    other = make.made(counter, kiosk.write_down, said(full_name="Ahmad"))
    make.do(counter, kiosk.remove, other)
    kiosk.hand_over(counter, tmp_path / "k.liaison", code=new_code())

    with pytest.raises(Refused, match="file"):
        make.do(counter, kiosk.remove, key)
    with pytest.raises(Refused):
        make.do(counter, kiosk.remove, other)


def test_only_a_kiosk_writes_down_and_an_office_takes_in(store, counter, sealed):
    with pytest.raises(Refused):
        make.do(store, kiosk.write_down, said())
    with pytest.raises(Refused):
        kiosk.hand_over(store, sealed.path.with_name("no.liaison"), code=new_code())
    with pytest.raises(Refused):
        kiosk.receive(store, "00000-0")
    with pytest.raises(Refused):
        kiosk_intake.look_at_file(counter, sealed.path, sealed.code)


@pytest.mark.parametrize("name", ["0812 6003 417", "...", "😀😀"])
def test_a_name_that_the_office_could_not_take_is_refused_at_the_counter(counter, name):
    with pytest.raises(Refused, match="letters"):
        make.do(counter, kiosk.write_down, said(full_name=name, given_by="Siti"))


def test_a_refused_file_leaves_the_one_that_lay_there(counter, tmp_path):
    earlier = tmp_path / "k.liaison"
    earlier.write_bytes(b"of yesterday")
    with pytest.raises(Refused):
        kiosk.hand_over(counter, earlier, code=new_code())
    assert earlier.read_bytes() == b"of yesterday"


def test_a_file_never_holds_more_than_an_office_takes_in(store, counter, tmp_path, monkeypatch):
    for module in (kiosk, kiosk_intake):
        monkeypatch.setattr(module, "MOST_ENTRIES", 2)
    for who in ("Ahmad", "Budi", "Cici"):
        make.do(counter, kiosk.write_down, said(full_name=who))

    sizes = []
    for number in range(2):
        sealed = kiosk.hand_over(counter, tmp_path / f"{number}.liaison", code=new_code())
        _, receipt = kiosk_intake.take_in(store, sealed.path, sealed.code)
        sizes.append((sealed.entries, kiosk.receive(counter, receipt)))
    assert sizes == [(2, 2), (1, 1)]


def test_an_empty_kiosk_makes_no_file(counter, tmp_path):
    with pytest.raises(Refused):
        kiosk.hand_over(counter, tmp_path / "k.liaison", code=new_code())
    assert not (tmp_path / "k.liaison").exists()


# nothing lost, nothing left behind


def test_until_the_receipt_every_file_holds_all_and_with_it_nothing_is_left(counter, sealed, tmp_path, clock):
    clock.forward(days=1)
    make.do(counter, kiosk.write_down, said(full_name="Butet Zebulonia"))
    later = kiosk.hand_over(counter, tmp_path / "second.liaison", code=new_code())
    first_receipt, second = (read_case_file(f.path, f.code).content["receipt"] for f in (sealed, later))
    assert later.entries == 3

    assert kiosk.receive(counter, first_receipt.lower().replace("-", " ")) == 2
    assert make.see(counter, kiosk.kiosk_day).without_receipt == 1
    assert kiosk.receive(counter, second) == 1

    left = everything(counter)
    for secret in ("Zebulon", "Tiurma", "Ahmad", "6003"):
        assert secret not in left
    day = make.see(counter, kiosk.kiosk_day)
    assert (day.entries, day.earlier, day.last_file_at) == ((), 0, clock.now)


def test_no_name_lies_in_clear_in_the_folder_or_in_the_file_and_nothing_of_an_entry_in_the_journal(counter, sealed):
    folder = bytes_of(counter.folder) + sealed.path.read_bytes()
    for secret in (b"Zebulon", b"Tiurma", b"Ahmad"):
        assert secret not in folder
    with counter.read() as session:
        for table in ("action", "change"):
            assert "Zebulon" not in repr(session.execute(sa.select(MACHINERY.tables[table])).all())
    assert list((counter.folder / "backups").iterdir()) == []


def test_a_wrong_receipt_wipes_nothing(counter, sealed):
    for typed in ("", "00000-1", "hello", kiosk.new_receipt()):
        with pytest.raises(Refused):
            kiosk.receive(counter, typed)
    assert len(make.see(counter, kiosk.kiosk_day).entries) == 2


def test_a_file_that_cannot_be_written_leaves_no_mark_on_the_entries(counter, tmp_path):
    make.do(counter, kiosk.write_down, said())
    with pytest.raises(Exception, match=r".*"):
        kiosk.hand_over(counter, tmp_path / "nowhere" / "k.liaison", code=new_code())
    day = make.see(counter, kiosk.kiosk_day)
    assert (day.without_receipt, day.last_file_at) == (0, None)


# at the office


def test_each_enquiry_becomes_a_case_with_its_consent_and_a_call_back(store, sealed):
    changes, receipt = kiosk_intake.take_in(store, sealed.path, sealed.code)

    assert len([t for t in changes.touched if t.kind == "journey"]) == 2
    assert kiosk.read_receipt(receipt) == receipt
    keys = make.see(store, lambda s: list(s.scalars(sa.select(JourneyRow.id).order_by(JourneyRow.id))))
    case = make.see(store, views.journey_view, keys[0])
    assert (case.state, case.source_channel) == (JourneyState.ENQUIRY, SourceChannel.KIOSK)
    assert (case.patient.full_name, case.need) == (NAME, WISH)
    assert [t.title.message for t in case.open_tasks] == [kiosk_intake.CALL_BACK]
    (mine,), (theirs,) = (make.see(store, confirmations, key) for key in keys)
    assert (mine.kind, mine.giver, mine.method) == (FactKind.C1, ConsentGiver.PATIENT, ConsentMethod.ELECTRONIC)
    assert mine.source == "kiosk Kios Bandara, K1, Bahasa Indonesia"
    assert (theirs.giver, theirs.given_by) == (ConsentGiver.SPOUSE, "Siti")


def test_the_same_file_twice_changes_nothing_and_a_later_one_brings_only_what_is_new(store, counter, sealed, tmp_path):
    kiosk_intake.take_in(store, sealed.path, sealed.code)
    before = everything(store)
    changes, receipt = kiosk_intake.take_in(store, sealed.path, sealed.code)
    assert (changes.touched, everything(store)) == ((), before)
    assert receipt == read_case_file(sealed.path, sealed.code).content["receipt"]

    make.do(counter, kiosk.write_down, said(full_name="Butet"))
    later = kiosk.hand_over(counter, tmp_path / "second.liaison", code=new_code())
    seen = kiosk_intake.look_at_file(store, later.path, later.code)
    assert [line.entry.draft.full_name for line in seen.new] == ["Butet"]
    kiosk_intake.take_in(store, later.path, later.code)
    assert make.see(store, lambda s: s.query(JourneyRow).count()) == 3


def test_somebody_on_record_is_suggested_and_only_taken_when_said(store, sealed):
    known = make.patient(store, full_name=NAME, phone="+62 812 6003 417")
    seen = kiosk_intake.look_at_file(store, sealed.path, sealed.code)
    assert [line.suggested.id if line.suggested else None for line in seen.lines] == [known, None]

    first = seen.lines[0].entry.id
    kiosk_intake.take_in(store, sealed.path, sealed.code, {first: known})
    assert make.see(store, lambda s: s.query(PatientRow).count()) == 2
    assert make.see(store, views.journey_view, first).patient.id == known


def test_one_undo_takes_all_of_it_back_and_the_file_comes_in_again(store, sealed):
    kiosk_intake.take_in(store, sealed.path, sealed.code)
    with store.read() as session:
        action = session.execute(sa.text("SELECT max(id) FROM action")).scalar()
    store.undo(action)
    assert make.see(store, lambda s: s.query(JourneyRow).count()) == 0
    assert len(kiosk_intake.take_in(store, sealed.path, sealed.code)[0].touched) > 2


def test_who_was_erased_does_not_come_back_by_a_file(store, sealed, clock):
    kiosk_intake.take_in(store, sealed.path, sealed.code)
    entry = kiosk_intake.look_at_file(store, sealed.path, sealed.code).lines[0].entry.id
    person = make.see(store, views.journey_view, entry).patient.id
    make.do(store, journeys.cancel, entry, reason=CancelReason.PATIENT_DECLINED)
    draft = ErasureDraft(asked_on=clock.now.date(), ground="diminta tertulis", despite_retention=True)
    erasure.erase_person(store, person, draft)

    assert kiosk_intake.look_at_file(store, sealed.path, sealed.code).new == ()
    assert kiosk_intake.take_in(store, sealed.path, sealed.code)[0].touched == ()
    assert "Tiurma" not in everything(store)


# broken and foreign files


def forged(sealed, tmp_path, change):
    told = read_case_file(sealed.path, sealed.code)
    change(told.content)
    path = tmp_path / "forged.liaison"
    write_case_file(path, sealed.code, told.content, ())
    return path


@pytest.mark.parametrize("change", [
    lambda c: c.pop("entries"), lambda c: c.update(entries=[]), lambda c: c["entries"].append("x"),
    lambda c: c["entries"][1].update(phone=5), lambda c: c["entries"][1].update(agreed=False),
    lambda c: c["entries"][1].update(agreed="yes"), lambda c: c["entries"][1].update(giver="NOBODY"),
    lambda c: c["entries"][1].update(extra="x"), lambda c: c["entries"][1].update(id=-1),
    lambda c: c["entries"][1].update(id=c["entries"][0]["id"]), lambda c: c["entries"][1].update(at="soon"),
    lambda c: c["entries"][1].update(at="2026-11-02T09:00"), lambda c: c.update(made_at="2026-11-02T09:00"),
    lambda c: c.update(receipt="x"), lambda c: c.update(what="something"), lambda c: c.update(format="1"),
    lambda c: c.update(format=99), lambda c: c.update(revision="9999"), lambda c: c["entries"][0].update(wish=""),
    lambda c: c["entries"][1].update(text_version="K9"),
])  # fmt: skip
def test_a_file_that_is_wrong_in_any_part_is_refused_whole(store, sealed, tmp_path, change):
    path = forged(sealed, tmp_path, change)
    before = everything(store)
    with pytest.raises(Locked):
        kiosk_intake.take_in(store, path, sealed.code)
    assert everything(store) == before


def test_a_cut_off_file_and_another_code_are_refused(store, sealed, tmp_path):
    cut = tmp_path / "cut.liaison"
    cut.write_bytes(sealed.path.read_bytes()[:-40])
    for path, code in ((cut, sealed.code), (sealed.path, new_code())):
        with pytest.raises(Locked):
            kiosk_intake.look_at_file(store, path, code)


def test_a_file_of_cases_and_one_of_a_kiosk_each_say_where_they_belong(store, sealed, tmp_path):
    case = make.journey(store)
    code = new_code()
    hand_over.hand_over(store, [case], HandOverDraft(who="Budi"), path=tmp_path / "cases.liaison", code=code)
    with pytest.raises(Locked) as refused:
        kiosk_intake.look_at_file(store, tmp_path / "cases.liaison", code)
    assert refused.value.message == kiosk_intake.OF_CASES
    with pytest.raises(Locked) as refused:
        colleagues.look_at_file(store, sealed.path, sealed.code)
    assert refused.value.message == colleagues.OF_KIOSK


def test_every_field_of_an_entry_arrives(store, sealed):
    entry = kiosk_intake.look_at_file(store, sealed.path, sealed.code).lines[0].entry
    assert dataclasses.asdict(entry.draft) == dataclasses.asdict(said())
