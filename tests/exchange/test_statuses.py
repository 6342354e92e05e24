"""A list that we wrote ourselves is understood when it comes back."""

import pytest

from liaison.domain.claims import ClaimState
from liaison.exchange.statuses import status_of
from liaison.i18n import LANGUAGES, Language


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("state", ClaimState)
def test_every_state_of_ours_is_understood_in_the_words_of_our_own_lists(state, code):
    assert status_of(Language(code)(state.label)) is not None
