"""A card for a telephone's address book."""

from liaison.domain.vcard import Card, vcard, vcards


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
