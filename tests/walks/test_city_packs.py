"""The packs of Medan and Surabaya: no patient, no number, no phone in them, one insurer like another, the same bytes.

Printed from the sample office and from claim lists as insurers send them, with patients who are called like words of
the paper: Mei is May, Juni is June, Medan is a city. Nothing here reaches a network (``tests/conftest.py``).
"""

import datetime as dt
import io
import re
import shutil

import pikepdf
import pypdfium2
import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QMainWindow

from liaison.cli import main
from liaison.domain.names import fold
from liaison.domain.network import OrganizationKind
from liaison.domain.patients import RelationKind
from liaison.domain.privacy import Audience
from liaison.domain.roadshows import RoadshowDraft
from liaison.i18n import N_, Language
from liaison.reports.making import make_report
from liaison.services import patients, roadshows
from liaison.settings import Settings
from liaison.store.models import (
    AgentRow,
    ClaimRow,
    CoverRow,
    GuaranteeRow,
    JourneyRow,
    OrganizationRow,
    PatientIdentifierRow,
    PatientRow,
    PolicyRow,
    RelatedPersonRow,
    RoadshowRow,
)
from liaison.ui.desk import Officer
from liaison.ui.hub import Hub
from liaison.ui.icons import Icons
from liaison.ui.masking import Masking
from liaison.ui.office_frame import OfficeFrame, Shared
from liaison.ui.pages_list import PAGES
from liaison.ui.places import Place
from liaison.ui.runner import Runner
from liaison.ui.theme import Palette, Theme
from tests import make, sampling
from tests.reports.reading import pages_of, squeezed
from tests.ui.eyes import cut

CITIES = ("Medan", "Surabaya")
LANGUAGES = ("id", "en")
WORDLIKE = ("Mei", "Medan", "Juni", "Sri", "Nusa", "Bintang", "Mei Mei", "Sri Rejeki Juniati")
"""Patients called like words that stand on the paper, and two with names of several words."""


@pytest.fixture(scope="module")
def peopled(tmp_path_factory):
    """The folder of a sample office with patients who travelled and are called like words of the paper."""
    folder = tmp_path_factory.mktemp("packs") / "store"
    shutil.copytree(sampling.sample_folder(tmp_path_factory), folder)
    with make.opened(folder, sampling.clock()) as store:
        for number, name in enumerate(WORDLIKE):
            somebody(store, name, number, origin_city=CITIES[number % 2])
    return folder


@pytest.fixture(scope="module")
def office(peopled, tmp_path_factory):
    """That office, only read."""
    folder = tmp_path_factory.mktemp("read") / "store"
    shutil.copytree(peopled, folder)
    with make.opened(folder, sampling.clock()) as store:
        yield store


@pytest.fixture(scope="module")
def exchanged(peopled, tmp_path_factory):
    """The same office, were every insurer another one."""
    folder = tmp_path_factory.mktemp("others") / "store"
    shutil.copytree(peopled, folder)
    with make.opened(folder, sampling.clock()) as store:
        with store.write(N_("Test step")) as session:
            rows = insurers(session)
            said = [(row.name, row.short_name, row.name_key) for row in rows]
            for row, (name, short, key) in zip(rows, [*said[1:], said[0]], strict=True):
                row.name, row.short_name, row.name_key = name, short, key
        yield store


def insurers(session):
    kinds = (OrganizationKind.INSURER, OrganizationKind.ADMINISTRATOR)
    asked = sa.select(OrganizationRow).where(OrganizationRow.kind.in_(kinds)).order_by(OrganizationRow.id)
    return list(session.scalars(asked))


def somebody(store, name, number, **where):
    """A patient with a case of the last year, a passport, a phone and a wife."""
    key = make.patient(store, full_name=name, passport_name=name.upper(), phone=f"0812-7711-{number:04d}")
    passport = make.identifier_draft(value=f"X77{number:05d}")
    make.made(store, patients.add_identifier, key, passport)
    wife = make.related_person_draft(relation=RelationKind.SPOUSE, name=f"Agustina Purnama {chr(65 + number)}lim")
    make.made(store, patients.add_related_person, key, wife)
    cover = make.cover(store, key, policy_no=f"PN-771-{number:04d}")
    make.journey(store, key, cover_id=cover, diagnosis_code="I25.1", **where)


