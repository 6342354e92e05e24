"""A workbook of a paper leaves as its PDF does: closed by the same rule, with its own line and hash, or not at all."""

import datetime as dt
import hashlib
import io
import re
from functools import partial
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest

import liaison
from liaison.domain.errors import Refused, Unavailable
from liaison.domain.privacy import Audience
from liaison.exchange import sealed_workbook
from liaison.i18n import Language
from liaison.reports import leaving, portfolio_cases
from liaison.reports.catalogue import REPORTS, report_called
from liaison.reports.closing import Closing, closing, strictest
from liaison.reports.leaving import Seal
from liaison.reports.making import make_report
from liaison.services import disclosure, releases
from tests import make

NAMES = ("own_copy", "breach_persons", "portfolio_cases", "city_briefing")
AGREED = Seal(password="7KQ2M-9XT4B-H3VWD-PRC")
SAID = Seal(open_because="pasien meminta berkas terbuka")
NAME = "Zulfan Wirabumin"


@pytest.fixture
def person(store):
    key = make.patient(store, full_name=NAME, passport_name="")
    make.journey(store, key)
    return key


@pytest.fixture
def copy(store, person):
    return make.see(store, make_report, "own_copy", {"person": str(person)}, language="en")


def book_of(paper):
    words = Language("en")
    return partial(
        sealed_workbook.twin, grids=paper.grids, about=leaving.about_workbook(paper, words), language=words,
        made_at=paper.as_of,
    )  # fmt: skip


def put(store, paper, target, seal):
    with store.write(paper.action_title, kind=paper.action_kind) as session:
        return leaving.put_twin(session, paper, target, book_of(paper), seal)


def lines(store, person):
    return make.see(store, disclosure.disclosures_of, person)


def test_a_workbook_about_a_person_does_not_leave_open_without_a_reason(store, person, copy, tmp_path):
    with pytest.raises(Refused) as refused:
        put(store, copy, tmp_path / "a.xlsx", Seal(open_because=" "))

    (problem,) = refused.value.problems
    assert (problem.code, problem.field) == ("MUST_BE_SEALED", "password")
    assert "workbook" in problem.text(Language("en"))
    assert list(tmp_path.glob("*.xlsx*")) == [] and lines(store, person) == []


def test_sealed_it_opens_with_the_password_alone_and_its_line_holds_its_own_hash(store, person, copy, tmp_path):
    target = tmp_path / "a.xlsx"
    put(store, copy, target, AGREED)

    data = target.read_bytes()
    assert not data.startswith(b"PK") and NAME.encode() not in data
    book = msoffcrypto.OfficeFile(io.BytesIO(data))
    assert book.is_encrypted()
    book.load_key(password=AGREED.password)
    plain = io.BytesIO()
    book.decrypt(plain, verify_integrity=True)
    cells = [str(cell.value) for sheet in openpyxl.load_workbook(plain) for row in sheet.iter_rows() for cell in row]
    assert copy.id in cells and copy.id.encode() not in data
    view = make.see(store, releases.release, copy.id)
    assert view.sha256 == hashlib.sha256(data).hexdigest() != copy.sha256
    assert view.figures["workbook"] is True and view.is_sealed and "open_because" not in view.figures
    assert make.see(store, releases.kept_pages, view.id) == copy.data
    assert len(lines(store, person)) == 1


def test_the_reason_why_a_workbook_stays_open_is_kept_with_its_record(store, copy, tmp_path):
    target = tmp_path / "a.xlsx"
    put(store, copy, target, SAID)

    view = make.see(store, releases.release, copy.id)
    assert view.figures["open_because"] == SAID.open_because and not view.is_sealed
    assert view.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()


@pytest.mark.parametrize("password", ["short", "x" * 200])
def test_a_password_that_no_pdf_takes_closes_no_workbook_either(store, person, copy, tmp_path, password):
    with pytest.raises(Refused):
        put(store, copy, tmp_path / "a.xlsx", Seal(password=password))

    assert list(tmp_path.glob("*.xlsx*")) == [] and lines(store, person) == []


