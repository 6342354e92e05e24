"""The same 9,000 rows through our engine and through others: ``python -m tests.benchmarks.compare_engines [rows]``.

Each engine runs in a process of its own, so that its memory is its own; an engine that is not installed is skipped and
said so. Seconds are processor time with that of child processes; ``ratio`` is the multiple of the bare canvas. Nothing
here is needed by the program: install ``fpdf2``, ``weasyprint`` or ``typst`` beside it to compare with them.
"""

from __future__ import annotations

import html
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.long_table import COLUMNS, ROWS, bare, blocks, ours, strings_of, table

Rows = list[tuple[str, ...]]
LIMIT_S = int(os.environ.get("LIAISON_COMPARE_LIMIT", "900"))
FONT_FILE = Path(__file__).parents[2] / "resources" / "fonts" / "ibm-plex-sans" / "IBMPlexSans-Regular.ttf"
HEADS = [head for head, _width, _number in COLUMNS]
WIDTHS = [width for _head, width, _number in COLUMNS]


def liaison(rows: Rows) -> Callable[[], bytes]:
    content = blocks(rows)
    ours(blocks(rows[:1]))  # opens the fonts, as the strings of the bare canvas did before it
    return lambda: ours(content)[1]


def canvas(rows: Rows) -> Callable[[], bytes]:
    content = blocks(rows)
    strings = strings_of(ours(content)[0], content)
    return lambda: bare(strings)


def platypus(rows: Rows) -> Callable[[], bytes]:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

    from liaison.reports.fonts import FIRST_FONT, font

    font(FIRST_FONT)

    def make() -> bytes:
        target = io.BytesIO()
        style = TableStyle([("FONT", (0, 0), (-1, -1), FIRST_FONT, 8.5), ("TOPPADDING", (0, 0), (-1, -1), 1)])
        whole = LongTable([HEADS, *rows], colWidths=[w * mm for w in WIDTHS], repeatRows=1, style=style)
        SimpleDocTemplate(target, pagesize=A4, leftMargin=18 * mm, rightMargin=18 * mm).build([whole])
        return target.getvalue()

    return make


def fpdf2(rows: Rows) -> Callable[[], bytes]:
    from fpdf import FPDF

    def make() -> bytes:
        pdf = FPDF()
        pdf.add_font("plex", fname=str(FONT_FILE))
        pdf.set_font("plex", size=8.5)
        pdf.set_margins(18, 20)
        pdf.add_page()
        for row in (HEADS, *rows):
            for width, text in zip(WIDTHS, row, strict=True):
                pdf.cell(width, 5.4, text)
            pdf.ln(5.4)
        return bytes(pdf.output())

    return make


def weasyprint(rows: Rows) -> Callable[[], bytes]:
    from weasyprint import HTML

    def cells(tag: str, row: tuple[str, ...] | list[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in row) + "</tr>"

    def make() -> bytes:
        style = f"@font-face{{font-family:plex;src:url('{FONT_FILE.as_uri()}')}} body{{font:8.5pt plex}}"
        body = "".join(cells("td", row) for row in rows)
        page = f"<style>{style}</style><table><thead>{cells('th', HEADS)}</thead><tbody>{body}</tbody></table>"
        return bytes(HTML(string=page).write_pdf())

    return make


def typst(rows: Rows) -> Callable[[], bytes]:
    import typst as engine

    def make() -> bytes:
        cells = ", ".join(json.dumps(text, ensure_ascii=False) for row in rows for text in row)
        heads = ", ".join(json.dumps(head) for head in HEADS)
        widths = ", ".join(f"{width}mm" for width in WIDTHS)
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "table.typ"
            source.write_text(
                f'#set text(font: "IBM Plex Sans", size: 8.5pt)\n'
                f"#table(columns: ({widths}), stroke: none, inset: 2pt, table.header({heads}), {cells})",
                encoding="utf-8",
            )
            return bytes(engine.compile(str(source), font_paths=[str(FONT_FILE.parent)]))

    return make


def libreoffice(rows: Rows) -> Callable[[], bytes]:
    program = shutil.which("soffice") or shutil.which("libreoffice") or ""

    def make() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "table.csv"
            source.write_text("\n".join(";".join(row) for row in (HEADS, *rows)), encoding="utf-8")
            command = [
                program, f"-env:UserInstallation={Path(folder, 'own').as_uri()}", "--headless", "--convert-to", "pdf",
                "--infilter=CSV:59,34,76", "--outdir", folder, str(source),
            ]  # fmt: skip
            subprocess.run(command, check=True, capture_output=True)
            return source.with_suffix(".pdf").read_bytes()

    return make


ENGINES: dict[str, tuple[str, Callable[[Rows], Callable[[], bytes]]]] = {
    "bare canvas": ("reportlab", canvas),
    "Liaison": ("reportlab", liaison),
    "platypus LongTable": ("reportlab", platypus),
    "fpdf2 cell()": ("fpdf", fpdf2),
    "Typst": ("typst", typst),
    "WeasyPrint": ("weasyprint", weasyprint),
    "LibreOffice (from CSV)": ("soffice", libreoffice),
}


def is_there(needs: str) -> bool:
    """Whether an engine is installed."""
    if needs == "soffice":
        return bool(shutil.which("soffice") or shutil.which("libreoffice"))
    return find_spec(needs) is not None


def run_one(name: str, count: int) -> None:
    """In a process of its own: make the pages once and print what it took."""
    import psutil
    import pypdfium2

    work = ENGINES[name][1](table(count))
    start = _busy_s()
    began = time.perf_counter()
    data = work()
    took, waited = _busy_s() - start, time.perf_counter() - began
    used = psutil.Process().memory_info()
    most = getattr(used, "peak_wset", 0) or _most_memory()
    pages = len(pypdfium2.PdfDocument(data))
    told = {"seconds": took, "waited": waited, "pages": pages, "bytes": len(data), "peak": most}
    sys.stdout.write("\n" + json.dumps(told))


def _busy_s() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _most_memory() -> int:
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(one.split()[1]) * 1024 for one in lines if one.startswith("VmHWM")), 0)


def main(count: int) -> None:
    """Run every engine and print the table."""
    base = 0.0
    sys.stdout.write(f"{count} rows x {len(COLUMNS)} columns\n")
    sys.stdout.write(f"{'engine':<24}{'s (CPU)':>9}{'s':>8}{'ratio':>8}{'pages':>7}{'bytes':>11}{'peak MB':>9}\n")
    for name, (needs, _make) in ENGINES.items():
        if not is_there(needs):
            sys.stdout.write(f"{name:<24}  not installed, skipped\n")
            continue
        command = [sys.executable, "-m", "tests.benchmarks.compare_engines", "--one", name, str(count)]
        try:
            done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            sys.stdout.write(f"{name:<24}  not done after {LIMIT_S} s\n")
            continue
        except subprocess.CalledProcessError as error:
            sys.stdout.write(f"{name:<24}  failed: {(error.stderr or '').strip().splitlines()[-1:]}\n")
            continue
        told = json.loads(done.stdout.strip().splitlines()[-1])
        base = base or told["seconds"]
        sys.stdout.write(
            f"{name:<24}{told['seconds']:>9.2f}{told['waited']:>8.2f}{told['seconds'] / base:>8.2f}{told['pages']:>7}"
            f"{told['bytes']:>11,}{told['peak'] / 1e6:>9.0f}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        run_one(sys.argv[2], int(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
