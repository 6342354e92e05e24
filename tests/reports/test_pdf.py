"""Blocks become pages: frames, footers, page numbers, tables over pages, same bytes."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from liaison.domain.errors import Refused
from liaison.i18n import Language
from liaison.reports.blocks import (
    Align,
    BigName,
    Checklist,
    ChecklistItem,
    Column,
    Columns,
    Drawing,
    Finding,
    Findings,
    Grid,
    Heading,
    Headline,
    PageBreak,
    Row,
    Ruled,
    Signature,
    Space,
    Stop,
    Text,
    Title,
)
from liaison.reports.charts import Curve, Curves
from liaison.reports.style import A4
from tests.reports.reading import STAMP, TITLE, drawn, fonts_of, has_ink_near_an_edge, pages_of, squeezed, text_of

GRID = Grid(
    columns=(Column(head="Nama", width=100), Column(head="Jumlah", width=74, align=Align.RIGHT)),
    rows=tuple(Row(cells=(f"baris {n}", str(n))) for n in range(200)),
)


def test_every_page_says_what_it_is_and_where_it_comes_from():
    data, printed = drawn([TITLE, Headline(text="Dua ratus 200"), GRID])

    assert printed.pages > 3
    for number, page in enumerate(pages_of(data), 1):
        page = squeezed(page)
        assert f"Page {number} of {printed.pages}" in page
        assert "INTERNAL" in page
        assert "R1-9F3C-27AE-04" in page
        assert "n = 3" in page
        assert "Journal 4b7e…91d2" in page


def test_the_table_head_is_repeated_on_every_page_and_no_row_is_lost():
    data, _ = drawn([TITLE, Headline(text="200"), GRID])

    pages = pages_of(data)
    assert all("Nama" in page and "Jumlah" in page for page in pages)
    assert [f"baris {n}" for n in range(200) if f"baris {n}" not in " ".join(pages)] == []


def test_a_short_table_is_not_cut_and_takes_its_heading_along():
    short = replace(GRID, rows=GRID.rows[:6])

    data, printed = drawn([TITLE, *(Text(words=f"isi {n}") for n in range(48)), Heading(text="Kepala"), short])

    first, second = pages_of(data)
    assert printed.pages == 2
    assert "Kepala" not in first
    assert "Kepala" in second
    assert "baris 0" in second


def test_a_cell_longer_than_a_page_goes_on_in_the_next_row():
    long = " ".join(f"kata{n}" for n in range(3000))
    grid = replace(GRID, rows=(Row(cells=(long, "1")),))

    data, printed = drawn([TITLE, Headline(text="1"), grid])

    text = text_of(data)
    assert printed.pages > 1
    assert all(f"kata{n}" in text for n in range(3000))


def test_columns_side_by_side_go_on_together():
    left = tuple(ChecklistItem(text=f"kiri {n}", there=True) for n in range(90))
    right = tuple(ChecklistItem(text=f"kanan {n}", there=False) for n in range(20))

    data, printed = drawn([TITLE, Columns(left=(Checklist(items=left),), right=(Checklist(items=right),))])

    text = text_of(data)
    assert printed.pages == 2
    assert all(f"kiri {n}" in text for n in range(90))
    assert text.count("kanan 7 ") <= 1


def test_a_signature_never_stands_alone_on_a_page():
    signature = Signature(annex_head="", annexes="", place_date="Medan", name="Ayu", role="petugas", stamp="cap")

    data, printed = drawn(
        [TITLE, *(Text(words=f"isi {n}") for n in range(46)), Heading(text="Akhir"), Text(words="penutup"), signature]
    )

    assert printed.pages == 2
    assert "Akhir" in pages_of(data)[1]


@pytest.mark.parametrize("lines", range(40, 50))
def test_nor_does_it_where_white_room_stands_above_it(lines):
    signature = Signature(annex_head="", annexes="", place_date="Medan", name="Ayu", role="petugas", stamp="cap")
    body = [*(Text(words=f"isi {n}") for n in range(lines)), Heading(text="Akhir"), Text(words="penutup")]

    data, printed = drawn([TITLE, *body, Space(height=8), signature])

    last = pages_of(data)[-1]
    assert "Medan" in last and "penutup" in last
    assert printed.pages <= 2


def test_a_finding_names_the_page_that_shows_it():
    findings = Findings(findings=(Finding(words="lihat", anchor="sana"),), page_word="halaman {page}")

    data, _ = drawn([TITLE, findings, PageBreak(), Heading(text="Sana", anchor="sana"), Text(words="isi")])

    assert "halaman 2" in pages_of(data)[0]


def test_the_outline_leads_to_the_sections():
    import pikepdf

    data, _ = drawn([TITLE, Heading(text="Bagian satu", anchor="satu"), Text(words="isi")])

    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Bagian satu"]


def test_only_our_own_fonts_are_in_the_file():
    data, _ = drawn([TITLE, Headline(text="Satu 1"), Text(words="黄美玲 ភ្នំពេញ Đặng")])

    names = fonts_of(data)
    assert names <= {"IBMPlexSans", "IBMPlexSans-SemiBold", "IBMPlexSans-Medium", "IBMPlexSans-Regular"} | {
        name for name in names if name.startswith(("IBMPlexSans", "NotoSansSC", "NotoSansKhmer"))
    }
    assert any(name.startswith("NotoSansSC") for name in names)
    assert not any("Helvetica" in name for name in names)


def test_the_text_read_back_is_the_text_that_was_written():
    words = "O’Brien <b>APPROVED</b> & Co · Nguyễn Thị Ánh Đào · 黄美玲 · RM1.234,50 − ± ≥ …"

    data, _ = drawn([TITLE, Text(words=words)])

    assert words in text_of(data)


def test_the_same_page_has_the_same_bytes_even_after_other_khmer_text():
    blocks = [TITLE, Headline(text="1"), Text(words="វេជ្ជបណ្ឌិត ចន្ធូ")]
    first, _ = drawn(blocks)
    drawn([TITLE, Text(words="ភ្នំពេញ ខ្ញុំស្រឡាញ់កម្ពុជា")])

    again, _ = drawn(blocks)

    assert first == again


@pytest.mark.parametrize("epoch", ["", "1795000000"])
def test_another_process_gives_the_same_bytes(epoch, tmp_path):
    script = (
        "import hashlib; from tests.reports.reading import *; from liaison.reports.blocks import Text;"
        "data, _ = drawn([TITLE, Text(words='Sama 黄 ភ្នំពេញ')]); print(hashlib.sha256(data).hexdigest())"
    )
    environment = {"PATH": "", "SYSTEMROOT": "", "PYTHONHASHSEED": "random"} | (
        {"SOURCE_DATE_EPOCH": epoch} if epoch else {}
    )
    root = Path(__file__).resolve().parents[2]

    answers = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=root, env=environment, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }

    assert len(answers) == 1


def test_a_long_office_name_and_footer_push_the_page_instead_of_being_cut():
    from liaison.reports.blocks import Letterhead

    office = "Kantor Penghubung Pasien Internasional Provinsi Sumatera Utara Cabang Medan Selayang"
    title = replace(
        TITLE,
        letterhead=Letterhead(office=office, address="Jalan Contoh " * 14, number_and_date="20 November 2026"),
        source=TITLE.source + " Kalimat panjang." * 24,
    )

    data, _ = drawn([title, Headline(text="Satu 1"), *(Text(words=f"isi {n}") for n in range(60))])

    text = text_of(data)
    assert all(word in text for word in office.split())
    assert text.count("Kalimat panjang.") == 24 * len(pages_of(data))


def test_a_name_of_many_lines_is_left_off_in_the_repeated_heads_and_the_paper_comes_to_an_end():
    name = "W" * 300
    title = replace(TITLE, running=("KL-1", name), note=name + ". Hanya untuk penerima ini. " * 9)

    data, printed = drawn([title, Headline(text="Satu 1"), Text(words=name), *(Text(words="isi") for _ in range(90))])

    assert 1 < printed.pages < 9
    assert "…" in pages_of(data)[1]
    assert "WW" * 10 in pages_of(data)[1]


def test_a_name_that_leaves_no_room_on_a_page_is_refused_in_words():
    with pytest.raises(Refused) as caught:
        drawn([replace(TITLE, about="Nama " * 2_000), Headline(text="Satu 1"), Text(words="isi")])

    assert [one.code for one in caught.value.problems] == ["NO_ROOM"]
    assert all(one.text(Language(code)) for one in caught.value.problems for code in ("id", "en"))


def test_a_table_whose_head_takes_half_a_page_comes_to_an_end():
    columns = (Column(head="kepala " * 70, width=20), Column(head="Jumlah", width=22))
    row = Row(cells=("1", " ".join(f"kata{n}panjang" for n in range(35))))

    data, printed = drawn([TITLE, Headline(text="1"), replace(GRID, columns=columns, rows=(row,) * 12)])

    assert 11 < printed.pages < 30
    assert text_of(data).count("kata34panjang") == 12


def test_each_letter_of_a_run_counts_its_own_pages():
    from liaison.reports.blocks import Letterhead

    letter = replace(
        TITLE, letterhead=Letterhead(office="Kantor Medan", address="", number_and_date="20 November 2026")
    )

    data, printed = drawn([letter, *(Text(words=f"isi {n}") for n in range(60)), letter, Text(words="isi"), TITLE])

    assert printed.pages == 4
    assert [re.search(r"Page \d+ of \d+", squeezed(page))[0] for page in pages_of(data)] == [
        "Page 1 of 2", "Page 2 of 2", "Page 1 of 2", "Page 2 of 2",
    ]  # fmt: skip


def test_a_report_begins_with_its_title():
    with pytest.raises(ValueError, match="title"):
        drawn([Text(words="isi")])


def test_the_metadata_name_the_report_and_nobody_else():
    import pikepdf

    data, _ = drawn([TITLE, Text(words="isi")], stamp=replace(STAMP, author="Kantor Medan"))

    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo.Title) == "Uji"
        assert str(pdf.docinfo.Author) == "Kantor Medan"
        assert str(pdf.docinfo.Producer) == "Liaison"
        assert str(pdf.Root.Lang) == "id"


def test_a_title_in_the_middle_begins_a_page_with_its_own_frame():
    second = Title(kind="Kedua", banner="PUBLIK", source=TITLE.source, note="")

    data, printed = drawn([TITLE, Text(words="isi"), second, Text(words="lain")])

    assert printed.pages == 2
    assert "PUBLIK" in pages_of(data)[1]
    assert "PUBLIK" not in pages_of(data)[0]


def test_nothing_is_drawn_in_the_dead_edge_of_a_page():
    from liaison.reports.blocks import Letterhead

    head = Letterhead(office="Kantor " * 30, address="Jalan Contoh " * 20, number_and_date="20 November 2026")
    long = replace(TITLE, letterhead=head, source="Sumber " * 120, note="Catatan " * 90, running=("A" * 90, "B" * 90))

    data, printed = drawn([long, Headline(text="Satu 1 " * 40), GRID])

    assert printed.pages > 3
    assert not has_ink_near_an_edge(data)


def test_the_edge_check_itself_sees_ink():
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.rect(5, 400, 20, 20, fill=1)
    canvas.save()

    assert has_ink_near_an_edge(buffer.getvalue())


@pytest.mark.parametrize("name", ["黄美玲", "សុខ ចាន់ដារ៉ា", "Nguyễn Thị Ánh Đào", "Şükrü Çağlar", "Żółć Łukasz"])
def test_names_of_every_script_we_meet_are_drawn(name):
    data, printed = drawn([TITLE, Headline(text=name), Text(words=name)])

    assert name in {one.text for one in printed.drawn} or "".join(one.text for one in printed.drawn).count(name) == 2
    assert fonts_of(data)


def test_a_letter_without_a_sign_in_our_fonts_is_shown_as_a_mark_and_never_dropped():
    from liaison.reports.text import forget, marks

    forget()
    _, printed = drawn([TITLE, Text(words="Nama 𒀀 akhir")])

    assert marks(one.text for one in printed.drawn)


PLACE = "Bandar Udara Internasional Kualanamu, Deli Serdang, ruang tunggu keberangkatan internasional lantai dua"


def test_a_pack_leaves_off_no_word_beside_an_hour_below_a_name_or_before_a_line_to_write_on():
    stop = Stop(time="08.00", at_home="07.00 WIB", place=PLACE, what=("Terbang ke Penang", "Fly to Penang"))
    name = BigName(key="Nama di paspor", name="SUYANTI", remark=PLACE + " dan seterusnya")
    signed = Ruled(labels=(PLACE + ", 20 November 2026", "Nama"))

    data, printed = drawn([TITLE, Headline(text="Satu 1"), name, stop, signed, Text(words="akhir")])

    assert text_of(data).count(PLACE) == 3
    assert "dan seterusnya" in text_of(data)
    assert all(one.right <= A4.width - A4.right for one in printed.drawn)


def test_a_curve_of_a_long_name_is_labelled_whole():
    label = "Penyakit jantung koroner dengan gagal ginjal"
    curves = Curves(
        curves=(Curve(label=label, values=(1.0, 2.0), shown="2"),), times=("Jan", "Feb"), label_width=40, pitch=16
    )

    data, _ = drawn([TITLE, Headline(text="Satu 1"), Heading(text="Bulan", subtitle="n = 3"), Drawing(chart=curves)])

    assert label in text_of(data)
