"""Walks W1, W2, W4, W5 and W10 through the house, as far as a machine can walk them."""

import ast
import datetime as dt
import shutil
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

import liaison
from liaison.domain import claims as claim_rules
from liaison.domain import guarantees as letter_rules
from liaison.domain import journeys as journey_rules
from liaison.domain.claims import ClaimState
from liaison.domain.errors import Locked, Refused
from liaison.domain.listing import RowCode
from liaison.domain.money import Money
from liaison.domain.privacy import Audience
from liaison.exchange.bordereau import stage_claims
from liaison.i18n import N_, Language
from liaison.reports import claim_letter
from liaison.reports.blocks import Grid
from liaison.reports.claim_view import LetterOptions
from liaison.services import claim_lists, claims
from liaison.services.claim_list_people import People
from liaison.services.claim_lists import Asked
from liaison.settings import Settings
from liaison.store import backup, vault
from liaison.store.models import ClaimRow, OrganizationRow, PatientRow
from liaison.store.opening import open_store
from liaison.store.schema import MIGRATIONS, Schema, liaison_schema
from liaison.ui.desk import Officer
from liaison.ui.hub import Hub
from liaison.ui.icons import Icons
from liaison.ui.masking import Masking
from liaison.ui.office_frame import OfficeFrame, Shared
from liaison.ui.pages_list import PAGES
from liaison.ui.places import Place
from liaison.ui.runner import Runner
from tests import make
from tests.exchange.lists import xlsx
from tests.reports.reading import text_of
from tests.services.staged import bring, claim, claim_list, counts, plan, rows
from tests.walks import new_field

PACKAGE = Path(liaison.__file__).parent
ASKED = Asked(insurer="Asuransi Nusantara Sehat", city="Medan")


# W1: a claim typed into the form until it stands in the printed letter


WAY = (
    ("ui/pages/claim_form.py", ""),
    ("ui/widgets/form.py", "widgets.form"),
    ("domain/claims.py", "domain.claims"),
    ("ui/runner.py", "runner"),
    ("services/claims.py", "services.claims.file_claim"),
    ("store/models/claims.py", "store.models.claims"),
    ("reports/claim_letter.py", "reports.claim_letter"),
    ("reports/pdf.py", "pdf.write_pdf"),
)
"""The modules to open, in order, each with the words by which one of those before it names it."""


def test_each_module_on_the_way_of_a_claim_into_its_letter_is_named_by_one_before_it():
    assert len(WAY) <= 8
    read = ""

    for path, name in WAY:
        assert name in read, f"nothing before {path} names it as {name}"
        read += (PACKAGE / path).read_text(encoding="utf-8").split("\n\nfrom ", 1)[0]  # what stands above the imports
        read += " ".join(_steps(PACKAGE / path))


def test_what_is_typed_key_by_key_into_the_form_stands_in_the_printed_letter(officer):
    store = officer.program.runner.store
    person = make.patient(store)
    cover = make.cover(store, person, officer.insurer)
    page = officer.go("claim_new")
    page.person.take(person, "Dewi")
    page.person.found.emit(person)
    page.cover.set_value(cover)

    for name, words in (("claim_no", "KL/2026-0077"), ("remarks", "jangan dicetak")):
        QTest.keyClicks(page.form.editor(name).inner(), words)
    QTest.keyClicks(page.billed.line, "1.234,50")
    for _press in range(2):  # a warning is looked at once
        if officer.page is page:
            page.save_button.click()
            QTest.qWait(1)
    claim = officer.page.record
    result = officer.go("reports", name="claim_letter", language="id", claim=f"#{claim}")._result

    letter = text_of(result.data)
    assert "Nomor klaim penanggung KL/2026-0077" in letter
    assert "RM1.234,50" in letter
    assert "jangan dicetak" not in letter


def test_a_field_is_named_on_the_way_only_where_somebody_decides_about_it():
    way = [path for path, _name in WAY]
    aside = {"exchange/fields.py", "services/list_of_claims.py"}  # it also comes in by lists, and leaves in a workbook

    assert set(new_field.EDITS) - set(way) == aside
    assert [path for path in way if path in new_field.EDITS] == [
        "ui/pages/claim_form.py", "domain/claims.py", "store/models/claims.py", "reports/claim_letter.py",
    ]  # fmt: skip


