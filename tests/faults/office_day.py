"""A day in an office with the fifty planted people, as a program of its own: ``python -m tests.faults.office_day DIR``.

Everything a computer may keep lies under ``DIR/computer``, everything the officer asked for under ``DIR/officer``.
What is removed again is copied to ``DIR/removed`` first, and every file that Python opens for writing is told, so that
a temporary file with a name in it cannot hide by being short-lived. Prints one JSON object; ends without closing the
store, in the middle of a write, as a crash would.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

PASSPHRASE = "tujuh belas kapal feri"
NOW = "2026-11-20T14:05+07:00"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Witness:
    """Watches what this process opens for writing, and keeps what it removes."""

    def __init__(self, kept: Path) -> None:
        self.opened: set[str] = set()
        self._kept, self._is_busy = kept, False

    def __call__(self, event: str, values: tuple) -> None:
        if self._is_busy:
            return
        if event == "open" and isinstance(values[0], str | bytes) and (values[2] or 0) & _WRITING:
            self.opened.add(str(Path(os.fsdecode(values[0])).absolute()))
        elif event == "os.remove":
            self._keep(Path(os.fsdecode(values[0])))

    def _keep(self, path: Path) -> None:
        self._is_busy = True
        try:
            if path.is_file():
                shutil.copy(path, self._kept / f"{len(list(self._kept.iterdir()))}-{path.name}")
        finally:
            self._is_busy = False


def source_lists(folder: Path) -> None:
    """The officer's own files: half of the people in a workbook, half in a text list, all in a tracking sheet."""
    import openpyxl

    from tests.faults.planted import PEOPLE

    heads = [
        "No Klaim", "Nama Peserta", "Tgl Lahir", "No Peserta", "No Polis", "NIK", "No HP", "Rumah Sakit",
        "Tgl Masuk", "Tgl Keluar", "Diagnosa", "Mata Uang", "Tagihan", "Disetujui", "Status", "Keterangan",
    ]  # fmt: skip
    claims = [
        [
            f"KLM/2026/{p.number:05d}", p.name, p.born.strftime("%d/%m/%Y"), p.member, p.policy, p.nik, p.phone,
            "Island Hospital Penang", f"{1 + p.number % 28:02d}/08/2026", f"{1 + p.number % 28:02d}/09/2026",
            "Batu ginjal", "MYR", 1000 + p.number, 900 + p.number, "disetujui", f"Hubungi {p.given} lewat {p.phone}",
        ]
        for p in PEOPLE
    ]  # fmt: skip
    cases = [
        [
            p.name, p.phone, "Medan", "Island Hospital Penang", "Allianz", p.policy, "udah di RS", "jantung koroner",
            f"NIK {p.nik}, keluarga {p.family}",
        ]
        for p in PEOPLE
    ]  # fmt: skip
    book = openpyxl.Workbook()
    for row in [heads, *claims[:25]]:
        book.active.append(row)
    book.save(folder / "claims.xlsx")
    text = "\r\n".join(";".join(map(str, row)) for row in [heads, *claims[25:]])
    (folder / "claims.csv").write_bytes(text.encode("utf-16"))
    book = openpyxl.Workbook()
    heads = ["nama pasien", "no HP", "kota", "RS tujuan", "asuransi", "no polis", "status", "diagnosa", "catatan"]
    for row in [heads, *cases]:
        book.active.append(row)
    book.save(folder / "cases.xlsx")


def the_day(computer: Path, officer: Path) -> dict[str, object]:
    """Import, look, print, export, back up, bring back. Returns what the test wants to know."""
    new_office(computer / "data" / "office")
    told = bring_in(computer, officer) | look_and_print(computer, officer)
    kept = run("backup", str(computer / "backups")).splitlines()[0]
    run("restore", kept, "--to", str(computer / "restored" / "office"))
    told["found again"] = found_again(computer / "restored" / "office")
    return told


def run(*words: str) -> str:
    """One command of the command line, in this process; what it printed stays in memory."""
    import contextlib
    import io

    from liaison.cli import main

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = main(["--as-of", NOW, *words])
    assert status == 0, f"{words[0]}: {status}"
    return out.getvalue()


def new_office(folder: Path) -> None:
    """As ``liaison init``, with a passphrase that is stretched cheaply."""
    from liaison.domain.offices import OfficeDraft, OfficerDraft
    from liaison.services.office import set_up_office
    from liaison.store.kdf import CHEAP
    from liaison.store.opening import create_store

    officer = "Ratna Hutapea"
    store, _code = create_store(folder, passphrase=PASSPHRASE, officer=officer, kdf=CHEAP)
    with store, store.write("Set up the office", kind="init") as session:
        set_up_office(session, OfficeDraft(name="Medan", city="MDN"), OfficerDraft(name=officer, is_supervisor=True))


def opened(folder: Path):
    from liaison.store.opening import open_store

    return open_store(folder, PASSPHRASE)


