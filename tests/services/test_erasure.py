"""Erased is erased: nowhere in the decrypted store, in search, in files, drafts or a new backup. Holds beat it."""

import dataclasses
import datetime as dt

import pytest
import sqlalchemy as sa

from liaison.domain.custody import CopyDraft
from liaison.domain.errors import Conflict, Refused
from liaison.domain.facts import FactKind
from liaison.domain.journeys import CancelReason
from liaison.domain.listing import ListStatus
from liaison.domain.offices import OfficerDraft
from liaison.domain.privacy import Audience
from liaison.domain.travel import EscortDraft
from liaison.domain.trouble import ErasureDraft, HoldDraft, HoldKind
from liaison.services import (
    claim_lists,
    claims,
    custody,
    disclosure,
    documents,
    erasing,
    erasure,
    journeys,
    merging,
    office,
    patients,
    pregnancies,
    releases,
    search,
    travel,
    work,
)
from liaison.services.checkup import check_store
from liaison.services.history import history_of
from liaison.store import backup, case_file, drafts, history, kdf
from liaison.store.models import ClaimRow, ErasureRow, EscortRow, JourneyRow, PatientRow, PolicyRow, ReleaseRow
from liaison.store.store import STORE_FILE
from tests import make
from tests.services.staged import bring, claim, claim_list
from tests.services.test_hand_over import other, pair, prepared_other

__all__ = ["other", "pair", "prepared_other"]
CANARIES = (
    "Zulfanqa",
    "Wirabuminx",
    "zulfanqa",
    "wirabuminx",
    "081277665544",
    "6281277665544",
    "X9988776",
    "Qolbimstri",
)
DRAFT = ErasureDraft(asked_on=dt.date(2026, 11, 2), ground="diminta tertulis")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(case_file, "fitting", lambda: kdf.CHEAP)


class Person:
    """Somebody who stands nearly everywhere, with words that nobody else has."""

    def __init__(self, store):
        name = "Zulfanqa Wirabuminx"
        self.id = make.patient(
            store, full_name=name, passport_name=name.upper(), phone="0812-7766-5544", email="z@w.id"
        )
        self.twin = make.patient(store, full_name="Zulfanqa W.", note="Wirabuminx")
        make.made(store, patients.add_identifier, self.id, make.identifier_draft(value="X9988776"))
        related = make.made(store, patients.add_related_person, self.id, make.related_person_draft(name="Qolbimstri"))
        make.do(store, patients.remove_related_person, related)
        self.cover = make.cover(store, self.id, name_on_policy=name)
        self.journey = make.journey(store, self.id, cover_id=self.cover, need="Zulfanqa minta ring")
        make.made(store, work.add_note, make.note_draft(journey_id=self.journey, text="Wirabuminx ditelepon"))
        make.made(store, work.add_task, make.task_draft(journey_id=self.journey, title="hubungi Zulfanqa"))
        make.confirm(store, self.journey, FactKind.PASSPORT)
        self.document = make.made(
            store, documents.attach, make.document_draft(journey_id=self.journey, title="Wirabuminx.pdf"), make.pdf()
        )
        draft = make.claim_draft(patient_id=self.id, cover_id=self.cover, journey_id=self.journey, remarks="Zulfanqa")
        self.claim = make.made(store, claims.file_claim, draft)
        make.do(store, merging.merge_patients, self.id, self.twin)
        make.do(store, disclosure.record_disclosure, report="case_summary", report_id="r", audience=Audience.INTERNAL,
                journey_id=self.journey, recipient="RS Penang")  # fmt: skip
        make.do(store, drafts.keep, f"form journey {self.journey}", "catatan Zulfanqa")

    def close(self, store):
        """Nothing of it is open any more."""
        make.do(store, journeys.cancel, self.journey, reason=CancelReason.COST, note="mahal")
        make.do(store, claims.void_claim, self.claim, reason="keliru")


def everything_in(store):
    """Every value of every table of the decrypted file, the index's own pages included."""
    with store.read() as session:
        connection = session.connection()
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        for name in names:
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                for value in row:
                    if isinstance(value, bytes):
                        yield name, value.decode("latin-1")
                    elif value is not None:
                        yield name, str(value)


def found_in(store):
    return {(name, c) for name, text in everything_in(store) for c in CANARIES if c in text}


def scanned(store):
    """Where a canary still stands; trigrams of the number index are only told by their numbers in a row."""
    return found_in(store)


def despite(**values):
    return make.changed(DRAFT, despite_retention=True, **values)


