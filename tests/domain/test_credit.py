"""Whether a hospital treats on a letter: a dated word, weighed."""

import datetime as dt

from liaison.domain.credit import CreditDraft, CreditEntry, check_credit, credit_on
from liaison.domain.network import Freshness, freshness

TODAY = dt.date(2026, 11, 2)


def word(**values):
    usual = {"insurer_id": None, "gives_credit": True, "terms": "", "source": "kontrak", "checked_on": TODAY}
    return CreditEntry(**{**usual, **values})


def test_a_word_about_one_insurer_wins_over_one_about_all():
    everybody, one = word(), word(insurer_id=7, gives_credit=False, checked_on=dt.date(2026, 1, 1))

    assert credit_on([everybody, one], 7, TODAY) is one
    assert credit_on([everybody, one], 8, TODAY) is everybody
    assert credit_on([everybody, one], None, TODAY) is everybody


def test_of_two_words_the_one_checked_later_holds():
    old, new = word(checked_on=dt.date(2026, 3, 1)), word(gives_credit=False)

    assert credit_on([new, old], 7, TODAY) is new


def test_a_word_speaks_only_of_its_own_days():
    past = word(valid_to=dt.date(2026, 10, 31))
    coming = word(valid_from=dt.date(2027, 1, 1))

    assert credit_on([past, coming], 7, TODAY) is None
    assert credit_on([past, coming], 7, dt.date(2026, 10, 31)) is past
    assert credit_on([past, coming], 7, dt.date(2027, 1, 1)) is coming


def test_a_word_on_credit_needs_a_source_and_a_day_that_came():
    good = {"hospital_id": 1, "source": "kontrak", "checked_on": TODAY}

    assert check_credit(CreditDraft(**good), today=TODAY) == []
    assert {p.code for p in check_credit(CreditDraft(**{**good, "source": " "}), today=TODAY)} == {"MISSING"}
    late = CreditDraft(**{**good, "checked_on": dt.date(2026, 11, 3)})
    assert {p.code for p in check_credit(late, today=TODAY)} == {"IN_FUTURE"}
    old = CreditDraft(**{**good, "checked_on": dt.date(2026, 1, 1)})
    assert {p.code for p in check_credit(old, today=TODAY)} == {"OLD"}
    turned = CreditDraft(**good, valid_from=TODAY, valid_to=dt.date(2026, 11, 1))
    assert len(check_credit(turned, today=TODAY)) == 1


def test_a_check_fades_after_90_days_and_is_stale_after_180():
    days = [(0, "FRESH"), (90, "FRESH"), (91, "FADED"), (180, "FADED"), (181, "STALE")]

    assert [(n, freshness(TODAY - dt.timedelta(days=n), today=TODAY).value) for n, _ in days] == days
    assert freshness(None, today=TODAY) is Freshness.NEVER
