"""The claim status letter (R2): what it says in each state, to whom, and what it keeps to itself."""

import dataclasses
import datetime as dt
import itertools

import pytest
import sqlalchemy as sa

from liaison.domain.claims import ClaimState, LineCategory
from liaison.domain.codes import ReasonCode
from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.domain.privacy import Audience
from liaison.i18n import Language
from liaison.reports import claim_letter
from liaison.reports.blocks import AskBox, Columns, Drawing, Grid, Headline, Shape
from liaison.reports.claim_view import LETTER_FOR, LetterOptions, is_paid
from liaison.reports.making import make_report, record_print
from liaison.reports.text import plain
from liaison.services import claims, sample
from liaison.services.claim_views import ClaimLineView
from liaison.services.disclosure import disclosures_of
from liaison.store.journal_tables import ActionKind
from liaison.store.models import ClaimRow
from tests import make
from tests.reports.conftest import NOW
from tests.reports.reading import has_ink_near_an_edge, text_of

S = ClaimState
EN = Language("en")


def rm(minor):
    return Money(minor, "MYR")


@pytest.fixture(scope="module")
def sample_store(tmp_path_factory):
    """A sample office without its told cases: claims of lists and of closed cases, made in little time."""
    folder = tmp_path_factory.mktemp("claims") / "store"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sample, "TOLD_CASES", 0)
        sample.make_sample(folder, passphrase=make.PASSPHRASE, clock=lambda: NOW, journeys=60)
    with make.opened(folder, make.TestClock(NOW)) as store:
        yield store


@pytest.fixture(scope="module")
def base(sample_store):
    """A claim of the sample office as the letter reads it."""
    with sample_store.read() as session:
        key = session.scalar(sa.select(ClaimRow.id).order_by(ClaimRow.id).limit(1))
        return claim_letter.gather(session, f"#{key}")[0]


def line(number, category, claimed, approved, reason=None, description="", note=""):
    return ClaimLineView(
        id=number,
        position=number,
        category=category,
        description=description,
        service_on=None,
        claimed=rm(claimed),
        approved=None if approved is None else rm(approved),
        reason=reason,
        note=note,
    )


def a_claim(base, state=S.PARTIALLY_APPROVED, **changes):
    usual = dict(  # noqa: C408
        claim_no="KL/NS/26/0093371",
        state=state,
        is_open=True,
        billed=rm(2_027_800),
        approved=rm(1_920_748),
        paid=rm(0),
        open_amount=rm(1_920_748),
        decided_on=dt.date(2026, 11, 18),
        submitted_on=dt.date(2026, 9, 28),
        appeal_level=0,
        reason=None,
        reason_note="",
        lines=(),
        queries=(),
        payments=(),
        missing=(),
    )
    claim = dataclasses.replace(base.claim, **{**usual, **changes})
    last = claim_letter._appeal_by(claim, base.today)
    return dataclasses.replace(base, claim=claim, is_own=True, is_restricted=False, rates=(), appeal_by=last)


def letter(view, audience=Audience.FAMILY):
    return claim_letter.lay_out(view, EN, audience=audience, options=LetterOptions())


def flat(blocks):
    for block in blocks:
        if isinstance(block, Columns):
            yield from flat((*block.left, *block.right))
        else:
            yield block


def words_of(blocks):
    return " ".join(str(block) for block in flat(blocks)).replace("\u00a0", " ")


def one(blocks, kind):
    return next(block for block in flat(blocks) if isinstance(block, kind))