def test_an_erased_person_is_nowhere_in_the_decrypted_store_its_log_search_files_drafts_and_new_backup(store, tmp_path):
    person = Person(store)
    neighbour = make.journey(store, make.patient(store, full_name="Budi Santoso"))
    person.close(store)
    backup.back_up(store)
    store.clock.forward(minutes=1)
    sealed = store.attachments.names()
    assert {c for _, c in found_in(store)} >= {"Zulfanqa", "Wirabuminx", "X9988776", "Qolbimstri"}

    made = erasure.erase_person(store, person.id, despite())

    assert scanned(store) == set()
    assert make.see(store, search.find, "zulfanqa") == []
    assert not (store.folder / f"{STORE_FILE}-wal").exists() or not (store.folder / f"{STORE_FILE}-wal").stat().st_size
    assert set(sealed) & set(store.attachments.names()) == set()
    assert set(sealed) & {p.name for p in (store.folder / "backups" / "attachments").iterdir()} == set()
    assert check_store(store).is_well
    assert make.see(store, lambda s: s.get(JourneyRow, neighbour)) is not None
    assert made.recipients == ("RS Penang",)
    assert made.backups_until == dt.date(2027, 12, 2)
    back = tmp_path / "back"
    newest = sorted((store.folder / "backups").glob("*.zip"))[-1]
    backup.restore(newest, back, passphrase=make.PASSPHRASE, clock=store.clock)
    with make.opened(back, make.TestClock(store.clock())) as restored:
        assert scanned(restored) == set()


def test_an_erasure_is_not_undone_and_what_came_before_neither(store):
    person = Person(store)
    person.close(store)
    erasure.erase_person(store, person.id, despite())

    with store.read() as session:
        lines = history.actions(session)
        assert history.next_undo(session) is None or not any(
            c.is_erased for c in history.changes(session, history.next_undo(session).id)
        )
    for line in lines[:3]:
        with pytest.raises(Conflict):
            store.undo(line.id)
    assert make.see(store, history_of, "patient", person.id)[-1].is_erased


def test_an_open_case_a_claim_a_hold_and_the_time_for_papers_each_hold_it_up(store, clock):
    person = Person(store)
    hold = make.made(store, erasure.place_hold, person.id, HoldDraft(reason="sengketa dengan RS"))

    kinds = {h.kind for h in make.see(store, erasure.holds_of, person.id)}
    assert kinds == set(HoldKind)
    with pytest.raises(Refused) as refusal:
        erasure.erase_person(store, person.id, despite())
    assert {p.code for p in refusal.value.problems} == {"OPEN_CASE", "OPEN_CLAIM", "HELD"}

    person.close(store)
    make.do(store, erasure.lift_hold, hold, because="selesai")
    view = make.see(store, erasure.erasure_view, person.id)
    assert not view.is_stopped
    assert view.kept_until == dt.date(2036, 10, 26)
    with pytest.raises(Refused) as refusal:
        erasure.erase_person(store, person.id, DRAFT)
    assert {p.code for p in refusal.value.problems} == {"RETAINED"}
    clock.now = dt.datetime(2036, 10, 27, 3, tzinfo=dt.UTC)
    erasure.erase_person(store, person.id, DRAFT)


def test_only_a_supervisor_erases_and_the_reason_names_nobody(store):
    person = make.patient(store, full_name="Zulfanqa Wirabuminx")
    with pytest.raises(Refused) as refusal:
        erasure.erase_person(store, person, make.changed(DRAFT, ground="Zulfanqa Wirabuminx minta"))
    assert [p.code for p in refusal.value.problems] == ["NAMED"]

    make.made(store, office.add_officer, OfficerDraft(name="Sari", is_supervisor=True))
    with store.write("Test step") as session:
        session.connection().exec_driver_sql(
            "UPDATE officer SET is_supervisor = 0 WHERE id = ?", (session.info["officer_id"],)
        )
    with pytest.raises(Refused) as refusal:
        erasure.erase_person(store, person, DRAFT)
    assert [p.code for p in refusal.value.problems] == ["SUPERVISOR_ONLY"]


def test_a_familys_policy_stays_without_the_name_of_the_erased_holder(store):
    father = make.patient(store, full_name="Zulfanqa Wirabuminx")
    child = make.patient(store, full_name="Rani")
    cover = make.cover(store, father)
    policy = make.see(store, lambda s: s.scalar(sa.select(PolicyRow.id)))
    with store.write("Test step") as session:
        session.get(PolicyRow, policy).holder_name = "Zulfanqa Wirabuminx"
    from liaison.services import policies

    make.made(store, policies.add_cover, make.cover_draft(patient_id=child, policy_id=policy, name_on_policy="Rani"))
    erasure.erase_person(store, father, DRAFT)

    assert cover
    assert make.see(store, lambda s: s.get(PolicyRow, policy).holder_name) == ""
    assert scanned(store) == set()


