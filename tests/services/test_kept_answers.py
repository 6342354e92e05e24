"""Answers that are kept: as exact as worked out now while they are told as current, and told as older where not."""

import datetime as dt
from dataclasses import replace

import pypdfium2
import pytest
import sqlalchemy as sa

from liaison.domain.claims import LineCategory
from liaison.domain.insight import Question, Scope
from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.periods import Period
from liaison.domain.variance import BillLine, Disposition, DispositionDraft, Stay
from liaison.reports.making import make_report
from liaison.services import claim_lists, erasure, evaluation_kept, insight, kept_answers, payments, variance
from liaison.services.answer_text import as_text, from_text, shape_of
from liaison.services.evaluation import evaluation
from liaison.services.insight_cells import LIVE
from liaison.services.kept_answers import OLDER, Older, keep
from liaison.services.variance import settle_flag
from liaison.store import bulk
from tests import make
from tests.services.staged import bring, claim, claim_list
from tests.services.test_erasure import Person, despite

MEDAN = Scope(city="Medan")
QUARTER = Scope(period=Period.LAST_QUARTER)
ANEW = {
    "slow": lambda s: insight.work_out_anew(s, Question.SLOW, Scope()),
    "city": lambda s: insight.work_out_anew(s, Question.CITY, MEDAN),
    "variance": lambda s: variance.work_out_anew(s, Scope()),
    "evaluation": evaluation_kept.work_out_anew,
}
SHOWN = {
    "slow": lambda s: insight.ask(s, Question.SLOW, Scope(), stale_will_do=True),
    "city": lambda s: insight.ask(s, Question.CITY, MEDAN, stale_will_do=True),
    "variance": lambda s: variance.variance(s, stale_will_do=True),
    "evaluation": lambda s: previewed(s),
}
NAMES = list(ANEW)


def previewed(session):
    session.info[OLDER] = Older()
    return evaluation_kept.evaluation_at_once(session)


def shown(store, name, *, live=False):
    with store.read() as session:
        session.info[LIVE] = live
        return SHOWN[name](session)


def keep_all(store):
    for work_out in ANEW.values():
        found = make.see(store, work_out)
        if found is not None:
            make.do(store, keep, found)


def stale(store):
    return {name for name in NAMES if shown(store, name).is_stale}


def kept_rows(store):
    return make.see(store, lambda s: s.execute(sa.text("SELECT question FROM kept_answers")).scalars().all())


@pytest.fixture
def billed(store):
    """A case from Medan whose final bill is far above its estimate."""
    journey = make.journey(store, origin_city="Medan")
    low, high = Money(1_000_00, "MYR"), Money(1_200_00, "MYR")
    make.do(store, payments.record_estimate, make.estimate_draft(journey, low=low, high=high))
    bill = make.bill_draft(journey, BillKind.FINAL, amount=Money(2_000_00, "MYR"), billed_on=dt.date(2026, 11, 1))
    make.do(store, payments.record_bill, bill)
    return journey


# as text and back


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scope", [Scope(), MEDAN, QUARTER], ids=["all", "medan", "quarter"])
def test_what_the_sample_office_answers_comes_back_from_text_as_it_went(sampled, name, scope):
    kinds = {
        "slow": (insight.insight_slow.KEPT, lambda s: insight.insight_slow.work_out(s, scope)),
        "city": (insight.insight_city.KEPT, lambda s: insight.insight_city.city(s, scope)),
        "variance": (variance.KEPT, lambda s: variance._noticed(s, scope).value),
        "evaluation": (evaluation_kept.KEPT, evaluation),
    }
    kind, work_out = kinds[name]
    value = make.see(sampled, work_out)

    back = from_text(as_text(value, kind.classes), kind.classes)

    assert back == value
    assert repr(back) == repr(value)


def test_text_makes_nothing_but_the_classes_that_were_named():
    stay = Stay(journey_id=1, currency="MYR", lines=(BillLine(claim_id=0, category=LineCategory.RNB, description="",
                                                              service_on=dt.date(2026, 1, 2), minor=3),))  # fmt: skip
    with pytest.raises(TypeError):
        as_text(stay, (Stay,))
    text = as_text(stay, (Stay, BillLine, LineCategory))
    with pytest.raises(KeyError):
        from_text(text, (Stay, BillLine))
    assert shape_of((Stay,)) != shape_of((BillLine,))


# fresh or told as older


def test_an_answer_told_as_current_is_what_is_worked_out_now(store, billed):
    keep_all(store)

    for name in NAMES:
        mine = shown(store, name)
        assert not mine.is_stale
        assert mine == shown(store, name, live=True), name
    with store.read() as session:
        titles = session.execute(sa.text("SELECT count(*) FROM action WHERE title = 'Keep an answer'")).scalar()
    assert titles == 0