@pytest.mark.parametrize(
    ("state", "changes", "said"),
    [
        (S.READY, {}, "complete and ready"),
        (S.SUBMITTED, {}, "no decision yet"),
        (S.QUERIED, {}, "asks before it decides"),
        (S.IN_REVIEW, {}, "is examining the claim"),
        (S.PARTIALLY_APPROVED, {}, "approved in part: RM19,207.48 of RM20,278.00"),
        (S.APPROVED, {"approved": rm(2_027_800)}, "approved in full: RM20,278.00"),
        (S.REJECTED, {"approved": None}, "rejected by the insurer"),
        (S.APPEALED, {}, "Appeal with the insurer"),
        (S.PAID, {"approved": rm(2_027_800), "paid": rm(2_027_800), "open_amount": rm(0)}, "Claim paid: RM20,278.00"),
        (S.PAID, {"paid": rm(1_000_000), "open_amount": rm(920_748)}, "paid in part: RM10,000.00 of RM19,207.48"),
        (S.DISPUTED_PAYMENT, {"paid": rm(1_000_000)}, "Less was paid than approved"),
        (S.WITHDRAWN, {}, "withdrawn"),
        (S.TIME_BARRED, {}, "not sent in time"),
        (S.CLOSED, {"approved": rm(0), "open_amount": rm(0)}, "rejected by the insurer"),
    ],
)
def test_the_headline_says_the_state_with_its_amount(base, state, changes, said):
    view = a_claim(base, state, **changes)

    for audience in LETTER_FOR:
        head = one(letter(view, audience), Headline).text.replace("\u00a0", " ")

        assert said in head
        assert "RM" in head


def test_each_cut_line_has_its_sign_and_its_reason_with_the_cure(base):
    lines = (
        line(1, LineCategory.SUR, 1_500_000, 1_500_000),
        line(2, LineCategory.MED, 300_000, 292_948, ReasonCode.R17),
        line(3, LineCategory.NMD, 227_800, 127_800, ReasonCode.R16),
    )
    blocks = letter(a_claim(base, lines=lines))

    table = next(b for b in flat(blocks) if isinstance(b, Grid) and b.name == "lines")
    signs = [plain(row.cells[-1].words) for row in table.rows[:3]]
    assert signs == ["", "a", "b"]
    said = words_of(blocks)
    assert "Medication in hospital, RM70.52: not reasonable and customary." in said
    assert "Ask the hospital to explain or correct the charge." in said


def test_what_was_cut_beyond_the_lines_stands_in_a_row_of_its_own(base):
    lines = (line(1, LineCategory.SUR, 2_027_800, 2_027_800),)
    blocks = letter(a_claim(base, lines=lines))

    table = next(b for b in flat(blocks) if isinstance(b, Grid) and b.name == "lines")
    assert [row.cells[0] for row in table.rows][:3] == ["Surgeon", "The rest of the claim", "Total"]
    assert table.rows[1].cells[-1] == "a"


def test_the_last_day_for_an_appeal_stands_in_the_box(base):
    box = one(letter(a_claim(base)), AskBox)

    assert box.head == "You do not agree?"
    assert "17 January 2027" in plain(box.words).replace("\u00a0", " ")


@pytest.mark.parametrize("changes", [{"decided_on": dt.date(2026, 9, 1)}, {"decided_on": None}, {"appeal_level": 2}])
def test_no_appeal_is_offered_where_none_is_possible(base, changes):
    assert one(letter(a_claim(base, **changes)), AskBox).head != "You do not agree?"


def test_free_words_reach_the_holder_only_where_holder_and_patient_are_one(base):
    lines = (line(1, LineCategory.MED, 2_027_800, 1_920_748, ReasonCode.R17, "Infus kemoterapi", "tumor payudara"),)
    own = a_claim(base, lines=lines)
    other = dataclasses.replace(own, is_own=False)

    assert "kemoterapi" in words_of(letter(own))
    assert "tumor" in words_of(letter(own))
    assert "kemoterapi" not in words_of(letter(other))
    assert "tumor" not in words_of(letter(other))
    assert "kemoterapi" in words_of(letter(other, Audience.INSURER))


def test_once_the_holder_has_died_the_letter_goes_to_the_family(base):
    dead = dataclasses.replace(a_claim(base, S.SUBMITTED), is_dead=True, next_of_kin="")
    known = dataclasses.replace(dead, next_of_kin="Siti Aminah")

    assert f"Dear Family of {base.holder}," in words_of(letter(dead))
    assert "Dear Siti Aminah," in words_of(letter(known))
    assert "Policyholder" not in words_of(letter(dead))


def test_a_restricted_illness_shows_in_no_line_of_any_copy(base):
    lines = (line(1, LineCategory.LAB, 2_027_800, 1_920_748, ReasonCode.R17, "HIV viral load"),)
    view = dataclasses.replace(a_claim(base, lines=lines), is_restricted=True)

    for audience in LETTER_FOR:
        assert "HIV" not in words_of(letter(view, audience))