def test_who_went_along_with_somebody_and_whose_telephone_it_was_is_erased_there_too(store):
    person = Person(store)
    neighbour = make.patient(
        store, full_name="Budi Santoso", phone="0812-7766-5544", phone_owner="Zulfanqa Wirabuminx"
    )  # fmt: skip
    case = make.journey(store, neighbour)
    escort = EscortDraft(journey_id=case, name="ZULFANQA WIRABUMINX", phone="0812-7766-5544", passport="X9988776")
    make.made(store, travel.add_escort, escort)
    make.made(store, travel.add_escort, EscortDraft(journey_id=case, name="RINI SANTOSO"))
    person.close(store)

    erasure.erase_person(store, person.id, despite())

    assert scanned(store) == set()
    assert make.see(store, lambda s: s.get(PatientRow, neighbour)).full_name == "Budi Santoso"
    assert make.see(store, lambda s: s.scalars(sa.select(EscortRow.name)).all()) == ["RINI SANTOSO"]
    assert check_store(store).is_well


def test_nobody_erased_comes_back_by_a_colleagues_file(pair):
    person = make.patient(pair.here, full_name="Zulfanqa Wirabuminx")
    journey = make.journey(pair.here, person)
    pair.take(pair.there, pair.send(pair.here, [journey]))
    make.do(pair.here, journeys.cancel, journey, reason=CancelReason.COST, note="mahal")
    made = erasure.erase_person(pair.here, person, DRAFT)
    back = pair.send(pair.there, [journey])

    with pytest.raises(Refused) as refusal:
        pair.take(pair.here, back)

    assert [p.code for p in refusal.value.problems] == ["ERASED_HERE"]
    assert made.recipients == ("Sari",)
    assert found_in(pair.here) == set()


def test_certificates_are_numbered_and_say_how_much(store):
    for _ in range(2):
        erasure.erase_person(store, make.patient(store, full_name="Zulfanqa Wirabuminx"), DRAFT)

    numbers = [c.number for c in make.see(store, erasure.certificates)]

    assert numbers == ["ER-2026-002", "ER-2026-001"]
    assert make.see(store, erasure.certificate, "er-2026-001").counts["patient"] == 1
    assert make.see(store, erasure.certificate, "ER-1") is None
    assert make.see(store, lambda s: s.scalar(sa.select(sa.func.count(ErasureRow.id)))) == 2
    assert make.see(store, lambda s: s.scalar(sa.select(sa.func.count(PatientRow.id)))) == 0


def test_a_mention_on_another_case_is_counted_for_the_officers_eye(store):
    person = make.patient(store, full_name="Zulfanqa Wirabuminx", passport_name="", phone="")
    elsewhere = make.journey(store, make.patient(store, full_name="Budi Santoso"))
    make.made(store, work.add_note, make.note_draft(journey_id=elsewhere, text="teman Zulfanqa Wirabuminx"))

    make.made(store, work.add_note, make.note_draft(journey_id=elsewhere, text="tidak ada yang lain"))
    place = erasing.Mention(table="note", on=dt.date(2026, 11, 2))
    assert make.see(store, erasure.erasure_view, person).mentions == (place,)

    made = erasure.erase_person(store, person, DRAFT)

    assert made.mentions == (place,)
    assert make.see(store, erasure.certificate, made.number).mentions == (place,)


@pytest.mark.parametrize("mother", ["Zulfanqa Wirabuminx", "Zulfanqa"])
def test_a_newborn_that_is_called_after_its_mother_loses_her_name_with_her(store, mother):
    person = make.patient(store, full_name=mother, passport_name="", phone="081277665544")
    case = make.journey(store, person)
    for order in (1, 2):
        draft = make.see(store, pregnancies.newborn_draft, case)
        child = dataclasses.replace(draft, birth_order=order, of_several=True)
        make.do(store, pregnancies.add_newborn, child)
    make.patient(store, full_name="Bayi Ny. Budi Santoso", phone="")
    make.do(store, journeys.cancel, case, reason=CancelReason.COST, note="mahal")

    erasure.erase_person(store, person, despite())

    assert found_in(store) == set()
    names = sa.select(PatientRow.full_name, PatientRow.name_key).order_by(PatientRow.id)
    assert make.see(store, lambda s: [tuple(row) for row in s.execute(names)]) == [
        ("Bayi (1)", "bayi 1"), ("Bayi (2)", "bayi 2"), ("Bayi Ny. Budi Santoso", "bayi ny budi santoso"),
    ]  # fmt: skip
    assert check_store(store).is_well


