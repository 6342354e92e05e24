"""Files of a case: what is kept, what is refused, how they are read back."""

import io
import zipfile

import pytest

from liaison.domain.documents import DocumentKind
from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.journeys import EntryMode, JourneyState
from liaison.services import documents, facts
from liaison.store.models import DocumentRow, TaskRow
from tests import make


def codes(refusal):
    return {p.code for p in refusal.value.problems if p.severity == "error"}


def zipped(*names):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


KEPT = [
    (b"%PDF-1.4 ...", "a.pdf", "application/pdf"),
    (b"\xff\xd8\xff\xe0", "foto.jpg", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "foto.png", "image/png"),
    (b"II*\x00", "scan.tif", "image/tiff"),
    (b"\x00\x00\x00\x18ftypheic", "iphone.heic", "image/heic"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8", "wa.webp", "image/webp"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "surat.doc", "application/msword"),
    (zipped("word/document.xml"), "a.docx", documents._ZIP_KINDS[0][1]),
    (zipped("xl/workbook.xml"), "a.xlsx", documents._ZIP_KINDS[1][1]),
    (b"Subject: GL\r\n\r\nisi", "surel.eml", "message/rfc822"),
    (b"catatan dokter: stabil, kontrol 3 bulan", "catatan.txt", "text/plain"),
    ("suhu 37\u00b0".encode("cp1252"), "lama.txt", "text/plain"),
    ("\u00e9".encode() * 4096, "panjang.txt", "text/plain"),
]


@pytest.mark.parametrize(("data", "name", "media_type"), KEPT, ids=[k[1] for k in KEPT])
def test_a_file_is_known_by_its_first_bytes(data, name, media_type):
    assert documents.sniff(data, name) == media_type


REFUSED = [
    (b"MZ\x90\x00\x03", "hasil.pdf"),
    (b"\x7fELF", "hasil"),
    (zipped("hasil.exe"), "hasil.zip"),
    (zipped("word/document.xml", "word/vbaProject.bin"), "makro.docx"),
    (b"PK\x03\x04rusak", "rusak.docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "pasang.msi"),
    (b"<html><body>", "surat.txt"),
    (b"halo <script>alert(1)</script>", "surat.txt"),
    (b"#!/bin/sh\n", "surat.txt"),
]


@pytest.mark.parametrize(("data", "name"), REFUSED, ids=[f"{i}-{r[1]}" for i, r in enumerate(REFUSED)])
def test_programs_archives_and_scripts_are_not_kept_whatever_their_name(data, name):
    with pytest.raises(Refused) as refusal:
        documents.sniff(data, name)

    assert codes(refusal) == {"NOT_ALLOWED"}


def test_a_file_is_encrypted_on_disk_and_read_back_whole(store):
    case = make.journey(store)
    content = make.pdf("Hb 13,2 g/dL Dewi Lestari")

    key = make.made(store, documents.attach, make.document_draft(journey_id=case), content)

    seen = make.see(store, documents.read_document, key)
    assert (seen.name, seen.media_type, seen.data) == ("hasil lab.pdf", "application/pdf", content)
    for path in (store.folder / "attachments").iterdir():
        assert b"Dewi" not in path.read_bytes()
        assert "lab" not in path.name


def test_an_empty_file_and_one_too_large_are_refused(store, monkeypatch):
    case = make.journey(store)
    monkeypatch.setattr(documents, "MAX_BYTES", 10)

    with pytest.raises(Refused) as empty:
        make.do(store, documents.attach, make.document_draft(journey_id=case), b"")
    with pytest.raises(Refused) as large:
        make.do(store, documents.attach, make.document_draft(journey_id=case), make.pdf("x" * 20))

    assert codes(empty) == {"EMPTY"}
    assert codes(large) == {"TOO_LARGE"}


def test_the_same_bytes_on_one_case_are_one_document(store):
    case, other = make.journey(store), make.journey(store)
    make.do(store, documents.attach, make.document_draft(journey_id=case), make.pdf())

    with pytest.raises(Refused) as refusal:
        make.do(store, documents.attach, make.document_draft(journey_id=case, title="lagi.pdf"), make.pdf())
    make.do(store, documents.attach, make.document_draft(journey_id=other), make.pdf())

    assert codes(refusal) == {"KNOWN_FILE"}
    assert len(list((store.folder / "attachments").iterdir())) == 2


def test_a_file_belongs_to_a_case_or_claim_that_is_there(store):
    with pytest.raises(Refused) as refusal:
        make.do(store, documents.attach, make.document_draft(journey_id=1, claim_id=2), make.pdf())

    assert codes(refusal) == {"GONE"}


def test_an_attached_discharge_summary_states_the_fact_and_pays_the_debt(store):
    case = make.journey(store, entry_mode=EntryMode.RUNNING, state=JourneyState.RETURNED)
    kind = DocumentKind.DISCHARGE_SUMMARY

    key = make.made(store, documents.attach, make.document_draft(journey_id=case, kind=kind), make.pdf())
    stated = make.see(store, facts.facts_of, case).has_discharge_summary
    make.do(store, documents.void_document, key, reason="salah pasien")

    with store.read() as session:
        debt = session.query(TaskRow).filter_by(journey_id=case, fact=FactKind.DISCHARGE_SUMMARY).one()
        assert debt.done_at is not None
        assert session.get(DocumentRow, key).voided_reason == "salah pasien"
        assert documents.kinds_of(session, case) == set()
    assert stated
    assert not make.see(store, facts.facts_of, case).has_discharge_summary


def test_voiding_needs_a_reason(store):
    case = make.journey(store)
    key = make.made(store, documents.attach, make.document_draft(journey_id=case), make.pdf())

    with pytest.raises(Refused) as refusal:
        make.do(store, documents.void_document, key, reason="")

    assert codes(refusal) == {"MISSING"}


def test_a_files_kind_may_be_set_later_and_counts_from_then(store):
    case = make.journey(store)
    key = make.made(store, documents.attach, make.document_draft(journey_id=case, kind=None), make.pdf())
    draft = make.see(store, documents.document_draft, key)

    known = make.changed(draft, kind=DocumentKind.LAB, received_on=None)
    make.do(store, documents.edit_document, key, known, version=1)

    with store.read() as session:
        assert documents.kinds_of(session, case) == {DocumentKind.LAB}
        assert session.get(DocumentRow, key).received_on == draft.received_on
    assert make.see(store, facts.facts_of, case).has_medical_document
