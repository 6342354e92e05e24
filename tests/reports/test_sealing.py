"""Papers that leave as files are sealed: AES-256, only the agreed password opens them, nothing is read in the bytes."""

from __future__ import annotations

import io

import pikepdf
import pytest

from liaison.domain.errors import Refused
from liaison.reports.making import make_report
from liaison.reports.sealing import sealed, sealed_with
from tests import make

AGREED = "7KQ2M-9XT4B-H3VWD-PRC"


@pytest.fixture
def copy(store):
    person = make.patient(store)
    make.journey(store, person)
    with store.read() as session:
        return make_report(session, "own_copy", {"person": str(person)}, language="en")


def test_a_sealed_paper_opens_only_with_the_agreed_password(copy):
    data = sealed(copy, f" {AGREED} ").data

    for wrong in ("", AGREED.lower(), AGREED[:-1]):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(data), password=wrong)
    with pikepdf.open(io.BytesIO(data), password=AGREED) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert not pdf.owner_password_matched
        assert len(pdf.pages) == copy.pages


def test_neither_name_nor_title_stands_in_the_bytes(copy):
    assert b"own copy" in copy.data or b"Liaison" in copy.data or copy.data.startswith(b"%PDF")
    data = sealed(copy, AGREED).data

    for words in (b"Dewi", b"DEWI", b"Siregar", b"own copy", b"Kantor"):
        assert words not in data
        assert words.decode().encode("utf-16-be") not in data


def test_the_hash_on_record_is_that_of_the_sealed_file(copy):
    paper = sealed(copy, AGREED)

    assert paper.sha256 != copy.sha256 and paper.id == copy.id


@pytest.mark.parametrize("password", ["", "pendek", "123456789", "x" * 128, "é" * 80])
def test_a_password_too_short_or_too_long_is_refused(copy, password):
    with pytest.raises(Refused) as refusal:
        sealed(copy, password)
    assert refusal.value.problems[0].field == "password"


def test_a_file_inside_a_sealed_paper_opens_with_the_same_password_and_does_not_stand_in_it_openly(copy):
    told = b'{"records": ["Zulfan Wirabumin"]}'

    paper = sealed_with(copy, "data.json", told, AGREED)

    assert b"Zulfan" not in paper.data and b"data.json" not in paper.data
    with pikepdf.open(io.BytesIO(paper.data), password=AGREED) as pdf:
        assert pdf.attachments["data.json"].get_file().read_bytes() == told
        assert len(pdf.pages) == copy.pages
    assert paper.open_data == copy.data, "the pages kept here are the paper alone"
