"""What the one box offers below what the store knows."""

import pytest

from liaison.ui.palette import box_rows
from tests.ui.conftest import make_desk


def created(desk, text):
    """The name a new case would begin with, or nothing where none is offered."""
    last = box_rows(desk, text, ())[-1].value
    return dict(last.values).get("name") if getattr(last, "page", "") == "journey_new" else None


@pytest.mark.parametrize(
    "text", ["kota:medan", "status:gl", "umur>7", "-kota:medan", "kta:medan", "#MDN-26", "sisa>0 rs:kpj"]
)
def test_no_case_is_offered_under_the_words_of_a_filter(theme, text):
    assert created(make_desk(theme), text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [("siti rahmawati", "siti rahmawati"), ("siti kota:medan", "siti"), ("siti umur>7 medan", "siti medan"),
     ("budi 0812-3456-7890", "budi 0812-3456-7890"), ('"siti nur" kota:medan', "siti nur")],
)  # fmt: skip
def test_a_new_case_is_offered_under_the_name_alone(theme, text, name):
    assert created(make_desk(theme), text) == name
