"""An office in Papua lives by its own clock: every day and time in the window is told and read in its zone."""

import datetime as dt

from liaison.i18n import Language
from liaison.ui.pages.note_words import read_line
from liaison.ui.pages.put_off import read_put_off
from liaison.ui.pages.said import has_hour, is_late, when
from liaison.ui.status_line import StatusLine
from liaison.ui.widgets.date_edit import MomentEdit
from tests.ui.conftest import make_desk

WIT = "Asia/Jayapura"
PAPUA, MEDAN = Language("id", WIT), Language("id")
LATE = dt.datetime(2026, 11, 20, 15, 30, tzinfo=dt.UTC)
"""22.30 in Medan, already half past midnight of the next day in Jayapura."""


def papuan(theme):
    desk = make_desk(theme)
    object.__setattr__(desk, "words", PAPUA)
    object.__setattr__(desk, "clock", lambda: LATE)
    return desk


def test_days_and_times_are_told_on_the_offices_clock():
    assert PAPUA.formats.moment(LATE) == "21\u00a0Nov\u00a02026\u00a000.30\u00a0WIT"
    assert MEDAN.formats.moment(LATE) == "20\u00a0Nov\u00a02026\u00a022.30\u00a0WIB"
    assert PAPUA.formats.time(LATE, "Asia/Kuala_Lumpur") == "23.30\u00a0MYT"
    assert "00.30\u00a0WIT" in PAPUA("{moment}", moment=LATE)
    assert PAPUA.formats.home_day(LATE) == dt.date(2026, 11, 21)


def test_what_is_due_is_late_and_said_by_the_offices_day():
    day_before = LATE - dt.timedelta(hours=2)

    assert is_late(PAPUA, day_before, now=LATE, has_time=False)
    assert not is_late(MEDAN, day_before, now=LATE, has_time=False)
    assert when(PAPUA, LATE + dt.timedelta(hours=3), now=LATE) == "03.30"
    assert when(MEDAN, LATE + dt.timedelta(hours=3), now=LATE) == "besok"
    assert not has_hour(PAPUA, dt.datetime(2026, 11, 21, 14, 59, 59, tzinfo=dt.UTC))


def test_times_that_are_typed_are_those_of_the_office():
    put_off = read_put_off("besok 9 nanti", now=LATE, zone=WIT)
    noted = read_line("telp GL /15.00", now=LATE, zone=WIT)

    assert put_off.until == dt.datetime(2026, 11, 22, 0, 0, tzinfo=dt.UTC)
    assert noted.due_at == dt.datetime(2026, 11, 21, 6, 0, tzinfo=dt.UTC)


def test_a_field_for_a_moment_and_the_clocks_below_follow_the_office(theme, qtbot):
    desk = papuan(theme)
    edit, status = MomentEdit(desk), StatusLine(desk, lambda: None)
    qtbot.addWidget(edit)
    qtbot.addWidget(status)

    edit.set_value(LATE)
    status.show_saved(LATE)

    assert desk.today() == dt.date(2026, 11, 21)
    assert edit.hour.text() == "00.30"
    assert edit.hour.placeholderText() == "WIT"
    assert edit.value() == LATE
    assert status.clocks.text().startswith("00.30\u00a0WIT · 23.30\u00a0MYT")
    assert "00.30" in status.saved.text()


def test_an_hour_typed_with_another_zone_is_turned_into_the_offices(theme, qtbot):
    edit = MomentEdit(papuan(theme))
    qtbot.addWidget(edit)

    edit.day.line.setText("21/11/2026")
    edit.hour.setText("08.30 MYT")
    edit.hour.editingFinished.emit()

    assert edit.hour.text() == "09.30"
    assert edit.value() == dt.datetime(2026, 11, 21, 0, 30, tzinfo=dt.UTC)
