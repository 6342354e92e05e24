"""Reports through the window: real pages, checks, and on record once they leave the office."""

import hashlib

import pypdfium2

from liaison.domain.privacy import Audience
from liaison.services.kept_answers import Older
from liaison.store.models import PatientRow
from liaison.ui.pages.reports import Made
from liaison.ui.widgets.label import Label


def releases(session):
    import sqlalchemy as sa

    return session.execute(sa.text("SELECT count(*) FROM release")).scalar_one()


def disclosures(session):
    import sqlalchemy as sa

    return session.execute(sa.text("SELECT recipient, audience FROM disclosure")).all()


def case_no(office):
    from liaison.services.views import journey_view

    return office.see(journey_view, office.ids["journey"]).case_no


def test_the_city_briefing_is_previewed_without_writing_anything(at_home):
    page = at_home.go("reports", name="city_briefing", city="Medan")
    at_home.settle(100)

    assert page._result is not None
    assert page._result.pages >= 1
    assert at_home.see(releases) == 0


def test_a_saved_case_summary_is_a_pdf_and_a_disclosure(at_home, tmp_path):
    page = at_home.go("reports", name="case_summary", case=case_no(at_home), audience="hospital")
    at_home.settle(100)
    target = tmp_path / "kasus.pdf"

    page.save_to(target)
    at_home.settle(50)

    assert len(pypdfium2.PdfDocument(target, password=page.leaving.agreed)) == page._result.pages
    assert [a for _r, a in at_home.see(disclosures)] == ["hospital"]
    assert at_home.see(releases) == 1


def test_the_paper_that_is_open_stands_in_view_in_the_list_of_papers(at_home):
    page = at_home.go("reports", name="clock_list")
    at_home.settle(100)
    chosen = page.chooser.choices["clock_list"]

    assert chosen.isChecked()
    assert not chosen.visibleRegion().isEmpty()


def test_without_a_case_the_page_says_what_to_choose(at_home):
    page = at_home.go("reports", name="case_summary")

    assert page._result is None
    assert page.bar.missing()


def test_an_unknown_case_is_refused_beside_the_preview(at_home):
    page = at_home.go("reports", name="case_summary", case="MDN-26-A9999-0")
    at_home.settle(50)

    assert page._result is None
    assert not at_home.troubles


def test_the_excel_twin_has_the_same_figures(at_home, tmp_path):
    import openpyxl

    page = at_home.go("reports", name="city_briefing", city="Medan")
    at_home.settle(100)
    target = tmp_path / "medan.xlsx"

    page.twin_to(target)
    at_home.settle(50)

    names = openpyxl.load_workbook(target).sheetnames
    assert len(names) == len(page._result.grids) + 1


def test_a_workbook_whose_name_names_the_person_is_not_written(at_home, tmp_path):
    page = at_home.go("reports", name="case_summary", case=case_no(at_home), audience="internal")
    at_home.settle(100)
    name = at_home.see(lambda session: session.get(PatientRow, page._result.patient_id).full_name)
    target = tmp_path / f"{name}.xlsx"

    page.twin_to(target)
    at_home.settle(50)

    assert not target.exists()
    assert at_home.see(releases) == 0


def test_the_evaluation_opens_from_kept_figures_and_is_made_anew_of_new_ones(at_home, monkeypatch):
    from liaison.ui.pages import reports
    from tests import make

    at_home.go("reports", name="evaluation")
    at_home.settle(100)
    make.journey(at_home.store)
    seen = []
    make_paper = reports._made

    def made(*asked):
        seen.append(make_paper(*asked))
        return seen[-1]

    monkeypatch.setattr(reports, "_made", made)
    page = at_home.go("reports", name="evaluation", language="en")
    at_home.settle(100)

    assert [one.older.is_stale for one in seen] == [True, False]
    assert page._result is seen[-1].result
    texts = ["".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(m.result.data)) for m in seen]
    assert ["Kept figures" in text for text in texts] == [True, False]