def bring_in(computer: Path, officer: Path) -> dict[str, object]:
    from liaison.exchange.bordereau import stage_claims
    from liaison.exchange.tracking import stage_journeys
    from liaison.services import claim_lists, journey_lists

    brought = {}
    with opened(computer / "data" / "office") as store:
        for name, stage, services in (
            ("claims.xlsx", stage_claims, claim_lists),
            ("claims.csv", stage_claims, claim_lists),
            ("cases.xlsx", stage_journeys, journey_lists),
        ):
            staged = stage(officer / name)
            with store.write("Bring in a list", kind="import") as session:
                services.bring_in(session, staged, content=(officer / name).read_bytes())
            brought[name] = len(getattr(staged, "claims", ()) or staged.journeys)
    return {"brought": brought}


def look_and_print(computer: Path, officer: Path) -> dict[str, object]:
    from tests.faults.planted import PEOPLE

    person = PEOPLE[7]
    found = json.loads(run("find", person.name, "--json"))["found"]
    for text in (person.phone, person.nik, person.policy, person.family[:6]):
        run("find", text, "--json")
    case = next(f["case_no"] for f in found if f["case_no"])
    run("show", case)
    run("history", case)
    run("history", "--json")
    in_memory(computer / "data" / "office", case, person)
    run("report", "city_briefing", "--city", "Medan", "-o", str(officer / "medan.pdf"))
    run("report", "case_summary", "--case", case, "--audience", "internal", "-o", str(officer / "case.pdf"))
    run("export", "journeys", "--to", str(officer / "journeys.xlsx"))
    run("check")
    trouble_with_a_name(person)
    return {"case": case, "found": len(found)}


def in_memory(folder: Path, case: str, person) -> None:
    """What the window does without a file: pages shown, lists handed to the clipboard, forms half typed, scans kept."""
    from liaison.domain.privacy import Audience
    from liaison.domain.work import DocumentDraft
    from liaison.exchange import workbook
    from liaison.i18n import Language
    from liaison.reports.making import make_report
    from liaison.services import documents
    from liaison.services.exports import export
    from liaison.services.views import find_case
    from liaison.store import drafts

    words = Language("id")
    with opened(folder) as store:
        with store.read() as session:
            key = find_case(session, case)
            summary = make_report(session, "case_summary", {"case": case}, language="id", audience=Audience.INTERNAL)
            make_report(session, "city_briefing", {"city": "Medan"}, language="en")
            grids = [export(session, "journeys", "", words), export(session, "claims", "", words)]
            workbook.as_xlsx(grids, words, {})
            workbook.as_csv(grids, words, {})
            workbook.as_json(grids, words, {})
        with store.write("Attach a file") as session:
            title = f"Hasil lab {person.name}"
            documents.attach(session, DocumentDraft(journey_id=key, title=title), summary.data)
        with store.write("Keep a draft") as session:
            drafts.keep(session, "note", f"Telepon {person.name} di {person.phone}")


def trouble_with_a_name(person) -> None:
    """A mistake of the program whose message holds a name, and its line in the log."""
    from liaison import log, settings

    log.set_up(settings.log_folder())
    try:
        raise ValueError(f"cannot read {person.name} {person.nik}")
    except ValueError as error:
        log.note("trouble.bug", code=person.name, error=str(error), where=log.where(error), id=7)


def found_again(folder: Path) -> int:
    from liaison.services.search import find
    from tests.faults.planted import PEOPLE

    with opened(folder) as store, store.read() as session:
        return sum(bool(find(session, person.name)) for person in PEOPLE)


def crash_while_writing(folder: Path, told: dict[str, object]) -> None:
    """Save once more, begin another write, and be gone: write-ahead log, lock and all stay as they are."""
    import sqlalchemy as sa

    from liaison.store.models import PatientRow
    from tests.faults.planted import PEOPLE

    store = opened(folder)
    for person in PEOPLE[:3]:
        with store.write("Note a call") as session:
            session.execute(sa.select(PatientRow).limit(1)).scalar_one().note = f"{person.name} {person.phone}"
    with store.write("Note a call") as session:
        session.execute(sa.select(PatientRow).limit(1)).scalar_one().note = f"{PEOPLE[3].name} {PEOPLE[3].phone}"
        session.flush()
        print(json.dumps(told), flush=True)  # noqa: T201
        os._exit(0)


def careless() -> None:
    """What the program must not do: openpyxl puts sheets into the temporary folder even for a workbook in memory."""
    import io

    import openpyxl

    from tests.faults.planted import PEOPLE

    book = openpyxl.Workbook()
    for person in PEOPLE:
        book.active.append([person.name, person.phone])
    book.save(io.BytesIO())


def main() -> None:
    root = Path(sys.argv[1])
    witness = Witness(root / "removed")
    sys.addaudithook(witness)
    if sys.argv[2:] == ["careless"]:
        careless()
        return
    told = the_day(root / "computer", root / "officer")
    told["opened"] = sorted(witness.opened)
    crash_while_writing(root / "computer" / "data" / "office", told)


if __name__ == "__main__":
    main()
