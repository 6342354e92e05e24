"""Task 16: write down these six promises with owner and date, in 186 actions; typing is nearly all of it."""

import datetime as dt

import pytest

from liaison.domain.roadshows import GuestDraft, RoadshowDraft
from liaison.services import roadshow_guests, roadshow_views, roadshows
from tests import make

BUDGET = 186
SECONDS = 110
"""Target of the task; the program itself must take next to nothing of it."""

SIX = (
    ("Kirim draf MoU @ratna /15.12", "Kirim draf MoU", make.OFFICER, dt.date(2026, 12, 15)),
    ("Tarif kamar baru @nusa /5.12", "Tarif kamar baru", "Nusa Proteksi", dt.date(2026, 12, 5)),
    ("Nomor malam desk @island /Sen", "Nomor malam desk", "Island Hospital", dt.date(2026, 11, 9)),
    ("Daftar panel @hesti /+7hari", "Daftar panel", "Bu Hesti", dt.date(2026, 11, 9)),
    ("Angka kuartal 4 @ratna /8.1.27", "Angka kuartal 4", make.OFFICER, dt.date(2027, 1, 8)),
    ("Contoh surat GL @nusa /besok", "Contoh surat GL", "Nusa Proteksi", dt.date(2026, 11, 3)),
)


@pytest.fixture
def at_the_table(at_desk):
    """The page of a round table in Medan with one guest by name."""
    store = at_desk.program.runner.store
    draft = RoadshowDraft(series="Akhir 2026", city="Medan", starts_on=dt.date(2026, 11, 2))
    key = make.made(store, roadshows.add_roadshow, draft)
    guest = GuestDraft(roadshow_id=key, organization_id=at_desk.insurer, name="Bu Hesti", position="klaim")
    make.do(store, roadshow_guests.add_guest, guest)
    at_desk.go("roadshow", key)
    return at_desk, key


def test_six_promises_are_written_down_with_owner_and_day(at_the_table, acting):
    who, key = at_the_table

    with acting.within(BUDGET):
        acting.keys("F9")
        for line, *_rest in SIX:
            acting.type(line)
            acting.keys("Return")

    view = who.see(roadshow_views.roadshow_view, key)
    written = {(p.what, p.who, p.due_on) for p in view.promises}
    assert written == {(what, owner, day) for _line, what, owner, day in SIX}
    assert acting.seconds < SECONDS


def test_one_key_takes_the_last_line_back_and_escape_leaves(at_the_table, acting):
    who, key = at_the_table
    acting.keys("F9")
    acting.type(SIX[0][0])
    acting.keys("Return")

    with acting.within(2):
        acting.keys("Ctrl+Z", "Escape")

    assert who.see(roadshow_views.roadshow_view, key).promises == ()
    assert who.program.window.isFullScreen() is False
