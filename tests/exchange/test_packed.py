"""Claims of a long list, packed: read like any sequence, equal to what was put in."""

import pytest

from liaison.domain.listing import ListStatus, StagedClaim, StagedLine
from liaison.domain.money import Money
from liaison.exchange.packed import PackedClaims
from tests.exchange.lists import D


def claim(number):
    """A claim with every field filled, and every third one with lines."""
    money = Money(number * 100 + 1, "MYR")
    lines = (StagedLine(row=number, description="Kamar", service_date=D(2026, 4, 1), billed=money, approved=None),)
    texts = (
        "member_no", "policy_no", "relation", "sex", "hospital", "country", "city", "diagnosis_code", "diagnosis_text",
        "gl_no", "insurer", "phone", "identity_no", "remarks",
    )  # fmt: skip
    return StagedClaim(
        sheet="Klaim", row=number, claim_no=f"C{number}", member_name="Siti Nur", currency="MYR", billed=money,
        status=list(ListStatus)[number % len(ListStatus)], raw_status="dibayar", approved=money if number % 2 else None,
        not_covered=None if number % 2 else money, admit_date=D(2026, 4, 1), discharge_date=None,
        birth_date=D(1980, 3, 14), lines=lines * 2 if number % 3 == 0 else (), **{t: f"{t} {number}" for t in texts},
    )  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 200])
def test_what_is_put_in_comes_out_equal_in_its_order(count):
    claims = [claim(n) for n in range(count)]

    packed = PackedClaims(claims)

    assert len(packed) == count
    assert list(packed) == claims
    assert [packed[n] for n in range(count)] == claims
    assert packed == tuple(claims) and packed != [*claims, claim(count)]
    assert packed[10:20] == tuple(claims[10:20])
    assert packed.lines == sum(c.line_count for c in claims)
    with pytest.raises(IndexError):
        packed[count]


def test_the_last_one_counts_from_the_end():
    assert PackedClaims([claim(n) for n in range(130)])[-1] == claim(129)


def test_it_is_equal_to_no_other_thing():
    assert PackedClaims() != 5
