"""Messages in both languages, in the office's own words where it has some."""

import pytest

from liaison.domain.errors import Refused
from liaison.services.office_messages import (
    USUAL,
    WORDS,
    Message,
    filled,
    keep_template,
    restore_templates,
    templates,
    words_in,
)
from tests import make


def text_of(session, message, code):
    """A message's text in one language."""
    return next(view.texts[code] for view in templates(session) if view.message is message)


def test_every_message_stands_in_both_languages_with_known_words_only():
    for message in Message:
        for text in USUAL[message].values():
            assert set(words_in(text)) <= set(WORDS)


def test_own_words_hold_until_the_usual_ones_come_back(store):
    make.do(store, keep_template, Message.STATUS, "id", "Halo {name}, kasus {case}: {stage}.")

    assert make.see(store, text_of, Message.STATUS, "id") == "Halo {name}, kasus {case}: {stage}."
    assert make.see(store, text_of, Message.STATUS, "en") == USUAL[Message.STATUS]["en"]
    assert make.see(store, templates)[1].own == {"id"}

    make.do(store, keep_template, Message.STATUS, "id", USUAL[Message.STATUS]["id"])
    assert make.see(store, templates)[1].own == frozenset()


def test_all_are_restored_at_once(store):
    make.do(store, keep_template, Message.DESK, "en", "Hello from {office}")

    make.do(store, restore_templates)

    assert make.see(store, text_of, Message.DESK, "en") == USUAL[Message.DESK]["en"]


@pytest.mark.parametrize(("text", "code"), [("Halo {diagnosis}", "UNKNOWN_WORDS"), ("  ", "EMPTY")])
def test_a_diagnosis_never_goes_into_a_message(store, text, code):
    with pytest.raises(Refused) as refused:
        make.do(store, keep_template, Message.STATUS, "id", text)

    assert refused.value.problems[0].code == code


def test_what_is_not_known_is_a_gap_to_be_seen_before_it_is_sent():
    text = "Halo {name}, janji di {hospital}: {date}. {officer}"

    assert filled(text, {"name": "Bu Suyanti", "date": "3 Des", "officer": "Ayu"}) == (
        "Halo Bu Suyanti, janji di …: 3 Des. Ayu"
    )
