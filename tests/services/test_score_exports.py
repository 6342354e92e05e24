"""Panels, what to verify and all scorecards as files that a command writes."""

import datetime as dt

from liaison.domain.acceptance import PanelDraft
from liaison.domain.scorecards import Few, Score
from liaison.i18n import Language
from liaison.services import network, panels
from liaison.services.exports import export
from liaison.services.scorecards import scorecard
from tests import make

WORDS = Language("id")


def test_panels_and_what_to_verify_are_narrowed_by_plain_words(store):
    hospital = make.hospital(store)
    insurer = make.made(store, network.add_organization, make.insurer_draft())
    entry = PanelDraft(insurer_id=insurer, hospital_id=hospital, source="meja GL", checked_on=dt.date(2026, 1, 2))
    make.do(store, panels.record_panel, entry)

    assert [row[5] for row in make.see(store, export, "panels", "gleneagles", WORDS).rows] == ["meja GL"]
    assert make.see(store, export, "panels", "surabaya", WORDS).rows == ()
    whats = [row[2].value for row in make.see(store, export, "to_verify", "", WORDS).rows]
    assert whats == ["house", "panel"]


def test_every_score_with_a_case_is_a_row_equal_to_its_card(sampled):
    grid = make.see(sampled, export, "scorecards", "", WORDS)
    with sampled.read() as session:
        houses = {o.name: o.id for o in network.organizations(session)}
        name = grid.rows[0][0]
        card = scorecard(session, houses[name])

    mine = [row for row in grid.rows if row[0] == name]
    assert [row[2] for row in mine] == [f.score for f in card.figures if f.n]
    for row in mine:
        each = card.of(row[2])
        assert row[4] == each.n
        assert each.has_too_few == (Few.TOO_FEW in row)
        if each.score in (Score.TOPUP, Score.DECLINED, Score.REJECTED):
            assert row[5] == each.hits