def test_a_plain_field_is_named_in_one_module_of_the_letter_alone():
    modules = sorted((PACKAGE / "reports").glob("claim_*.py"))

    naming = {name: [m.name for m in modules if name in m.read_text(encoding="utf-8")] for name in claim_rules.PLAIN}

    assert set(map(tuple, naming.values())) == {("claim_letter.py",)}


def _steps(path):
    """Every docstring of a module and every name it calls, dotted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def test_no_page_on_the_way_states_a_rule_of_claims():
    form = (PACKAGE / "ui/pages/claim_form.py").read_text(encoding="utf-8")

    assert "check_claim(draft" in form
    assert [n for n in _steps(PACKAGE / "ui/pages/claim_form.py") if n in ("Problem", "ClaimDraft")] == []


def test_a_line_of_a_claim_stands_in_its_letter_as_it_was_filed(store):
    person = make.patient(store)
    lines = (
        claim_rules.ClaimLineDraft(description="Ventilator dua hari", claimed=Money.of("1234.50", "MYR")),
        claim_rules.ClaimLineDraft(description="Kamar", claimed=Money.of("765.50", "MYR")),
    )
    draft = make.claim_draft(
        patient_id=person, cover_id=make.cover(store, person), billed=Money.of(2000, "MYR"), lines=lines
    )
    key = make.made(store, claims.file_claim, draft)

    with store.read() as session:
        view, _keys = claim_letter.gather(session, f"#{key}")
    blocks = claim_letter.lay_out(view, Language("en"), audience=Audience.INSURER, options=LetterOptions())

    table = next(b for b in blocks if isinstance(b, Grid) and b.name == "lines")
    assert [row.cells[:2] for row in table.rows] == [
        ("Ventilator dua hari", "1,234.50"), ("Kamar", "765.50"), ("Total", "2,000.00"),
    ]  # fmt: skip


# W2: which status may follow "submitted", and who says so


def test_one_table_says_what_may_follow_submitted(store):
    bring(store, claim_lists, claim_list(claim()), ASKED)
    (submitted,) = rows(store, ClaimRow)

    by_table = {t.to for t in claim_rules.TRANSITIONS if t.start is ClaimState.SUBMITTED}
    offered = {m.to for m in make.see(store, claims.claim_moves, submitted["id"])}

    assert by_table == offered == {
        ClaimState.REGISTERED, ClaimState.WITHDRAWN, ClaimState.VOID,
    }  # fmt: skip
    assert all(t.who for t in claim_rules.TRANSITIONS)
    assert "domain`` 1.6" in (claim_rules.__doc__ or "")


@pytest.mark.parametrize(
    ("enum", "owner"),
    [("ClaimState", claim_rules), ("GuaranteeState", letter_rules), ("JourneyState", journey_rules)],
)
def test_no_other_module_says_which_state_may_follow_another(enum, owner):
    elsewhere = [path for path in PACKAGE.rglob("*.py") if path != Path(owner.__file__)]

    copies = [f"{path.name}:{line}" for path in elsewhere for line in _tables_of(path, enum)]

    assert copies == []


@pytest.mark.parametrize(
    "copy",
    [
        "NEXT = {{{e}.A: ({e}.B, {e}.C), {e}.B: ({e}.C,)}}",
        "MORE = (Transition(start={e}.A, to={e}.B, who=None),)",
        "_S = {e}\nNEXT = {{_S.A: {{_S.B, _S.C}}, _S.B: {{_S.C}}}}",
    ],
)
def test_a_second_table_would_be_found(tmp_path, copy):
    module = tmp_path / "second.py"
    module.write_text(copy.format(e="ClaimState"), encoding="utf-8")

    assert list(_tables_of(module, "ClaimState"))


def _tables_of(path, enum):
    """Lines where a module lists moves of a life cycle: transitions, or states keyed by states with several after."""
    text = path.read_text(encoding="utf-8")
    if enum not in text:
        return
    tree = ast.parse(text)
    names = {enum} | {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id == enum
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) == "Transition" and _states(node, names):
            yield node.lineno
        if isinstance(node, ast.Dict):
            keyed = [k for k in node.keys if k is not None and _states(k, names)]
            if len(keyed) > 1 and any(len(_states(v, names)) > 1 for v in node.values):
                yield node.lineno


def _called(call):
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _states(node, names):
    return [
        each
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id in names
    ]


# W4: a status moved in one window shows in another's table


MANY = 2_500


@pytest.fixture(scope="module")
def long_list(prepared_store, tmp_path_factory):
    """A store with a long list of claims, made once."""
    folder = tmp_path_factory.mktemp("long") / "store"
    shutil.copytree(prepared_store, folder)
    with make.opened(folder, make.TestClock()) as opened:
        listed = (
            claim(n, member_name=f"Pasien {n % 400}", member_no=f"M{n % 400}", birth_date=None, policy_no="",
                  discharge_date=dt.date(2026, 9, 5) + dt.timedelta(minutes=n))
            for n in range(1, MANY + 1)
        )  # fmt: skip
        bring(opened, claim_lists, claim_list(*listed), ASKED)
    return folder


@pytest.fixture
def windows(qtbot, qapp, long_list, tmp_path):
    """Two windows of one program on that store, in two languages, both showing the claims."""
    from liaison.ui.theme import Palette, Theme

    folder = tmp_path / "two"
    shutil.copytree(long_list, folder)
    store, clock = make.opened(folder, make.TestClock()), make.TestClock()
    theme, hub = Theme(Palette.LIGHT), Hub()
    theme.install(qapp)
    shared = Shared(
        runner=Runner.at_once(store, hub), hub=hub, theme=theme, icons=Icons(theme), masking=Masking(),
        settings=lambda: Settings(language="id"), clock=clock,
    )  # fmt: skip
    frames, kept = [], []
    for language in ("id", "en"):
        frame = OfficeFrame(shared, Language(language), Officer(name=make.OFFICER, office="Kantor Medan"), PAGES)
        window = QMainWindow()
        window.setCentralWidget(frame)
        window.resize(1366, 768)
        qtbot.addWidget(window)
        window.show()
        frame.go(Place(page="claims", values={"view": "all", "filter": ""}))
        frames.append(frame)
        kept.append(window)
    qtbot.wait(20)
    yield frames
    for window, frame in zip(kept, frames, strict=True):
        window.hide()
        frame.setParent(None)
        frame.deleteLater()
    qapp.setStyleSheet("")
    store.close()


def test_a_status_moved_in_one_window_shows_in_the_other_windows_table(windows, qtbot):
    here, there = windows
    table = there.page.table
    key, far = table.id_at(3), table.id_at(table.rowCount() - 1)
    assert table.rowCount() == MANY
    there.page.view.go_to_id(key)
    assert _shown(there, key) == "Submitted"

    for claim_id in (key, far):
        move = partial(claims.move_claim, claim_no=f"INS-{claim_id}")
        here.shared.runner.write(N_("Move claim"), move, claim_id, ClaimState.REGISTERED, owner=here)
    qtbot.wait(20)

    assert _shown(there, key) == "Registered by the insurer"
    assert _shown(here, key) == here.desk.words("Registered by the insurer")
    assert there.page.view.currentIndex().row() == table.row_of_id(key)
    assert _shown(there, far) == "Registered by the insurer"


def _shown(frame, key):
    """What the column of the state says of one claim, however far down it is."""
    table = frame.page.table
    number = next(n for n, c in enumerate(table.columns) if c.key == "state")
    row = table.row_of_id(key)
    table.data(table.index(row, number))  # painting a row is what reads its page
    return table.columns[number].value(table.row_at(row)).text


# W5: row 17 of a workbook has a bad date


HEAD = ["No Klaim", "Nama Peserta", "Tgl Masuk", "Tgl Keluar", "Rumah Sakit", "Jumlah Tagihan (MYR)", "Status"]


def workbook(path, *, bad_row=None):
    """A list of forty claims; in row ``bad_row`` somebody was discharged on the 31st of September."""
    body = [
        [f"CLM-{n:04d}", f"Pasien {n}", "01/09/2026", "05/09/2026", "Island Hospital", 1000 + n, "Disetujui"]
        for n in range(2, 42)
    ]
    if bad_row is not None:
        body[bad_row - 2][3] = "31/09/2026"
    return xlsx(path, {"Klaim": [HEAD, *body]})


def test_a_bad_date_in_row_17_is_seen_before_anything_is_written(store, tmp_path):
    before = counts(store)

    staged = stage_claims(workbook(tmp_path / "klaim.xlsx", bad_row=17))
    news = plan(store, claim_lists, staged, ASKED)

    (reject,) = staged.rejects
    assert (reject.row, reject.codes, reject.claim_no) == (17, (RowCode.BAD_DATE,), "CLM-0017")
    assert "dd/mm" in reject.message(Language("en")) or "day/month/year" in reject.message(Language("en"))
    assert news.new == 39
    assert counts(store) == before


def test_the_mended_workbook_comes_in_whole(store, tmp_path):
    path = workbook(tmp_path / "klaim.xlsx")

    brought = bring(store, claim_lists, stage_claims(path), ASKED, content=path.read_bytes())

    assert brought.plan.counts() == {"imported": 40, "new": 40, "updated": 0, "unchanged": 0}
    assert [c["claim_no"] for c in rows(store, ClaimRow) if c["source_row"] == 17] == ["CLM-0017"]


def test_the_row_mended_later_is_the_only_news(store, tmp_path):
    bring(store, claim_lists, stage_claims(workbook(tmp_path / "a.xlsx", bad_row=17)), ASKED)

    brought = bring(store, claim_lists, stage_claims(workbook(tmp_path / "b.xlsx")), ASKED)

    assert brought.plan.counts() == {"imported": 40, "new": 1, "updated": 0, "unchanged": 39}


def test_a_workbook_that_breaks_off_half_way_leaves_nothing(store, tmp_path, monkeypatch):
    staged, before = stage_claims(workbook(tmp_path / "klaim.xlsx")), counts(store)

    def refuse_the_seventeenth(people, claim, *rest, **more):
        seen.append(claim)
        if len(seen) == 17:
            raise Refused([claim_rules.problem("SEVENTEEN", "No.")])
        return person(people, claim, *rest, **more)

    seen, person = [], People.person
    monkeypatch.setattr(People, "person", refuse_the_seventeenth)
    with pytest.raises(Refused):
        bring(store, claim_lists, staged, ASKED)

    assert counts(store) == before
    assert store.verify() == []


# W10: last year's file opens, next year's is refused

NEXT_YEAR = """
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{last}"
def upgrade():
    op.add_column("claim", sa.Column("insurer_case_no", sa.Text, nullable=False, server_default=""))
