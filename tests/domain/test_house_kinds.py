"""What kind of house a name or a word means."""

import pytest

from liaison.domain.house_kinds import kind_of_house
from liaison.domain.network import AT_NIGHT, MAIN_KINDS, OrganizationKind

K = OrganizationKind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("KJRI Penang", K.CONSULATE), ("Konsulat Jenderal RI", K.CONSULATE), ("Indonesian Embassy", K.CONSULATE),
        ("Ambulans Gawat Darurat 118", K.AMBULANCE), ("Kantor Perwakilan RS Island Medan", K.REP_OFFICE),
        ("Kios informasi RS Island", K.KIOSK), ("Call centre Medan", K.CALL_CENTRE), ("Hotel Sentral", K.HOTEL),
        ("maskapai", K.AIRLINE), ("Citilink Airlines", K.AIRLINE), ("Kementerian Kesehatan", K.MINISTRY),
        ("Dinas Kesehatan Sumut", K.MINISTRY), ("AAJI, asosiasi asuransi", K.INSURER), ("Asosiasi RS", K.HOSPITAL),
        ("Perhimpunan Dokter", K.ASSOCIATION), ("Universitas Sumatera Utara", K.UNIVERSITY),
        ("National University Hospital", K.HOSPITAL), ("agensi", K.AGENCY), ("Maju Jaya", None), ("", None),
    ],
)  # fmt: skip
def test_a_word_or_name_says_what_kind_of_house_it_is(text, kind):
    assert kind_of_house(text) is kind


def test_who_is_called_at_night_is_no_kind_with_a_list_of_its_own():
    assert not AT_NIGHT & set(MAIN_KINDS)