@pytest.fixture(scope="module")
def lists(tmp_path_factory, shared_data):
    """An office that knows nothing but four claim lists, and a round table to come in both cities."""
    base = tmp_path_factory.mktemp("lists")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIAISON_PASSPHRASE", make.PASSPHRASE)
        patch.setenv("LIAISON_CONFIG", str(base / "config"))
        patch.setenv("LIAISON_DATA", str(base / "data"))
        folder = base / "store"
        make.new_store(folder, sampling.clock()).close()
        files = sorted(f for f in (shared_data / "bordereaux").glob("0*") if f.suffix != ".json")
        words = ["--as-of", "2026-11-20T14:05+07:00", "--store", str(folder), "import", *map(str, files)]
        assert main([*words, "--city", "Medan"]) == 0
    with make.opened(folder, sampling.clock()) as store:
        for city in CITIES:
            event = RoadshowDraft(city=city, starts_on=dt.date(2026, 12, 2), series="Meja bundar")
            make.made(store, roadshows.add_roadshow, event)
        for number, name in enumerate(WORDLIKE):
            make.patient(store, full_name=name, passport_name="", phone=f"0812-7711-{number:04d}", city="Medan")
        yield store


def event_in(session, city):
    newest = sa.select(RoadshowRow.id).where(RoadshowRow.city == city).order_by(RoadshowRow.starts_on.desc())
    return session.scalars(newest.limit(1)).one()


def pack(store, city, language="id", audience=Audience.PUBLIC):
    """The pack of a city's newest round table."""
    key = make.see(store, event_in, city)
    return make.see(store, make_report, "city_pack", {"event": str(key)}, language=language, audience=audience)


def briefing(store, city, language="id"):
    return make.see(store, make_report, "city_briefing", {"city": city}, language=language)


def everything_in(result):
    """All that stands in a file: the text of the pages, metadata, bookmarks, and the values of its charts."""
    told = pages_of(result.data)
    with pikepdf.open(io.BytesIO(result.data)) as pdf:
        told += [f"{key} {value}" for key, value in pdf.docinfo.items()]
        told.append(bytes(pdf.Root.Metadata.read_bytes()).decode() if "/Metadata" in pdf.Root else "")
        assert "/AcroForm" not in pdf.Root
        assert not pdf.attachments
    document = pypdfium2.PdfDocument(result.data)
    told += [mark.get_title() for mark in document.get_toc()]
    document.close()
    for grid in result.grids:
        told.append(grid.title)
        told += [column.label for column in grid.columns]
        told += [str(cell) for row in grid.rows for cell in row]
    return squeezed(" \n ".join(told))


def texts(session, *columns):
    return {text for column in columns for text in session.scalars(sa.select(column)) if text}


def names_in(session):
    return texts(
        session, PatientRow.full_name, PatientRow.passport_name, RelatedPersonRow.name, CoverRow.name_on_policy,
        PolicyRow.holder_name, AgentRow.name,
    )  # fmt: skip


def numbers_in(session):
    return texts(
        session, PatientIdentifierRow.value, PolicyRow.policy_no, CoverRow.member_no, CoverRow.card_no,
        ClaimRow.claim_no, ClaimRow.gl_no, GuaranteeRow.gl_no, JourneyRow.case_no, JourneyRow.mrn,
    )  # fmt: skip


def phones_in(session):
    return texts(session, PatientRow.phone_digits, RelatedPersonRow.phone_digits, AgentRow.phone_digits)


def people_found(session, text):
    """Names of two words and more, numbers and phones of the store that stand in a text."""
    folded = f" {fold(text)} "
    names = {n for n in names_in(session) if " " in fold(n) and f" {fold(n)} " in folded}
    squeezed_text = re.sub(r"[\W_]+", "", text).casefold()
    digits = re.sub(r"\D+", "", text)
    numbers = {n for n in numbers_in(session) if _is_in(re.sub(r"[\W_]+", "", n).casefold(), squeezed_text)}
    phones = {p for p in phones_in(session) if len(p) >= 8 and p[-8:] in digits}
    return names | numbers | phones