def test_no_copy_holds_the_diagnosis_and_the_hospital_sees_no_policy_number(base):
    claim = dataclasses.replace(a_claim(base).claim, diagnosis="Karsinoma langka", policy_no="0754-1180-33")
    view = dataclasses.replace(a_claim(base), claim=claim)

    for audience in LETTER_FOR:
        assert "Karsinoma" not in words_of(letter(view, audience))
    assert "0754-1180-33" not in words_of(letter(view, Audience.HOSPITAL))
    assert "0754-1180-33" in words_of(letter(view, Audience.INSURER))


def test_the_bar_shows_how_far_the_claim_came(base):
    def shapes(state, **changes):
        bar = one(letter(a_claim(base, state, **changes)), Drawing).chart
        return [step.shape for step in bar.steps]

    assert shapes(S.READY) == [Shape.COMING] * 5
    assert shapes(S.QUERIED) == [Shape.DONE] * 2 + [Shape.NOW] + [Shape.COMING] * 2
    assert shapes(S.PARTIALLY_APPROVED) == [Shape.DONE] * 4 + [Shape.COMING]
    assert shapes(S.REJECTED, approved=None) == [Shape.DONE] * 4
    assert shapes(S.PAID, paid=rm(1_920_748), open_amount=rm(0)) == [Shape.DONE] * 5


def test_a_list_may_say_paid_without_a_payment(base):
    view = a_claim(base, S.PAID)

    assert is_paid(view)
    assert "It is paid." in words_of(letter(view))
    assert "Still awaited" not in words_of(letter(view))


# from a store


def test_a_claim_in_every_state_prints_for_every_reader_the_languages_in_turn(sample_store):
    with sample_store.read() as session:
        keys = {}
        for key, state in session.execute(sa.select(ClaimRow.id, ClaimRow.state)):
            keys.setdefault(state, key)
        for number, (key, audience) in enumerate(itertools.product(keys.values(), LETTER_FOR)):
            language = ("id", "en")[number % 2]
            made = make_report(session, "claim_letter", {"claim": f"#{key}"}, language=language, audience=audience)
            assert made.pages <= 2
            assert made.id.startswith("R2-")
            assert {warning.code for warning in made.warnings} <= {"NO_GROUND"}
            assert not number or not has_ink_near_an_edge(made.data)


def test_the_address_stands_above_the_headline(sample_store):
    with sample_store.read() as session:
        key = session.scalar(sa.select(ClaimRow.id).order_by(ClaimRow.id).limit(1))
        text = text_of(make_report(session, "claim_letter", {"claim": f"#{key}"}, language="en").data)

    assert text.index("Insurer's claim number") < text.index("Claim status letter")


def test_the_same_claim_and_clock_give_the_same_bytes(sample_store):
    with sample_store.read() as session:
        number = session.scalar(sa.select(ClaimRow.claim_no).where(ClaimRow.claim_no != "").limit(1))
        one, two = (make_report(session, "claim_letter", {"claim": number}, language="id") for _ in range(2))

    assert one.data == two.data
    assert "Surat status klaim" in text_of(one.data) or "Claim status letter" in text_of(one.data)
    assert one.grids


def test_printing_a_claim_is_written_down_as_a_disclosure_even_without_a_case(store):
    patient = make.patient(store)
    key = make.made(store, claims.file_claim, make.claim_draft(patient_id=patient, cover_id=make.cover(store, patient)))
    with store.read() as session:
        made = make_report(session, "claim_letter", {"claim": f"#{key}"}, language="en", audience=Audience.HOSPITAL)
    assert made.journey_id is None
    assert made.action_kind is ActionKind.DISCLOSURE

    with store.write(made.action_title, kind=made.action_kind.value) as session:
        record_print(session, made)

    with store.read() as session:
        (written,) = disclosures_of(session, patient)
        assert (written.report, written.audience) == ("claim_letter", Audience.HOSPITAL)


def test_an_unknown_and_an_empty_number_are_refused(store):
    with store.read() as session:
        for number in ("TIDAK-ADA", "--", "#99", "#x"):
            with pytest.raises(Refused) as caught:
                make_report(session, "claim_letter", {"claim": number}, language="id")
            assert caught.value.problems[0].code == "NO_SUCH_CLAIM"
