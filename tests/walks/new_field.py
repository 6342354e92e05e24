"""The program as it is once somebody has added a claim's plain field, "insurer's case number": edited, and tried out.

``python -m tests.walks.new_field FOLDER`` loads the edited modules in place of those on disk, which stay as they are,
works through the program with the new field and prints what it saw. ``test_a_new_field`` starts it.
"""

import datetime as dt
import importlib.machinery
import json
import shutil
import sys
from pathlib import Path

import liaison

NAME = "insurer_case_no"
LABEL = "Insurer's case number"
TYPED, SENT = "KASUS-7731/AX", "KASUS-0042/BX"

PACKAGE = Path(liaison.__file__).parent

EDITS = {
    "domain/claims.py": [
        ('headings=("no gl", "no surat jaminan"), default="")\n',
         f'    {NAME}: str = field(N_("{LABEL}"), audience=_CASE, default="")\n'),
    ],
    "store/models/claims.py": [
        ('    gl_no: Mapped[str] = mapped_column(server_default="")\n',
         f'    {NAME}: Mapped[str] = mapped_column(server_default="")\n'),
    ],
    "ui/pages/claim_form.py": [
        ('    ("billed", "claim_no"),\n', f'    "{NAME}",\n'),
    ],
    "exchange/fields.py": [
        ('    GL_NO = "gl_no"\n', f'    INSURER_CASE_NO = "{NAME}"\n'),
        ('    (Field.SEQUENCE, 6, "no", "*"),\n',
         '    (Field.INSURER_CASE_NO, 11, "no case insurer", "date name amount"),\n'),
    ],
    "services/list_of_claims.py": [
        ('LISTED: tuple[str, ...] = ("gl_no",', f' "{NAME}"'),
    ],
    "reports/claim_letter.py": [
        ('    "gl_no": Printed(words=N_("Letter number"), readers=(Audience.HOSPITAL, Audience.INSURER)),\n',
         f'    "{NAME}": Printed(words=N_("{LABEL}"), readers=(Audience.INSURER,)),\n'),
    ],
}  # fmt: skip
"""The modules to edit, and in each: after which words, what is written.

Besides, ``python -m tests.store.freeze`` writes the column into the first migration.
"""


def edited(path):
    """A module's text with its edits."""
    text = (PACKAGE / path).read_text(encoding="utf-8")
    for after, words in EDITS[path]:
        assert text.count(after) == 1, f"{path}: {after!r}"
        text = text.replace(after, after + words)
    return text


class Edited(importlib.machinery.SourceFileLoader):
    """Loads a module from its edited text; nothing is kept of it."""

    def get_code(self, fullname):
        return compile(edited(Path(self.path).relative_to(PACKAGE).as_posix()), self.path, "exec", dont_inherit=True)


class Finder:
    """Finds the modules that are edited."""

    def __init__(self):
        self.seen = set()

    def find_spec(self, name, path=None, target=None):
        file = Path(*name.split(".")[1:]).with_suffix(".py").as_posix() if name.startswith("liaison.") else ""
        if file not in EDITS:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        spec.loader = Edited(name, spec.origin)
        self.seen.add(file)
        return spec


def frozen(folder):
    """The migrations with the first one written anew from the edited models."""
    from liaison.store import schema
    from tests.store.freeze import first_sql

    migrations = folder / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    schema.MIGRATIONS = migrations
    schema.liaison_schema.cache_clear()
    (migrations / "versions" / "0001_first.sql").write_text(first_sql(), encoding="utf-8")


