"""Files on their way in: from this computer, and out of a mail that only Windows' Outlook knows."""

import struct

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl

from liaison.domain.errors import Unavailable
from liaison.ui.incoming import CONTENTS, DESCRIPTORS, Incoming, files_of, has_files


def outlook(*files):
    """What Outlook hangs on the mouse: a group of descriptors, and each file's bytes under its number."""
    group = struct.pack("<I", len(files))
    for name, _data in files:
        group += b"\0" * 72 + name.encode("utf-16-le").ljust(520, b"\0")
    mime = QMimeData()
    mime.setData(DESCRIPTORS, QByteArray(group))
    for number, (_name, data) in enumerate(files):
        mime.setData(CONTENTS.format(number=number), QByteArray(data))
    return mime


def test_files_of_this_computer_come_by_their_path(tmp_path):
    file = tmp_path / "surat.pdf"
    file.write_bytes(b"%PDF-1")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://example.org/x.pdf")])

    found = files_of(mime)

    assert has_files(mime)
    assert [(f.name, f.read()) for f in found] == [("surat.pdf", b"%PDF-1")]


def test_attachments_of_a_mail_come_with_their_bytes():
    mime = outlook(("GL 0817.pdf", b"%PDF-2"), ("..\\jahat\\resume.pdf", b"%PDF-3"))

    found = files_of(mime)

    assert has_files(mime)
    assert [(f.name, f.read()) for f in found] == [("GL 0817.pdf", b"%PDF-2"), ("resume.pdf", b"%PDF-3")]


def test_a_broken_group_of_descriptors_gives_what_can_be_read():
    mime = QMimeData()
    mime.setData(DESCRIPTORS, QByteArray(struct.pack("<I", 9) + b"\0" * 50))

    assert files_of(mime) == []


def test_text_is_no_file():
    mime = QMimeData()
    mime.setText("GL sudah terbit")

    assert not has_files(mime)
    assert files_of(mime) == []


def test_a_file_that_is_gone_says_so_with_its_name(tmp_path):
    gone = Incoming(name="surat.pdf", path=tmp_path / "surat.pdf")

    with pytest.raises(Unavailable, match="read"):
        gone.read()