def test_the_list_that_a_person_came_from_is_emptied_and_the_others_of_it_stay(store):
    content = b"nama;polis\nZulfanqa Wirabuminx;1\nBudi Santoso;2\n"
    mine = claim(5, member_name="Zulfanqa Wirabuminx", member_no="Z-1", policy_no="P-1", status=ListStatus.PAID)
    others = claim(6, member_name="Budi Santoso", member_no="B-2", policy_no="P-2")
    bring(store, claim_lists, claim_list(mine, others), claim_lists.Asked(), content=content)
    person = make.see(store, lambda s: s.scalar(sa.select(PatientRow.id).where(PatientRow.full_name.like("Zul%"))))
    (kept,) = store.attachments.names()
    number = make.see(store, lambda s: s.scalar(sa.select(ClaimRow.id).where(ClaimRow.patient_id == person)))
    with store.write("Test step") as session:
        session.get(ClaimRow, number).is_open = False
    assert make.see(store, erasure.erasure_view, person).lists == 1

    erasure.erase_person(store, person, despite())

    assert found_in(store) == set()
    assert kept not in store.attachments.names()
    left = make.see(store, lambda s: list(s.scalars(sa.select(PatientRow.full_name))))
    assert left == ["Budi Santoso"]
    assert [c.name for c in check_store(store).checks if not c.is_well] == []


def test_a_paper_about_a_claim_by_our_own_number_goes_with_the_person(store):
    person, other = make.patient(store), make.patient(store, full_name="Orang Lain")
    mine, theirs = (
        make.made(store, claims.file_claim, make.claim_draft(patient_id=p, cover_id=make.cover(store, p)))
        for p in (person, other)
    )
    for number, key in enumerate((mine, theirs)):
        make.do(store, release_of, f"R{number}", f"#{key}")

    with store.read() as session:
        found = erasing.belongings(session, [person])
        kept = session.scalars(sa.select(ReleaseRow.report_id).where(ReleaseRow.id.not_in(found["release"]))).all()

    assert kept == ["R1"]


def release_of(session, report_id, claim):
    values = {"report": "claim_letter", "report_id": report_id, "parameters": {"claim": claim}, "figures": []}
    more = {"language": "id", "audience": "insurer", "sha256": "0", "pages": 1, "actor": make.OFFICER}
    session.add(ReleaseRow(**values, **more, at=session.info["store"].clock()))


def test_the_kept_pages_of_a_paper_about_many_are_shredded_and_that_it_was_made_stays(store):
    person = Person(store)
    before = set(store.attachments.names())
    with store.write("Print", kind="disclosure") as session:
        disclosure.record_inside(session, report="handover", report_id="R10-1111-2222-33", people=[(person.id, None)])
        paper = releases.record_release(
            session, report="handover", report_id="R10-1111-2222-33", parameters={"officer": ""}, figures={},
            language="id", audience=Audience.INTERNAL, sha256="ab" * 32, pages=1, document=b"%PDF Zulfanqa Wirabuminx",
        ).made  # fmt: skip
    (file,) = set(store.attachments.names()) - before
    person.close(store)

    erasure.erase_person(store, person.id, despite())

    seen = make.see(store, releases.release_of, paper)
    assert (seen.report_id, seen.has_pages) == ("R10-1111-2222-33", False)
    assert file not in store.attachments.names()


def test_a_paper_of_which_a_numbered_copy_was_handed_out_goes_with_its_copies(store):
    person = Person(store)
    with store.write("Print", kind="disclosure") as session:
        number = session.get(JourneyRow, person.journey).case_no
        paper = releases.record_release(
            session, report="case_summary", report_id="R1-1111-2222-33", parameters={"case": number}, figures={},
            language="id", audience=Audience.INTERNAL, sha256="ab" * 32, pages=1, document=b"%PDF Zulfanqa",
        ).made  # fmt: skip
    copy = CopyDraft(handed_to="Zulfanqa Wirabuminx", handed_on=dt.date(2026, 11, 2))
    make.do(store, custody.hand_out, paper, copy)
    person.close(store)

    erasure.erase_person(store, person.id, despite())

    assert found_in(store) == set()
    assert make.see(store, custody.copies_of, paper) == ()
    assert store.attachments.names() == []
    assert check_store(store).is_well
