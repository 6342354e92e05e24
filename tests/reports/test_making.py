"""From a name to a PDF: options, audiences, ids, leaks, the line in the releases and disclosures."""

import datetime as dt
from contextlib import suppress

import pytest
import sqlalchemy as sa

from liaison.domain.errors import Refused, Unavailable
from liaison.domain.facts import FactKind
from liaison.domain.journeys import JourneyState
from liaison.domain.privacy import Audience
from liaison.i18n import N_, Language
from liaison.reports.catalogue import REPORTS
from liaison.reports.making import make_report, put_on_record, record_print
from liaison.services import patients
from liaison.services.disclosure import disclosures_of
from liaison.services.releases import release, releases
from liaison.store.models import JourneyRow, OrganizationRow, PatientRow
from tests import make
from tests.reports import fill
from tests.reports.reading import text_of


def cases(store, *states):
    with store.read() as session:
        question = sa.select(JourneyRow.case_no).where(JourneyRow.is_open.is_(True)).order_by(JourneyRow.id)
        if states:
            question = question.where(JourneyRow.state.in_([state.value for state in states]))
        return list(session.scalars(question))


def report(store, name, language="en", audience=None, **options):
    with store.read() as session:
        return make_report(session, name, options, language=language, audience=audience)


def refusal(store, name, audience=None, **options):
    with pytest.raises(Refused) as caught:
        report(store, name, audience=audience, **options)
    return caught.value.problems


# what may be asked for


def test_an_unknown_report_is_refused_with_the_known_names(store):
    (problem,) = refusal(store, "ringkasan")

    assert problem.code == "UNKNOWN_REPORT"
    assert problem.values["known"] == ", ".join(report.name for report in REPORTS)


def test_missing_and_unknown_options_are_named_together(store):
    problems = refusal(store, "city_briefing", kota="Medan", city=" ")

    assert [(p.code, p.values["option"]) for p in problems] == [("UNKNOWN_OPTION", "kota"), ("MISSING_OPTION", "city")]


def test_an_audience_a_report_is_not_made_for_is_refused(store):
    (problem,) = refusal(store, "city_briefing", audience=Audience.INSURER, city="Medan")

    assert problem.values["known"] == "public"


def test_an_unknown_case_and_an_unreadable_moment_are_refused(sample_store):
    assert refusal(sample_store, "case_summary", case="MDN-99-A9999-9")[0].code == "NO_SUCH_CASE"
    assert refusal(sample_store, "case_summary", case=cases(sample_store)[0], by="besok")[0].code == "BAD_MOMENT"


def test_every_report_says_what_it_is_and_asks_for():
    assert len({one.name for one in REPORTS}) == len({one.code for one in REPORTS}) == len(REPORTS)
    for one in REPORTS:
        assert one.title
        assert one.audiences
        assert all(option.label for option in one.options)


# every case of the sample office


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_open_case_of_the_sample_office_prints_for_every_audience(sample_store, language):
    for case in cases(sample_store)[:: 1 if language == "id" else 4]:
        for audience in (Audience.INTERNAL, Audience.HOSPITAL, Audience.INSURER, Audience.PUBLIC):
            result = report(sample_store, "case_summary", language, audience, case=case)
            assert result.data.startswith(b"%PDF")
            assert not any(problem.severity == "error" for problem in result.warnings)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("city", ["Medan", "Jakarta", "Surabaya"])
def test_the_sample_offices_briefings_print_without_a_leak(sample_store, city, language):
    result = report(sample_store, "city_briefing", language, city=city)

    assert result.pages in (1, 2)  # few people make one page; an annex follows where something had to be hidden
    assert result.audience is Audience.PUBLIC
    assert result.journey_id is None


def test_a_closed_case_prints_too(sample_store):
    with sample_store.read() as session:
        case = session.scalar(
            sa.select(JourneyRow.case_no).where(JourneyRow.state == JourneyState.CLOSED.value).limit(1)
        )

    assert report(sample_store, "case_summary", case=case.lower()).pages >= 1


def test_own_words_and_a_deadline_stand_on_the_page(sample_store):
    options = {
        "case": cases(sample_store)[0],
        "ask": "Mohon kabar",
        "by": "2026-11-20 17:00",
        "number": "7/X",
        "annexes": "dua lampiran",
        "receiver": "Unit Klaim",
    }

    text = text_of(report(sample_store, "case_summary", audience=Audience.INSURER, **options).data)

    for words in ("Mohon kabar", "17:00 WIB", "No. 7/X", "dua lampiran", "For: Unit Klaim."):
        assert words in text


# same data, same bytes


def test_the_same_data_and_clock_give_the_same_bytes_and_id(sample_store):
    first = report(sample_store, "city_briefing", city="Medan")
    second = report(sample_store, "city_briefing", city="Medan")

    assert first.data == second.data
    assert first.id == second.id
    assert first.id.startswith("R6-")


def test_another_city_language_or_moment_has_another_id(sample_store):
    ids = {
        report(sample_store, "city_briefing", "en", city="Medan").id,
        report(sample_store, "city_briefing", "id", city="Medan").id,
        report(sample_store, "city_briefing", "en", city="Jakarta").id,
    }

    assert len(ids) == 3


def test_the_id_stands_on_the_page_with_the_head_of_the_journal(store):
    fill.fill(store, 20)

    result = report(store, "directory", city="Penang")

    assert result.id in text_of(result.data)
    assert "Journal " in text_of(result.data)


def test_printing_does_not_change_the_head_in_the_footer(store):
    fill.fill(store, 20)
    first = report(store, "directory", city="Penang")
    with store.write(first.action_title, kind=first.action_kind) as session:
        record_print(session, first)

    again = report(store, "directory", city="Penang")

    assert again.data == first.data