def test_a_change_its_undo_and_its_redo_make_an_answer_old_until_it_is_worked_out_anew(store, billed):
    keep_all(store)
    with store.write("One more") as session:
        action = session.info["action_id"]
        payments.record_bill(session, make.bill_draft(billed, BillKind.CREDIT_NOTE, amount=Money(100_00, "MYR")))
    assert stale(store) == set(NAMES)
    keep_all(store)
    assert stale(store) == set()

    undone = store.undo(action)

    assert stale(store) == set(NAMES)
    keep_all(store)
    store.undo(undone)
    assert stale(store) == set(NAMES)
    keep_all(store)
    assert all(shown(store, name) == shown(store, name, live=True) for name in NAMES)


def test_an_import_by_blocks_and_its_undo_make_an_answer_old(store, billed, monkeypatch):
    monkeypatch.setattr(bulk, "COMPACT_FROM", 3)
    keep_all(store)

    bring(store, claim_lists, claim_list(*(claim(row) for row in range(5, 15))))

    assert stale(store) == set(NAMES)
    keep_all(store)
    assert stale(store) == set()
    with store.read() as session:
        last = session.execute(sa.text("SELECT max(id) FROM action")).scalar_one()
    store.undo(last)
    assert stale(store) == set(NAMES)


def test_what_was_written_while_an_answer_was_worked_out_makes_it_old(store, billed):
    found = {name: make.see(store, work_out) for name, work_out in ANEW.items()}
    make.journey(store, origin_city="Medan")

    for each in found.values():
        make.do(store, keep, each)

    assert stale(store) == set(NAMES)


def test_another_day_makes_every_answer_old_and_a_minute_that_of_the_evaluation(store, clock, billed):
    keep_all(store)
    clock.forward(minutes=2)
    assert stale(store) == {"evaluation"}
    clock.forward(days=1)
    assert stale(store) == set(NAMES)


def test_who_asks_exactly_never_gets_an_older_answer(store, billed):
    keep_all(store)
    make.journey(store, origin_city="Medan")
    with store.read() as session:
        assert not insight.ask(session, Question.CITY, MEDAN).is_stale
        assert insight.ask(session, Question.CITY, MEDAN).tables[0].lines[0].value == 2
        assert not variance.variance(session).is_stale
        assert not evaluation_kept.evaluation_at_once(session).is_stale


# what is gone


def test_nothing_kept_speaks_of_somebody_who_was_erased(store):
    person = Person(store)
    person.close(store)
    keep_all(store)
    store.clock.forward(minutes=2)
    late = make.see(store, evaluation_kept.work_out_anew)
    assert len(kept_rows(store)) == len(NAMES)

    erasure.erase_person(store, person.id, despite())

    assert kept_rows(store) == []
    make.do(store, keep, late)
    assert kept_rows(store) == [], "worked out before, kept after"


# one at a time


def test_what_came_of_a_flag_shows_at_once_and_makes_no_admission_old(store, billed):
    keep_all(store)
    flag = shown(store, "variance").flags[0].flag
    draft = DispositionDraft(
        journey_id=billed, rule=flag.rule, subject=flag.subject, disposition=Disposition.ACCEPTED, note="begitu"
    )

    make.do(store, settle_flag, draft)

    mine = shown(store, "variance")
    assert (mine.open_flags, mine.is_stale) == (0, False)
    assert mine == shown(store, "variance", live=True)


def test_an_answer_too_large_is_not_kept_and_leaves_no_older_one(store, billed, monkeypatch):
    keep_all(store)
    make.journey(store, origin_city="Medan")
    monkeypatch.setattr(kept_answers, "LARGEST", 10)

    keep_all(store)

    assert kept_rows(store) == []


def test_only_so_many_of_a_kind_are_kept(store, billed):
    found = make.see(store, ANEW["variance"])
    for number in range(12):
        later = found.at + dt.timedelta(minutes=number)
        make.do(store, keep, replace(found, asked=str(number), at=later))
    assert kept_rows(store) == ["variance"] * 8


# on paper


@pytest.mark.parametrize(("language", "words"), [("en", "Kept figures"), ("id", "Angka tersimpan")])
def test_the_evaluation_on_paper_says_that_it_is_older(store, clock, billed, language, words):
    keep_all(store)
    clock.forward(hours=3)
    make.journey(store)

    with store.read() as session:
        exact = _text(make_report(session, "evaluation", {}, language=language).data)
        session.info[OLDER] = older = Older()
        made = make_report(session, "evaluation", {}, language=language)

    assert words not in exact
    assert words in _text(made.data)
    assert (made.pages, older.is_stale, older.to_keep) == (1, True, None)


def _text(data):
    pdf = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()