def _is_in(number, squeezed_text):
    """Shorter numbers stand inside longer ones by chance; those of nine signs and more do not."""
    return len(number) >= 9 and sum(sign.isdigit() for sign in number) >= 6 and number in squeezed_text


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_prints_with_a_patient_called_mei_and_carries_nobody(office, city, language):
    for paper in (pack(office, city, language), briefing(office, city, language)):
        text = everything_in(paper)

        assert city in text
        assert make.see(office, people_found, text) == set()
        assert not paper.names_people


@pytest.mark.parametrize("city", CITIES)
def test_a_pack_from_imported_claim_lists_carries_nobody(lists, city):
    for language in LANGUAGES:
        for paper in (pack(lists, city, language), briefing(lists, city, language)):
            text = everything_in(paper)

            assert city in text
            assert make.see(lists, people_found, text) == set()


@pytest.mark.parametrize("city", CITIES)
def test_printing_a_pack_again_gives_the_same_bytes(office, lists, city):
    for store in (office, lists):
        assert pack(store, city).data == pack(store, city).data
        assert briefing(store, city, "en").data == briefing(store, city, "en").data


def test_words_of_the_paper_are_no_leak_though_patients_are_called_so(office):
    """The months stand in the paper; that a patient is called Mei neither stops it nor takes May out of it."""
    text = everything_in(pack(office, "Medan", "id"))

    assert re.search(r"\bMei\b", text)
    assert re.search(r"\bMedan\b", text)


@pytest.mark.parametrize("city", CITIES)
def test_no_insurer_can_be_told_from_another_on_joint_paper(office, exchanged, city):
    """Were every insurer another one, the papers would be the same but for the head of the journal."""
    houses = make.see(office, lambda session: {fold(row.name) for row in insurers(session)})
    assert len(houses) > 2

    for make_paper in (pack, briefing):
        text = bare(everything_in(make_paper(office, city)))
        assert bare(everything_in(make_paper(exchanged, city))) == text
        assert not {house for house in houses if f" {house} " in f" {fold(text)} "}


def bare(text):
    """Without the report's id and the head of the journal, in which every change of the store shows."""
    text = re.sub(r"\bR\d+(?:-[0-9A-F]{2,4}){3,}", "id", text)
    return re.sub(r"[0-9a-f]{4}…[0-9a-f]{4}", "head", text)


SMALL_LAPTOP = (1366, 768)


@pytest.fixture
def frame_in(qtbot, qapp, peopled, tmp_path):
    """The window of a small laptop on a copy of the peopled office, in a language."""
    folder = tmp_path / "own"
    shutil.copytree(peopled, folder)
    store, theme, hub = make.opened(folder, sampling.clock()), Theme(Palette.LIGHT), Hub()
    theme.install(qapp)
    shown = []

    def open_it(language):
        shared = Shared(
            runner=Runner.at_once(store, hub), hub=hub, theme=theme, icons=Icons(theme), masking=Masking(),
            settings=lambda: Settings(language=language), clock=sampling.clock(),
        )  # fmt: skip
        frame = OfficeFrame(shared, Language(language), Officer(name=make.OFFICER, office="Kantor Medan"), PAGES)
        window = QMainWindow()
        window.setCentralWidget(frame)
        window.resize(*SMALL_LAPTOP)
        qtbot.addWidget(window)
        window.show()
        shown.append((window, frame))
        return store, frame

    yield open_it
    for window, frame in shown:
        window.hide()
        frame.setParent(None)
        frame.deleteLater()
    qapp.setStyleSheet("")
    store.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_a_small_laptop_both_packs_leave_through_the_window(frame_in, qtbot, tmp_path, language):
    store, frame = frame_in(language)
    for city in CITIES:
        event = make.see(store, event_in, city)
        values = {"name": "city_pack", "event": str(event), "audience": "public", "language": language}
        frame.go(Place(page="reports", values=values))
        qtbot.waitUntil(lambda: frame.page._result is not None)
        qtbot.wait(50)
        target = tmp_path / f"{city}.pdf"

        assert cut(frame) == []
        assert (frame.window().width(), frame.window().height()) == SMALL_LAPTOP
        frame.page.save_to(target)
        qtbot.waitUntil(target.exists)

        text = squeezed(" ".join(pages_of(target.read_bytes())))
        assert city in text
        assert make.see(store, people_found, text) == set()
    assert make.see(store, lambda session: session.scalar(sa.text("SELECT count(*) FROM release"))) == len(CITIES)