"""


@pytest.fixture
def next_year(tmp_path):
    """The schema of a program that knows one field more."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    now = liaison_schema()
    text = NEXT_YEAR.format(last=now.revisions[-1])
    (folder / "versions" / "9999_case_no.py").write_text(text, encoding="utf-8")
    metadata = sa.MetaData(naming_convention=now.metadata.naming_convention)
    for table in now.metadata.sorted_tables:
        table.to_metadata(metadata)
    metadata.tables["claim"].append_column(sa.Column("insurer_case_no", sa.Text, nullable=False, server_default=""))
    return Schema(metadata=metadata, subjects=now.subjects, migrations=folder)


@pytest.fixture
def last_years(tmp_path):
    """A folder with a store of today's shape and a list of claims in it."""
    folder = tmp_path / "office"
    with make.new_store(folder) as store:
        bring(store, claim_lists, claim_list(*(claim(n) for n in range(5, 25))), ASKED)
    return folder


def test_last_years_file_opens_with_everything_in_it_after_a_verified_backup(last_years, next_year):
    told = []

    with open_store(
        last_years, make.PASSPHRASE, clock=make.TestClock(), schema=next_year, progress=told.append
    ) as store:
        with store.read() as session:
            found = session.connection().exec_driver_sql("SELECT claim_no, insurer_case_no FROM claim ORDER BY id")
            assert [tuple(r) for r in found] == [(f"CLM-{n:05d}", "") for n in range(5, 25)]
        assert store.verify() == []
        made = backup.newest(last_years / "backups", store.opened)
        assert backup.verify_backup(made.path, store.opened).rows == made.rows
    assert len(told) == 2


def test_a_file_of_next_years_program_is_refused_and_not_touched_nor_is_its_backup(last_years, next_year):
    open_store(last_years, make.PASSPHRASE, clock=make.TestClock(), schema=next_year).close()
    before = {path: path.read_bytes() for path in last_years.rglob("*") if path.is_file() and path.name != "lock"}
    assert [p for p in before if p.parent.name == "backups"]

    with pytest.raises(Locked) as locked:
        make.opened(last_years)

    after = {path: path.read_bytes() for path in last_years.rglob("*") if path.is_file() and path.name != "lock"}
    assert (locked.value.message, locked.value.exit_status) == (vault.NEWER, 3)
    assert after == before


def test_this_years_file_needs_no_backup_to_open(last_years):
    with make.opened(last_years) as store:
        assert len(rows(store, PatientRow)) == 1
        assert len(rows(store, OrganizationRow)) == 2
    assert not list((last_years / "backups").glob("*.zip"))