def seen_text(page):
    """The words of the pages in the preview."""
    return " ".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(page.pdf._document))


def test_a_headline_in_own_words_stands_on_the_page_and_leaves_with_it(at_home, tmp_path):
    page = at_home.go("reports", name="clock_list", language="en")
    at_home.settle(100)
    first = page._result
    made = first.headlines[0].generated
    assert "DRAFT · not released yet" in seen_text(page)

    field = page.headlines.fields["headline"]
    field.set_value("Nobody waits, 4711 clocks")
    field.committed.emit()
    at_home.settle(100)

    assert "4711" in " ".join(label.text() for label in page.side.findChildren(Label))
    assert page.leaving.result is None

    own = f"Look here: {made}"
    page.headlines.fields["headline"].set_value(own)
    page.headlines.fields["headline"].committed.emit()
    at_home.settle(100)
    kept = page.keep()
    page.save_to(tmp_path / "uhren.pdf")
    at_home.settle(50)

    text = " ".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(tmp_path / "uhren.pdf"))
    assert "Look here: " in " ".join(text.split())
    assert "DRAFT" not in text + seen_text(page)
    assert page._result.id != first.id
    assert page.headlines is None
    assert kept["headlines"] == {"headline": own}


def test_what_is_typed_and_not_on_the_page_yet_does_not_leave(at_home, tmp_path):
    page = at_home.go("reports", name="clock_list", language="en")
    at_home.settle(100)
    page.headlines.fields["headline"].set_value(f"Now: {page._result.headlines[0].generated}")

    page.save_to(tmp_path / "uhren.pdf")
    at_home.settle(100)

    assert not (tmp_path / "uhren.pdf").exists()
    assert page._result.headlines[0].own.startswith("Now: ")

    page.headlines.take_back("headline")
    at_home.settle(100)

    assert page._result.headlines[0].own == ""


def test_password_and_reason_of_one_copy_are_not_carried_to_another(at_home):
    page = at_home.go("reports", name="case_summary", case=case_no(at_home), audience="hospital")
    at_home.settle(100)
    page.leaving.agreed, page.leaving.open_because = "kata-sandi-RS", "dibaca bersama keluarga"

    page.bar.languages.chosen.emit("en")
    page._make()
    at_home.settle(100)
    assert page.leaving.agreed == "kata-sandi-RS"

    page.bar.reader.set_value(Audience.INSURER)
    page._make()
    at_home.settle(100)
    assert page._result.audience is Audience.INSURER
    assert page.leaving.agreed != "kata-sandi-RS"
    assert page.leaving.open_because == ""

    page.leaving.open_because = "dibaca bersama keluarga"
    page._switch("city_briefing")
    assert page.leaving.open_because == ""


def test_a_paper_that_comes_after_its_case_was_taken_out_is_not_offered(at_home):
    page = at_home.go("reports", name="case_summary", case=case_no(at_home), audience="hospital")
    at_home.settle(100)
    made = Made(paper=page._paper(), result=page._result, preview=page._result.data, older=Older())

    page.bar.case.line.setText("")
    page._make()
    page._arrived(made)

    assert page._result is None
    assert page.leaving.result is None


def test_the_workbook_of_a_person_is_closed_as_the_pages_are_and_its_own_hash_is_on_record(at_home, tmp_path):
    from liaison.services.releases import releases as printed

    page = at_home.go("reports", name="case_summary", case=case_no(at_home), audience="hospital")
    at_home.settle(100)
    target = tmp_path / "angka.xlsx"
    page.leaving.password.set_value("")
    page.leaving.password_typed()

    page.twin_to(target)
    at_home.settle(50)
    assert not target.exists() and at_home.see(releases) == 0

    page.leaving.make_password()
    page.twin_to(target)
    at_home.settle(50)

    data = target.read_bytes()
    assert not data.startswith(b"PK")
    (line,) = at_home.see(printed)
    assert line.sha256 == hashlib.sha256(data).hexdigest() and line.is_sealed
    assert len(at_home.see(disclosures)) == 1
