"""A moment at the head of typed words: the same reading in the note line, where steps are put off, and in fields."""

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from liaison.domain.work import TaskDraft
from liaison.i18n import Language
from liaison.ui.pages.note_words import NotUnderstood, StepMeant, read_line
from liaison.ui.pages.put_off import read_put_off
from liaison.ui.pages.said import when
from liaison.ui.typed import Unreadable, read_day
from liaison.ui.typed_moment import read_moment
from liaison.ui.widgets.date_edit import DateEdit
from liaison.ui.widgets.form import Form
from tests.ui.conftest import make_desk

NOW = dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC)  # a Friday, 14.05 in Medan
JAKARTA = ZoneInfo("Asia/Jakarta")
FRIDAY = dt.date(2026, 11, 20)


def at_home(moment):
    return moment.astimezone(JAKARTA).strftime("%Y-%m-%d %H.%M")


@pytest.mark.parametrize(
    ("typed", "due", "text"),
    [
        ("15/12 10", "2026-12-15 10.00", ""), ("1 des 10", "2026-12-01 10.00", ""),
        ("1 des 10 telp Nusa", "2026-12-01 10.00", "telp Nusa"), ("15/12 10.30 rapat", "2026-12-15 10.30", "rapat"),
        ("15/12/26 rapat", "2026-12-15 23.59", "rapat"), ("15-12-26", "2026-12-15 23.59", ""),
        ("15/12/27 10 rapat", "2027-12-15 10.00", "rapat"), ("1 des 26", "2026-12-01 23.59", ""),
        ("1 des 2026 9.00 rapat", "2026-12-01 09.00", "rapat"), ("1 des 2030 rapat", "2030-12-01 23.59", "rapat"),
        ("1 des 1405 rapat", "2026-12-01 14.05", "rapat"), ("1 des 1930", "2026-12-01 19.30", ""),
        ("1/1", "2027-01-01 23.59", ""), ("1 jan rapat", "2027-01-01 23.59", "rapat"),
        ("29/2", "2028-02-29 23.59", ""), ("20/11", "2026-11-20 23.59", ""),
        ("besok jam 10 telp", "2026-11-21 10.00", "telp"), ("besok pukul 9", "2026-11-21 09.00", ""),
        ("tomorrow at 4 pm", "2026-11-21 16.00", ""), ("tomorrow 4pm call", "2026-11-21 16.00", "call"),
        ("besok jam 2 siang kirim", "2026-11-21 14.00", "kirim"), ("senin jam 7 malam", "2026-11-23 19.00", ""),
        ("besok 10 WIB telp", "2026-11-21 10.00", "telp"), ("besok 10 MYT telp", "2026-11-21 09.00", "telp"),
        ("16.00 myt telp", "2026-11-20 15.00", "telp"), ("besok 9 telp", "2026-11-21 09.00", "telp"),
        ("besok 2 pasien datang", "2026-11-21 23.59", "2 pasien datang"),
        ("besok 9 pasien datang", "2026-11-21 23.59", "9 pasien datang"),
        ("besok 10 pasien kontrol", "2026-11-21 10.00", "pasien kontrol"),
        ("besok 12 dokumen dikirim", "2026-11-21 23.59", "12 dokumen dikirim"),
        ("1 des 2 claims", "2026-12-01 23.59", "2 claims"), ("16 telp GL", "2026-11-20 16.00", "telp GL"),
        ("14.10 telp", "2026-11-20 14.10", "telp"), ("09.12", "2026-12-09 23.59", ""),
        ("b 10 telp", "2026-11-21 10.00", "telp"), ("l telp", "2026-11-22 23.59", "telp"),
        ("s 9 telp", "2026-11-23 09.00", "telp"),
        ("jam 9 telp", "2026-11-21 09.00", "telp"), ("16 2 pasien", "2026-11-20 16.00", "2 pasien"),
    ],
)  # fmt: skip
def test_the_note_line_reads_the_hour_first_and_days_that_lie_ahead(typed, due, text):
    meant = read_line(f"/{typed}", now=NOW)

    assert isinstance(meant, StepMeant)
    assert (at_home(meant.due_at), meant.text) == (due, text)