def typed_into_the_form(store, clock, patient, cover):
    """File a claim at the window, the field typed key by key; the key of the claim, and what its page shows."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

    from liaison.domain.money import Money
    from liaison.i18n import Language
    from liaison.settings import Settings
    from liaison.ui.desk import Officer
    from liaison.ui.hub import Hub
    from liaison.ui.icons import Icons
    from liaison.ui.masking import Masking
    from liaison.ui.office_frame import OfficeFrame, Shared
    from liaison.ui.pages_list import PAGES
    from liaison.ui.places import Place
    from liaison.ui.runner import Runner
    from liaison.ui.theme import Palette, Theme
    from tests import make

    app = QApplication.instance() or QApplication([])
    hub, theme = Hub(), Theme(Palette.LIGHT)
    shared = Shared(
        runner=Runner.at_once(store, hub), hub=hub, theme=theme, icons=Icons(theme), masking=Masking(),
        settings=lambda: Settings(language="en"), clock=clock,
    )  # fmt: skip
    frame = OfficeFrame(shared, Language("en"), Officer(name=make.OFFICER, office="Kantor Medan"), PAGES)
    window = QMainWindow()
    window.setCentralWidget(frame)
    window.show()
    frame.go(Place(page="claim_new"))
    page = frame.page
    page.person.take(patient, "Dewi")
    page.person.found.emit(patient)
    page.cover.set_value(cover)
    page.billed.set_value(Money.of("1234.50", "MYR"))
    QTest.keyClicks(page.form.editor(NAME).line, TYPED)
    for _press in range(2):  # a warning is looked at once
        if frame.page is page:
            page.save_button.click()
            app.processEvents()
    assert frame.page is not page, [box.problem_text for box in page.form.boxes.values() if box.problem_text]
    app.processEvents()
    shown = {words for one in frame.page.findChildren(QWidget) for words in _words(one)}
    return frame.page.record, {TYPED, LABEL} <= shown


def _words(widget):
    """What a widget says."""
    for name in ("whole_text", "text"):
        if callable(said := getattr(widget, name, None)):
            yield said()


def letters(store, claim):
    """The text of the printed letter for each reader."""
    from liaison.domain.privacy import Audience
    from liaison.reports.making import make_report
    from tests.reports.reading import text_of

    readers = (Audience.HOSPITAL, Audience.INSURER)
    with store.read() as session:
        made = {
            reader.value: make_report(session, "claim_letter", {"claim": f"#{claim}"}, language="en", audience=reader)
            for reader in readers
        }
    return {reader: text_of(one.data) for reader, one in made.items()}


def brought_in(store, folder):
    """What a list with such a column brings in: the values on record, and what changes when the list says another."""
    from liaison.exchange.bordereau import stage_claims
    from liaison.services import claim_lists
    from liaison.services.claim_lists import Asked
    from liaison.store.models import ClaimRow
    from tests.exchange.lists import xlsx
    from tests.services.staged import bring, plan, rows

    head = ["No Klaim", "No Kasus Asuransi", "Nama Peserta", "Tgl Masuk", "Tgl Keluar", "Rumah Sakit",
            "Jumlah Tagihan (MYR)", "Status"]  # fmt: skip

    def book(name, number):
        row = ["CLM-0002", number, "Siti Aminah", "01/09/2026", "05/09/2026", "Island Hospital", 1000, "Disetujui"]
        return stage_claims(xlsx(folder / name, {"Klaim": [head, row]}))

    asked = Asked(insurer="Asuransi Nusantara Sehat", city="Medan")
    bring(store, claim_lists, book("satu.xlsx", SENT), asked)
    (fate,) = plan(store, claim_lists, book("dua.xlsx", "KASUS-0043"), asked).fates
    bring(store, claim_lists, book("tiga.xlsx", "KASUS-0044"), asked)
    kept = [row[NAME] for row in rows(store, ClaimRow, ClaimRow.claim_no == "CLM-0002")]
    return {"differs": [(d.label, d.before, d.after) for d in fate.differences], "kept": kept}


def listed(store):
    """What the workbook of the list of claims says under the new heading."""
    from liaison.i18n import Language
    from liaison.services.exports import claims_grid
    from liaison.services.list_queries import ListQuery

    with store.read() as session:
        grid = claims_grid(session, ListQuery(text=""), Language("en"))
    at = [column.label for column in grid.columns].index(LABEL)
    return sorted(row[at] or "" for row in grid.rows)


def work_through(folder):
    """The whole way, once."""
    from tests import make
    from tests.walks.plain_places import forgotten, places

    frozen(folder)
    clock = make.TestClock(make.START + dt.timedelta(minutes=1))
    store = make.new_store(folder / "office", clock)
    patient = make.patient(store)
    cover = make.cover(store, patient)
    claim, is_shown = typed_into_the_form(store, clock, patient, cover)
    saw = {
        "shown": is_shown,
        "letters": letters(store, claim),
        "list": brought_in(store, folder),
        "workbook": listed(store),
        "forgotten": forgotten(NAME, places()),
        "sound": store.verify() == [],
    }
    store.close()
    return saw


if __name__ == "__main__":
    finder = Finder()
    sys.meta_path.insert(0, finder)
    told = work_through(Path(sys.argv[1]))
    sys.stdout.write(json.dumps({**told, "edited": sorted(finder.seen)}) + "\n")
