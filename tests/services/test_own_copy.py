"""A person's own copy: all of the person, the trail of the processing, and nobody else."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa

from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.money import Money
from liaison.domain.pregnancy import NewbornDraft
from liaison.domain.privacy import Audience
from liaison.domain.travel import EscortDraft
from liaison.i18n import Language
from liaison.services import agents, claims, disclosure, merging, own_copy, patients, pregnancies, travel, work
from liaison.store.models import JourneyRow
from tests import make

OTHERS = ("Budi Sirait", "0812-6001-9999", "Hendra Gunawan", "Tono Kusuma", make.OFFICER)


@pytest.fixture
def person(store):
    key = make.patient(store)
    make.made(store, patients.add_identifier, key, make.identifier_draft())
    related = make.related_person_draft(name="Budi Sirait", phone="0812-6001-9999")
    make.made(store, patients.add_related_person, key, related)
    make.patient(store, full_name="Tono Kusuma")
    agent = make.made(store, agents.add_agent, make.agent_draft())
    cover = make.cover(store, key)
    journey = make.journey(store, key, cover_id=cover, agent_id=agent)
    said = "Budi Sirait (0812-6001-9999) dan Tono Kusuma bertanya"
    note = make.note_draft(journey_id=journey, counterpart="Budi Sirait", text=said)
    make.made(store, work.add_note, note)
    make.confirm(store, journey, FactKind.PASSPORT, given_by="Budi Sirait, suami")
    draft = make.claim_draft(patient_id=key, cover_id=cover, journey_id=journey)
    make.made(store, claims.file_claim, draft)
    make.do(
        store, disclosure.record_disclosure, report="case_summary", report_id="r", audience=Audience.INTERNAL,
        journey_id=journey, recipient="RS Penang", purpose="perawatan",
    )  # fmt: skip
    return key


def test_everything_of_the_person_is_in_it_with_the_trail_and_whom_it_went_to(store, person):
    copy = make.see(store, own_copy.own_copy, person)
    said = json.loads(own_copy.as_json(copy, Language("en")))

    kinds = {record["kind"] for record in said["records"]}
    assert {"patient", "patient_identifier", "cover", "policy", "journey", "note", "claim", "related_person"} <= kinds
    values = json.dumps(said["records"], ensure_ascii=False)
    for own in ("Dewi Lestari Siregar", "C1234567", "M-0042", "1980-03-14", "minta pasang ring"):
        assert own in values
    assert "[another person]" in values
    assert '"sex": "F"' in values
    assert {step["by"] for step in said["processing"]} <= {"officer", "program"}
    assert len(said["processing"]) >= 7
    assert [(d["what"], d["recipient"]) for d in said["given_to"]] == [("case_summary", "RS Penang")]


def test_nobody_else_is_in_it(store, person):
    copy = make.see(store, own_copy.own_copy, person)

    for language in ("id", "en"):
        text = own_copy.as_json(copy, Language(language)).decode()
        assert [other for other in OTHERS if other in text] == []


def test_what_was_merged_into_the_person_is_in_it_too(store, person):
    twin = make.patient(store, full_name="Dewi L. Siregar", note="catatan lama")
    make.do(store, merging.merge_patients, person, twin)

    copy = make.see(store, own_copy.own_copy, person)

    assert "catatan lama" in own_copy.as_json(copy, Language("en")).decode()


def test_the_person_of_a_case_is_found_by_its_number_and_an_unknown_one_refused(store, person):
    case = make.see(store, lambda s: s.scalar(sa.select(JourneyRow.case_no)))

    assert make.see(store, own_copy.person_of_case, f" {case.lower()} ") == person
    with pytest.raises(Refused):
        make.see(store, own_copy.person_of_case, "MDN-0")


def test_houses_doctors_and_what_somebody_is_stand_in_it_and_a_person_spoken_of_by_title_does_not(store):
    key = make.patient(store)
    house = make.hospital(store, name="Island Hospital")
    cover = make.cover(
        store, key, annual_limit_left=Money.of("1420000000", "IDR"), annual_limit_as_of=dt.date(2026, 11, 1)
    )
    journey = make.journey(store, key, cover_id=cover, hospital_id=house, doctor="dr. Lim Boon Keat")
    for counterpart, said in (
        ("Island Hospital", "Island Hospital minta hasil dari Bu Hesti"),
        ("istri", "kata istri, Pak Joko Susilo yang menjemput"),
        ("dr. Lim", "dr. Lim Boon Keat setuju"),
    ):
        make.made(store, work.add_note, make.note_draft(journey_id=journey, counterpart=counterpart, text=said))

    copy = make.see(store, own_copy.own_copy, key)
    values = [str(own_copy.shown_value(f.value, Language("id"))) for r in copy.records for f in r.fields]

    assert {"Island Hospital", "istri", "dr. Lim Boon Keat", "dr. Lim"} <= set(values)
    assert "Island Hospital minta hasil dari Bu [orang lain]" in values
    assert "kata istri, Pak [orang lain] yang menjemput" in values
    assert "Rp1.420.000.000" in " ".join(values)


def test_a_companion_stands_in_it_by_nothing_however_alike_the_names_and_however_the_number_is_written(store):
    key = make.patient(store, full_name="Dewi Lestari", phone="0812-7000-1122", phone_owner="Hendra Kusuma")
    sister = make.related_person_draft(name="Devi Lestari", phone="0812-7000-9911")
    make.made(store, patients.add_related_person, key, sister)
    make.patient(store, full_name="Ngô Thị Hương")
    journey = make.journey(store, key)
    escort = EscortDraft(journey_id=journey, name="DEVI LESTARI", phone="0812-7000-9911", passport="X1112223",
                         passport_expires_on=dt.date(2031, 7, 9))  # fmt: skip
    make.made(store, travel.add_escort, escort)
    for said in (
        "Devi Lestari menelepon dari +62 812 7000 9911", "Devi minta kabar, paspor X1112223",
        "sekamar dengan Ngô Thị Hương", "Dewi Lestari setuju",
    ):  # fmt: skip
        make.made(store, work.add_note, make.note_draft(journey_id=journey, text=said))

    text = own_copy.as_json(make.see(store, own_copy.own_copy, key), Language("en")).decode()

    others = ("Devi", "DEVI", "9911", "X1112223", "2031-07-09", "Hương", "Hendra")
    assert [other for other in others if other in text] == []
    assert "Dewi Lestari setuju" in text
    assert "081270001122" in text.replace("62812", "0812").replace("-", "")


def test_a_child_copy_does_not_hold_its_mothers_number(store):
    mother = make.patient(store, full_name="Rina Wulandari")
    journey = make.journey(store, mother)
    draft = NewbornDraft(journey_id=journey, born_on=dt.date(2026, 11, 1), mother_nik="1271015708850003")
    child = make.made(store, pregnancies.add_newborn, draft)

    text = own_copy.as_json(make.see(store, own_copy.own_copy, child), Language("en")).decode()

    assert "1271015708850003" not in text
