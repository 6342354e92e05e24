"""A workbook of 200,000 claim rows brought in, dry and for real: peak memory of each process, time against calamine."""

import datetime as dt
import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from liaison.services.office import set_up_office
from liaison.store.kdf import CHEAP
from liaison.store.opening import create_store
from tests import make
from tests.benchmarks.measuring import Pair, tell, tell_most

ROOT = Path(__file__).resolve().parents[2]
ROWS = int(os.environ.get("LIAISON_BENCHMARK_ROWS", "200000"))
AIM = 10
MOST_MEMORY = 500
"""Megabytes that no process may go over."""

BARE = """
import sys, time, python_calamine; start = time.perf_counter()
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
count = sum(1 for row in book.get_sheet_by_index(0).iter_rows())
print(count, time.perf_counter() - start, time.process_time())
"""
HEADS = (
    "No", "No. Klaim", "No. Polis", "No. Peserta", "Nama Peserta", "Tgl Lahir", "Hubungan", "Rumah Sakit", "Negara",
    "Tgl Masuk", "Tgl Keluar", "Kode ICD", "Diagnosa", "Mata Uang", "Tagihan", "Disetujui", "Status",
)  # fmt: skip
GIVEN = ("Siti", "Budi", "Agus", "Rina", "Dewi", "Joko", "Putri", "Andi", "Nur", "Tono", "Wati", "Hendra")
FAMILY = ("Wijaya", "Santoso", "Harahap", "Siregar", "Tan", "Lim", "Nasution", "Saragih", "Ginting", "Sembiring")
HOUSES = ("Island Hospital Penang", "Gleneagles Hospital Penang", "Mount Elizabeth Hospital", "Lam Wah Ee Hospital")
STATUSES = ("disetujui", "ditolak", "dalam proses", "dibayar", "menunggu dokumen")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """A year's claim list of a large insurer: two claims a person on average."""
    import xlsxwriter

    path = tmp_path_factory.mktemp("list") / "claims.xlsx"
    chance = random.Random(11)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet("Klaim"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADS)
        for number in range(1, ROWS + 1):
            for column, value in enumerate(row_of(number, chance)):
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write_number(number, column, value)
    return path


def row_of(number, chance):
    """One claim. The person is drawn; name, birth date and numbers follow from the person."""
    person = chance.randrange(ROWS // 2)
    came = dt.date(2025, 9, 1) + dt.timedelta(chance.randrange(360))
    billed = chance.randrange(50_000, 9_000_000) / 100
    return (
        number, f"KLM/2026/{number:07d}", f"POL-{person // 3:07d}", f"{30_000_000 + person}",
        f"{GIVEN[person % 12]} {FAMILY[person // 12 % 10]} {FAMILY[person // 120 % 10]}",
        dt.date(1945, 1, 1) + dt.timedelta(person % 25_000), "Anak", HOUSES[chance.randrange(4)], "MY", came,
        came + dt.timedelta(chance.randrange(9)), "N20.0", "Batu ginjal", "MYR", billed, round(billed * 0.9, 2),
        STATUSES[chance.randrange(5)],
    )  # fmt: skip


@pytest.fixture
def environment(tmp_path):
    """A new, empty office."""
    store, _code = create_store(tmp_path / "office", passphrase=make.PASSPHRASE, officer=make.OFFICER, kdf=CHEAP)
    with store, store.write("Set up the office") as session:
        set_up_office(session, make.office_draft(), make.officer_draft())
    own = {"LIAISON_CONFIG": tmp_path / "config", "LIAISON_DATA": tmp_path}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {name: str(path) for name, path in own.items()} | {"LIAISON_PASSPHRASE": make.PASSPHRASE}


@dataclass
class Cost:
    """What a run cost: seconds by the wall clock, and by process its most memory (MB) and its processor seconds."""

    wall: float = 0.0
    memory: dict[int, float] = field(default_factory=dict)
    processor: dict[int, float] = field(default_factory=dict)

    def look_at(self, process):
        try:
            with process.oneshot():
                self.memory[process.pid] = max(self.memory.get(process.pid, 0.0), process.memory_info().rss / 2**20)
                times = process.cpu_times()
                self.processor[process.pid] = times.user + times.system
        except psutil.Error:
            return


def run(command, environment, answer):
    """Run a program and watch it and its children; what it prints goes to the file ``answer``."""
    cost, start = Cost(), time.perf_counter()
    with answer.open("wb") as out, subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out) as process:
        parent = psutil.Process(process.pid)
        while process.poll() is None:
            cost.look_at(parent)
            for child in children_of(parent):
                cost.look_at(child)
            time.sleep(0.02)
    cost.wall = time.perf_counter() - start
    assert process.returncode == 0
    return cost, process.pid


def children_of(process):
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return ()


def read_barely(workbook):
    """Wall and processor seconds that calamine alone takes for the file, in a process of its own."""
    command = [sys.executable, "-c", BARE, str(workbook)]
    count, wall, processor = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert int(count) == ROWS + 1
    return float(wall), float(processor)


@pytest.mark.parametrize("way", ["dry", "real"])
def test_a_large_list_comes_in(workbook, environment, way, tmp_path):
    command = [sys.executable, "main.py", "import", str(workbook), "--city", "Medan", "--json"]
    before = read_barely(workbook)

    cost, program = run([*command, *(["--dry-run"] if way == "dry" else [])], environment, tmp_path / "answer.json")

    bare = list(zip(before, read_barely(workbook), strict=True))
    name = f"{ROWS:,} rows, {way}"
    tell(f"{name}: by the clock", Pair(ours=[cost.wall], bare=[*bare[0]]), aim=AIM)
    tell(f"{name}: processor", Pair(ours=[sum(cost.processor.values())], bare=[*bare[1]]), aim=AIM)
    tell_most(f"{name}: memory of the program", cost.memory.pop(program), aim=MOST_MEMORY, unit="MB")
    tell_most(f"{name}: memory of the reader", max(cost.memory.values()), aim=MOST_MEMORY, unit="MB")
    (file,) = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))["files"]
    assert (file["imported"], file["rejected"], file["new"]) == (ROWS, 0, ROWS)
    assert file["sums"]["MYR"]["rows"] == ROWS
