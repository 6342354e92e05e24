"""The recovery sheet: one page, both languages, the code for the hand and for the camera."""

import datetime as dt

import pypdfium2
import pytest

from liaison.i18n import Language
from liaison.reports.recovery_sheet import RecoverySheet, make_recovery_sheet

CODE = "7K4Q2-M2XD9-9TRHA-C5WN1-3VJPX-8BFAQ"


@pytest.mark.parametrize(("first", "second"), [("id", "en"), ("en", "id")])
def test_the_sheet_is_one_page_with_the_code_whole_in_both_languages(first, second):
    sheet = RecoverySheet(code=CODE, office="Kantor Medan", officer="Ayu Lestari", day=dt.date(2026, 11, 20))
    data = make_recovery_sheet(sheet, first=Language(first), second=Language(second))
    document = pypdfium2.PdfDocument(data)
    text = document[0].get_textpage().get_text_range()

    assert len(document) == 1
    for group in CODE.split("-"):
        assert group in text
    assert text.count("Kantor Medan") == 3
    assert "It works without this computer." in text.replace("\r\n", " ")
    assert "Ayu" not in str(document.get_metadata_dict())
    assert data == make_recovery_sheet(sheet, first=Language(first), second=Language(second))