# leaks


def rename_hospital(store, name):
    with store.write(N_("Test step")) as session:
        house = session.scalar(sa.select(OrganizationRow).where(OrganizationRow.name == "Island Hospital"))
        house.specialties = [name]


def test_a_full_name_that_slipped_into_a_public_paper_is_refused(store):
    fill.fill(store, 0)
    make.made(store, patients.add_patient, make.patient_draft(full_name="Rina Wulandari Siregar"))
    rename_hospital(store, "dr. Rina Wulandari Siregar")

    (problem,) = refusal(store, "directory", city="Penang")

    assert problem.code == "LEAK_NAME"
    assert "Rina" not in problem.text(Language("en"))


def test_a_one_word_name_warns_and_prints(store):
    fill.fill(store, 0)
    make.made(store, patients.add_patient, make.patient_draft(full_name="Suryanto"))
    rename_hospital(store, "Suryanto")

    result = report(store, "directory", city="Penang")

    assert [problem.code for problem in result.warnings] == ["ONE_WORD_NAME"]


def test_a_one_word_name_that_the_report_itself_uses_does_not_even_warn(store):
    fill.fill(store, 0)
    for name in ("Penang", "Hospital", "Languages", "November"):
        make.made(store, patients.add_patient, make.patient_draft(full_name=name, passport_name=""))

    assert report(store, "directory", city="Penang").warnings == ()


def test_a_phone_of_a_person_in_the_directory_is_refused(store):
    fill.fill(store, 0)
    make.made(store, patients.add_patient, make.patient_draft(phone="+60 4 000 0201"))

    assert [p.code for p in refusal(store, "directory", city="Penang")] == ["LEAK_PHONE"]


def test_an_insurer_named_on_joint_paper_is_refused(store):
    fill.fill(store, 200)
    with store.write(N_("Test step")) as session:
        for house in session.scalars(sa.select(OrganizationRow).where(OrganizationRow.city == "Penang")):
            house.city = "PT Asuransi Nusantara Sentosa"

    assert {p.code for p in refusal(store, "city_briefing", city="Medan")} == {"LEAK_INSURER"}


def test_a_character_without_a_letter_is_shown_and_listed(store):
    fill.fill(store, 0)
    rename_hospital(store, "กระดูก")

    (problem,) = report(store, "directory", city="Penang").warnings

    assert problem.code == "SHOWN_AS_MARK"
    assert "[U+0E01]" in problem.text(Language("en"))


# files and records


def test_a_report_is_written_whole_with_its_line_or_not_at_all(store, tmp_path):
    place = tmp_path / "papers"
    place.mkdir()
    result = report(store, "clock_list")

    for target in (place / "a.pdf", place / "no folder" / "b.pdf"):
        with suppress(Unavailable), store.write(result.action_title, kind=result.action_kind) as session:
            put_on_record(session, result, target)

    assert [path.name for path in place.iterdir()] == ["a.pdf"]
    assert (place / "a.pdf").read_bytes() == result.data
    assert len(make.see(store, releases)) == 1


def test_a_copy_of_a_case_leaves_a_line_in_the_disclosures(store):
    fill.fill(store, 3)
    with store.read() as session:
        asked = sa.select(JourneyRow.id, JourneyRow.case_no, JourneyRow.patient_id)
        key, case, patient = session.execute(asked.limit(1)).one()
    make.confirm(store, key, FactKind.C1, FactKind.C2, FactKind.C4)
    result = report(store, "case_summary", audience=Audience.INSURER, case=case, receiver="Unit Klaim", purpose="klaim")

    with store.write(result.action_title, kind=result.action_kind) as session:
        record_print(session, result)

    with store.read() as session:
        (line,) = disclosures_of(session, patient)
        kept = release(session, result.id)
    assert (line.report, line.report_id, line.recipient, line.purpose) == (
        "case_summary",
        result.id,
        "Unit Klaim",
        "klaim",
    )
    assert kept.sha256 == result.sha256
    assert "tables" not in kept.figures


def test_a_public_paper_leaves_its_figures_in_the_releases(store):
    fill.fill(store, 120)
    result = report(store, "city_briefing", city="Medan")

    with store.write(result.action_title, kind=result.action_kind) as session:
        record_print(session, result)

    with store.read() as session:
        kept = release(session, result.id)
        people = session.scalars(sa.select(PatientRow.full_name)).all()
    assert str(result.action_kind) == "release"
    assert any(table["title"] == "What we ask for" for table in kept.figures["tables"])
    assert not any(name in str(kept.figures) for name in people if " " in name)


def test_the_twin_has_the_printed_figures_and_their_stars(store):
    fill.fill(store, 150)

    result = report(store, "city_briefing", city="Medan")

    cells = [cell for grid in result.grids for row in grid.rows for cell in row]
    assert {grid.title for grid in result.grids} >= {"What we ask for"}
    assert all(cell % 5 == 0 for cell in cells if isinstance(cell, int))


def test_no_name_stays_in_memory_after_a_print(sample_store):
    from liaison.reports import fonts, text

    report(sample_store, "case_summary", case=cases(sample_store)[0])

    kept = (text._clean, text._runs, text._wrapped, fonts.placed)
    assert [each.cache_info().currsize for each in kept] == [0, 0, 0, 0]


def test_the_clock_of_the_store_is_the_moment_of_the_data(store, clock):
    fill.fill(store, 0)
    clock.forward(days=200)

    text = text_of(report(store, "directory", city="Penang").data)

    assert "8 Jun 2027" in text
    assert clock.now.date() == dt.date(2027, 6, 8)
