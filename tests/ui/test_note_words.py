"""What a typed note line means, before Enter."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from liaison.domain.work import NoteChannel, WaitingOn
from liaison.ui.pages.note_words import NoteMeant, NotUnderstood, StepMeant, read_line

NOW = dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC)  # a Friday, 14.05 in Medan
OFFICERS = ((1, "Ayu Lestari"), (2, "Budi Santoso"))
PARTIES = ((WaitingOn.INSURER, "Nusa Proteksi"), (WaitingOn.HOSPITAL, "Island Hospital"))


def read(line):
    return read_line(line, now=NOW, officers=OFFICERS, parties=PARTIES)


def due(meant):
    return meant.due_at.astimezone(ZoneInfo("Asia/Jakarta")).strftime("%Y-%m-%d %H.%M")


@pytest.mark.parametrize(
    ("line", "text", "moment"),
    [
        ("telp Nusa /besok 10", "telp Nusa", "2026-11-21 10.00"),
        ("telp Nusa /tomorrow 10", "telp Nusa", "2026-11-21 10.00"),
        ("/Sen kirim paspor", "kirim paspor", "2026-11-23 23.59"),
        ("kirim paspor /Mon 9.30", "kirim paspor", "2026-11-23 09.30"),
        ("telp /+3j", "telp", "2026-11-20 17.05"),
        ("telp /+3jam", "telp", "2026-11-20 17.05"),
        ("telp /+3hours", "telp", "2026-11-20 17.05"),
        ("telp /+2hari", "telp", "2026-11-22 23.59"),
        ("telp /+2days", "telp", "2026-11-22 23.59"),
        ("kirim draf /15.12", "kirim draf", "2026-12-15 23.59"),
        ("Nusa minta hasil lab /besok 10 telp Nusa", "telp Nusa", "2026-11-21 10.00"),
    ],
)
def test_a_slash_makes_a_step_with_its_due_time_in_either_language(line, text, moment):
    meant = read(line)

    assert isinstance(meant, StepMeant)
    assert (meant.text, due(meant)) == (text, moment)


def test_officer_house_and_urgency_stand_anywhere():
    meant = read("! minta hasil lab @budi #nusa /besok 10")

    assert (meant.text, meant.officer_id, meant.is_urgent) == ("minta hasil lab", 2, True)
    assert (meant.waiting_on, meant.waiting_for) == (WaitingOn.INSURER, "Nusa Proteksi")


def test_an_exclamation_mark_with_a_day_is_a_deadline():
    meant = read("Kirim draf MoU @Budi !15/12 #island-hospital")

    assert (meant.text, due(meant), meant.is_urgent) == ("Kirim draf MoU", "2026-12-15 23.59", True)
    assert meant.waiting_on is WaitingOn.HOSPITAL


def test_a_template_stands_for_a_step_asked_for_every_day():
    meant = read(">GL /Sen")

    assert meant.template.title == "Follow up the guarantee letter"
    assert meant.waiting_on is WaitingOn.INSURER
    assert due(meant) == "2026-11-23 23.59"


def test_what_stands_before_the_slash_is_noted_where_a_step_follows_it():
    meant = read("telp Nusa: minta hasil lab /besok 10 kirim hasil lab")

    assert meant.note == NoteMeant(channel=NoteChannel.CALL, text="telp Nusa: minta hasil lab")
    assert meant.text == "kirim hasil lab"


@pytest.mark.parametrize("line", ["telp /3h", "telp /+3h"])
def test_a_bare_h_is_refused_since_it_means_hour_to_one_and_day_to_the_other(line):
    meant = read(line)

    assert isinstance(meant, NotUnderstood)
    assert meant.is_h


@pytest.mark.parametrize("line", ["telp /nanti", "telp /99.99", "/zzz"])
def test_a_time_that_cannot_be_read_is_never_saved_as_something_else(line):
    assert isinstance(read(line), NotUnderstood)


@pytest.mark.parametrize(
    "line",
    ["dia marah !", "kamar #512", "demam >5 hari", "tensi 120/80", "a@b.id", "O'Brien", "100%", "😀", "biaya < 3 juta"],
)
def test_signs_in_a_plain_note_stay_signs(line):
    assert read(line) == NoteMeant(channel=NoteChannel.NOTE, text=line)


@pytest.mark.parametrize(
    ("line", "channel"),
    [("telp Nusa: besok", NoteChannel.CALL), ("wa suami", NoteChannel.WHATSAPP), ("surel ke RS", NoteChannel.MAIL),
     ("called the desk", NoteChannel.CALL)],
)  # fmt: skip
def test_the_first_word_names_the_channel(line, channel):
    assert read(line) == NoteMeant(channel=channel, text=line)