@pytest.mark.parametrize(
    ("line", "due", "text"),
    [
        ("kirim draf !15/12 10", "2026-12-15 10.00", "kirim draf"),
        ("kirim !15/12 dokumen klaim", "2026-12-15 23.59", "kirim dokumen klaim"),
        ("!besok jam 9 kirim draf", "2026-11-21 09.00", "kirim draf"),
        ("kirim 12 dokumen !1/1", "2027-01-01 23.59", "kirim 12 dokumen"),
    ],
)
def test_a_deadline_may_stand_anywhere_and_have_an_hour(line, due, text):
    meant = read_line(line, now=NOW)

    assert (at_home(meant.due_at), meant.text, meant.is_urgent, meant.note) == (due, text, True, None)


@pytest.mark.parametrize(
    ("typed", "until", "reason"),
    [
        ("b 2 pasien", "2026-11-21 09.00", "2 pasien"), ("b 2 dokumen kurang", "2026-11-21 09.00", "2 dokumen kurang"),
        ("besok 3 lembar", "2026-11-21 09.00", "3 lembar"), ("b 10 rapat", "2026-11-21 10.00", "rapat"),
        ("b jam 10", "2026-11-21 10.00", ""), ("b 16", "2026-11-21 16.00", ""), ("b 8", "2026-11-21 08.00", ""),
        ("1 des 10", "2026-12-01 10.00", ""), ("15/12 10", "2026-12-15 10.00", ""), ("1/1", "2027-01-01 09.00", ""),
        ("1 jan", "2027-01-01 09.00", ""), ("2 jangan lupa", "2026-11-22 09.00", "jangan lupa"),
        ("16.00 rapat", "2026-11-20 16.00", "rapat"), ("sampai", None, None), ("10", None, None),
    ],
)  # fmt: skip
def test_steps_are_put_off_by_the_same_reading(typed, until, reason):
    found = read_put_off(typed, now=NOW)

    assert (found and at_home(found.until), found and found.reason) == (until, reason)


@pytest.mark.parametrize("typed", ["1 des 10", "3 4 08", "15/12 10"])
def test_a_field_for_a_day_refuses_a_figure_that_could_be_an_hour(typed):
    with pytest.raises(Unreadable) as refused:
        read_day(typed, today=FRIDAY)

    assert "four figures" in refused.value.problem.text(Language("en"))


@pytest.mark.parametrize(
    ("typed", "day"),
    [("1/1", dt.date(2026, 1, 1)), ("1 des 58", dt.date(1958, 12, 1)), ("1/12/10", dt.date(2010, 12, 1)),
     ("1-des-10", dt.date(2010, 12, 1)), ("29 feb 24", dt.date(2024, 2, 29))],
)  # fmt: skip
def test_a_field_for_a_day_keeps_to_this_year_since_it_may_lie_behind(typed, day):
    assert read_day(typed, today=FRIDAY) == day


def test_a_field_for_a_day_to_come_reads_the_coming_one(theme, qtbot):
    desk = make_desk(theme)
    for edit, year in ((DateEdit(desk, ahead=True), 2027), (DateEdit(desk), 2026)):
        qtbot.addWidget(edit)
        edit.retype("1/1")
        assert edit.value() == dt.date(year, 1, 1)
    rest = tuple(f.name for f in dataclasses.fields(TaskDraft) if f.name not in ("title", "due_at"))
    form = Form(desk, TaskDraft, ["title", "due_at"], kept=rest)
    qtbot.addWidget(form)
    form.set(TaskDraft(title="Telepon"))
    form.editor("due_at").retype("1 jan|10")
    assert form.read().due_at == dt.datetime(2027, 1, 1, 3, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("typed", ["1 jangan", "2 desa", "3 sepatu", "5 junior"])
def test_a_word_that_only_begins_like_a_month_is_no_month(typed):
    with pytest.raises(Unreadable):
        read_day(typed, today=FRIDAY)


@pytest.mark.parametrize("line", ["telp /31/2", "telp /nanti", "/29/13"])
def test_a_day_that_does_not_exist_is_not_taken_for_another(line):
    assert isinstance(read_line(line, now=NOW), NotUnderstood)


def test_what_begins_with_no_time_is_none():
    assert read_moment(["telp", "Nusa"], now=NOW.astimezone(JAKARTA)) is None
    assert read_moment([], now=NOW.astimezone(JAKARTA)) is None


@pytest.mark.parametrize(("days", "said"), [(3, "Sen 23 Nov 14.05"), (60, "Sel 19 Jan 2027 14.05")])
def test_the_echo_names_the_year_where_it_is_not_this_one(days, said):
    shown = when(Language("id"), NOW + dt.timedelta(days=days), now=NOW, whole=True)

    assert shown.replace("\u00a0", " ") == said
