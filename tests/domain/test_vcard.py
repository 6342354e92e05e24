"""A card for a telephone's address book."""

import pytest

from liaison.domain.vcard import Card, dialled_numbers, vcard, vcards


def test_a_card_names_who_and_each_number_once():
    text = vcard(
        Card(name="Aisyah, Indonesia desk", house="Island; Hospital", email="a@b.my", note="24h\ncuti",
             phones=(("WORK", "+60 4-555 0142"), ("CELL", "+60 4 5550142"), ("WORK", "")))
    )  # fmt: skip

    assert text.splitlines() == [
        "BEGIN:VCARD", "VERSION:3.0", "N:Aisyah\\, Indonesia desk;;;;", "FN:Aisyah\\, Indonesia desk",
        "ORG:Island\\; Hospital", "TEL;TYPE=WORK:+6045550142", "EMAIL:a@b.my", "NOTE:24h\\ncuti", "END:VCARD",
    ]  # fmt: skip


def test_a_bare_card_has_only_its_name():
    assert vcard(Card(name="KPJ")).count("\r\n") == 5


def test_a_file_folds_long_lines_without_cutting_a_sign_and_holds_a_card_once():
    long = Card(name="Rumah Sakit " + "é" * 60, note="n" * 100)

    data = vcards([long, Card(name="KPJ"), long])

    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert data.count(b"BEGIN:VCARD") == 2
    unfolded = data.decode().replace("\r\n ", "")
    assert unfolded == vcard(long) + vcard(Card(name="KPJ"))


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("+62 61 4566 100 ext. 119", ["+62614566100"]),
        ("021-555 1234 extension 7", ["0215551234"]),
        ("+60 3-2282 9999 samb. 3", ["+60322829999"]),
        ("+62 61 4566 100 x12", ["+62614566100"]),
        ("061-4566100 / 0812-3456789", ["0614566100", "08123456789"]),
        ("+62 61 4566 100 / 101", ["+62614566100"]),
        ("+62 (0)61 4566100", ["+62614566100"]),
        ("24 h: 0812 6003 417", ["08126003417"]),
        ("119", ["119"]),
        ("", []),
    ],
)
def test_a_number_is_dialled_as_it_is_meant_and_never_glued_together(written, dialled):
    assert dialled_numbers(written) == dialled


def test_what_cannot_be_dialled_stands_in_the_note_as_written():
    lines = vcard(Card(name="IGD", phones=(("WORK", "+62 61 4566 100 ext. 119"),), note="24 jam")).splitlines()
    assert "TEL;TYPE=WORK:+62614566100" in lines
    assert "NOTE:24 jam\\n+62 61 4566 100 ext. 119" in lines