def test_a_name_that_names_the_person_is_refused(store, person, copy, tmp_path):
    with pytest.raises(Refused) as refused:
        put(store, copy, tmp_path / "wirabumin.xlsx", AGREED)

    assert [one.code for one in refused.value.problems] == ["NAMES_SOMEBODY"]
    assert list(tmp_path.glob("*.xlsx*")) == [] and lines(store, person) == []


def test_an_action_that_fails_after_it_leaves_no_workbook_and_what_stood_there(store, person, copy, tmp_path):
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"before")

    with (
        pytest.raises(Unavailable),
        store.write(copy.action_title, kind=copy.action_kind) as session,
    ):
        leaving.put_twin(session, copy, target, book_of(copy), AGREED)
        raise Unavailable("disk")

    assert target.read_bytes() == b"before"
    assert [one.name for one in tmp_path.glob("*a.xlsx*")] == ["a.xlsx"] and lines(store, person) == []


def test_the_workbook_of_one_paper_has_the_same_bytes_whenever_it_is_written(store, copy, tmp_path):
    put(store, copy, tmp_path / "a.xlsx", SAID)
    store.clock.forward(hours=30)
    put(store, copy, tmp_path / "b.xlsx", SAID)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    made = openpyxl.load_workbook(tmp_path / "a.xlsx").properties
    assert made.created == made.modified == copy.as_of.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)


def test_pages_printed_again_after_a_workbook_are_on_record_with_their_own_hash(store, copy, tmp_path):
    put(store, copy, tmp_path / "a.xlsx", SAID)
    key = make.see(store, releases.release_called, copy.id).id

    with store.write("again", kind="disclosure") as session:
        leaving.put_again(session, key, tmp_path / "a.pdf", SAID)

    view = make.see(store, releases.release_called, copy.id)
    assert view.sha256 == hashlib.sha256((tmp_path / "a.pdf").read_bytes()).hexdigest()
    assert "workbook" not in view.figures


# the rule


def test_the_rule_of_closing_from_the_freest_to_the_strictest():
    own, letter, annex, briefing = map(report_called, NAMES)
    insurer, inside, public, family = Audience.INSURER, Audience.INTERNAL, Audience.PUBLIC, Audience.FAMILY

    assert closing(briefing, public, names_people=False, is_sample=False) is Closing.FREE
    assert closing(letter, public, names_people=False, is_sample=False) is Closing.OFFERED
    assert closing(own, family, names_people=True, is_sample=True) is Closing.OFFERED
    assert closing(own, family, names_people=True, is_sample=False) is Closing.REASONED
    assert closing(annex, inside, names_people=True, is_sample=False) is Closing.REASONED
    assert closing(annex, insurer, names_people=True, is_sample=True) is Closing.ALWAYS
    assert strictest([]) is Closing.FREE
    assert strictest([Closing.FREE, Closing.REASONED, Closing.OFFERED]) is Closing.REASONED


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_whoever_the_reader_is_a_paper_about_a_real_person_never_leaves_open_just_so(report):
    for audience in report.audiences:
        how = closing(report, audience, names_people=True, is_sample=False)
        assert how.must_close and how.takes_password
        assert how.takes_reason == (how is not Closing.ALWAYS)


def test_the_workbook_of_a_paper_that_leaves_sealed_only_is_refused(store, copy, tmp_path, monkeypatch):
    monkeypatch.setattr(leaving, "closing_of", lambda *_a, **_k: Closing.ALWAYS)
    with pytest.raises(Refused) as refused:
        put(store, copy, tmp_path / "a.xlsx", AGREED)

    assert [one.code for one in refused.value.problems] == ["NO_TWIN"]
    assert portfolio_cases.REPORT.must_be_sealed


SEALS = re.compile(r"\.(must|can)_be_sealed\b|is_sealed_for|needs_seal")
SAMPLE = re.compile(r"(?<!is_sample=self\.desk\.)officer\.sample")


def test_no_other_place_decides_when_a_seal_is_needed():
    """Whether a report must or can be sealed is read by the rule alone; pages of papers hand it their office only."""
    root = Path(liaison.__file__).parent
    texts = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.rglob("*.py")}
    asked = {name for name in texts if SEALS.search(texts[name])}
    judging = {name for name in texts if re.search(r"ui/pages/(report|print)", name) and SAMPLE.search(texts[name])}

    assert asked == {"reports/closing.py"}
    assert judging == set()
