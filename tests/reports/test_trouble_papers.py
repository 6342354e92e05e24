"""Papers of trouble: both letters after a laptop was lost, the certificate of an erasure, a person's own copy."""

import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.privacy import Audience
from liaison.domain.trouble import Answer3, ErasureDraft, LostLaptopDraft
from liaison.i18n import Language
from liaison.reports.making import make_report, record_print
from liaison.services import erasure, lost_laptop, patients, work
from liaison.services.disclosure import disclosures_of
from tests import make
from tests.reports.reading import text_of
from tests.services.conftest import clock, prepared_store, store

__all__ = ["clock", "prepared_store", "store"]


def printed(store, name, language="en", **options):
    made = make.see(store, make_report, name, options, language=language)
    return made, " ".join(text_of(made.data).split())


def report(store, **values):
    draft = LostLaptopDraft(
        **{
            "aware_at": store.clock() - dt.timedelta(hours=5), "where_lost": "Kualanamu",
            "what_happened": "Tas dicuri di ruang tunggu.", "was_locked": Answer3.YES, **values,
        }
    )  # fmt: skip
    return make.made(store, lost_laptop.report_lost, draft)


@pytest.mark.parametrize("language", ["id", "en"])
def test_both_letters_say_what_the_law_asks_and_name_nobody(store, language):
    person = make.patient(store, full_name="Zulfan Wirabumin")
    make.made(store, patients.add_identifier, person, make.identifier_draft())
    report(store)

    for name in ("breach_persons", "breach_authority"):
        made, text = printed(store, name, language)
        assert made.pages <= 2
        assert "Tas dicuri di ruang tunggu." in text
        assert "Kualanamu" in text
        assert "Zulfan" not in text
        assert made.patient_id is None


def test_the_certificate_lists_places_by_kind_and_day_and_names_nobody(store):
    person = make.patient(store, full_name="Zulfan Wirabumin", passport_name="", phone="")
    elsewhere = make.journey(store, make.patient(store, full_name="Budi Santoso"))
    for number in range(30):
        make.made(store, work.add_note, make.note_draft(journey_id=elsewhere, text=f"{number} Zulfan Wirabumin"))
    erasure.erase_person(store, person, ErasureDraft(asked_on=dt.date(2026, 11, 2), ground="diminta tertulis"))

    made, text = printed(store, "erasure_certificate", "id")

    assert made.pages <= 2
    assert "Catatan 2 November 2026 30" in text, "places of one kind and day are one line with their number"
    assert "di 30 tempat lain" in text
    assert "Zulfan" not in text and "Budi" not in text


def test_the_authority_reads_how_many_and_how_it_was_guarded(store):
    make.patient(store)
    make.patient(store, full_name="Rani", birth_date=dt.date(2015, 1, 1))
    report(store, passphrase_with_it=Answer3.NO)

    _, text = printed(store, "breach_authority")

    assert "data of 2 persons" in text
    assert "AES-256" in text
    assert "The program was locked: yes." in text


@pytest.mark.parametrize(
    ("was_locked", "with_it", "said"),
    [
        (Answer3.YES, Answer3.UNKNOWN, "It was locked and everything on it is encrypted"),
        (Answer3.NO, Answer3.NO, "the program was open when it was lost"),
        (Answer3.UNKNOWN, Answer3.NO, "we cannot be sure that it was locked"),
        (Answer3.YES, Answer3.NO, "It can hardly be read."),
        (Answer3.YES, Answer3.YES, "You must expect that it has been read."),
    ],
)
def test_the_person_reads_of_the_lock_what_the_authority_reads(store, was_locked, with_it, said):
    report(store, was_locked=was_locked, passphrase_with_it=with_it)

    _, to_person = printed(store, "breach_persons")
    _, to_authority = printed(store, "breach_authority")

    assert said in to_person
    assert ("cannot be sure that it was locked" in to_person) is (was_locked is Answer3.UNKNOWN)
    assert f"The program was locked: {Language('en')(was_locked.label)}." in to_authority


def test_without_a_lost_laptop_there_is_no_letter_and_a_wrong_number_is_refused(store):
    with pytest.raises(Refused):
        printed(store, "breach_persons")
    report(store)
    with pytest.raises(Refused):
        printed(store, "breach_persons", lost="2")
    with pytest.raises(Refused):
        printed(store, "erasure_certificate")
    with pytest.raises(Refused):
        printed(store, "own_copy")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_certificate_says_how_much_went_and_until_when_backups_hold(store, language):
    person = make.patient(store, full_name="Zulfan Wirabumin")
    make.made(store, patients.add_identifier, person, make.identifier_draft())
    draft = ErasureDraft(asked_on=dt.date(2026, 11, 1), ground="diminta tertulis")
    erasure.erase_person(store, person, draft)

    made, text = printed(store, "erasure_certificate", language, number="ER-2026-001")

    assert "ER-2026-001" in text
    assert "2027" in text
    assert "diminta tertulis" in text
    assert made.pages == 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_persons_own_copy_holds_the_person_the_trail_and_nobody_else_and_is_written_down(store, language):
    person = make.patient(store)
    make.made(store, patients.add_related_person, person, make.related_person_draft(name="Budi Sirait"))
    journey = make.journey(store, person)
    make.made(store, patients.add_identifier, person, make.identifier_draft())

    made, text = printed(store, "own_copy", language, person=str(person))

    assert "Dewi Lestari Siregar" in text
    assert "C1234567" in text
    assert {"id": "perempuan", "en": "female"}[language] in text
    assert ("[another person]" in text) == (language == "en")
    assert "Budi Sirait" not in text
    assert make.OFFICER not in text
    assert journey
    with store.write(made.action_title, kind=made.action_kind) as session:
        record_print(session, made)
    (line,) = make.see(store, disclosures_of, person)
    assert (line.report, line.audience) == ("own_copy", Audience.FAMILY)
