import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.domain.errors import Refused
from liaison.store.recovery import ALPHABET, new_code, printed, read_code

secrets_ = st.text(ALPHABET, min_size=25, max_size=25)
LOOKALIKES = {"0": "0Oo", "1": "1IilL"}


@given(secrets_)
def test_a_printed_code_reads_back(secret):
    assert read_code(printed(secret)) == secret


@given(secrets_, st.data())
def test_habits_of_typing_do_not_matter(secret, data):
    typed = "".join(
        data.draw(st.sampled_from(LOOKALIKES.get(c, c + c.lower())))
        + data.draw(st.sampled_from(["", "", " ", "-", "\t"]))
        for c in printed(secret).replace("-", "")
    )

    assert read_code(typed) == secret


@given(secrets_, st.integers(0, 29), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed_and_its_group_named(secret, place, wrong):
    code = printed(secret).replace("-", "")
    if code[place] == wrong:
        return

    with pytest.raises(Refused) as refused:
        read_code(code[:place] + wrong + code[place + 1 :])

    group = place // 5 + 1 if place < 25 else place - 25 + 1
    assert [p.values["group"] for p in refused.value.problems] == [group]


@given(secrets_, st.integers(0, 23))
def test_two_neighbours_typed_the_wrong_way_round_are_noticed(secret, place):
    code = printed(secret).replace("-", "")
    if code[place] == code[place + 1]:
        return

    with pytest.raises(Refused):
        read_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


def test_a_short_code_says_how_many_characters_were_typed():
    with pytest.raises(Refused) as refused:
        read_code("ABC")

    assert refused.value.problems[0].values == {"count": 3}


def test_a_character_that_is_never_used_is_named_with_its_group():
    with pytest.raises(Refused) as refused:
        read_code(new_code().replace("-", "")[:-1] + "U")

    assert refused.value.problems[0].values == {"group": 6, "character": "U"}
