"""A released briefing is traced from the number on the paper to its cases, through corrections, reprint and copies."""

import datetime as dt
import hashlib

from liaison.domain.custody import CopyDraft, CopyEndDraft, CopyState
from liaison.domain.privacy import Audience
from liaison.i18n import Language
from liaison.reports import making, traced
from liaison.services import custody, explaining, journeys, ledger, patients, releases, reprints, search, tracing
from liaison.store.models import JourneyRow, PatientRow
from tests import make

ENGLISH = Language("en", "Asia/Jakarta")
SUMMER = dt.date(2026, 8, 3)


def arrive(store, count, *, start=0, **values):
    """So many people of Medan who asked for a treatment last summer."""

    def fill(session):
        for number in range(start, start + count):
            person = patients.add_patient(
                session, make.patient_draft(full_name=f"Pasien Nomor{number}", city="Medan", phone="")
            ).made
            draft = make.journey_draft(patient_id=person, origin_city="Medan", opened_on=SUMMER, **values)
            done = journeys.open_journey(session, draft)
        return done

    make.do(store, fill)


def released(store, name="city_briefing", audience=None, **options):
    with store.read() as session:
        result = making.make_report(session, name, options or {"city": "Medan"}, language="en", audience=audience)
    with store.write("Release", kind=result.action_kind.value) as session:
        key = making.record_print(session, result).made
    return result, key


def figure(store, key, label):
    found = make.see(store, tracing.figures_of, key)
    return next(one for one in found if one.label == label and "2025 to" in one.period)


def test_a_briefing_is_traced_from_its_numbers_to_its_cases_and_back(store, clock):
    arrive(store, 12)
    first, key = released(store)

    # every figure stands on the cases of exactly the persons it counts
    opened = figure(store, key, "Medan, journeys opened")
    assert (opened.printed, opened.counted) == ("10", 12)
    lines = make.see(store, explaining.behind_lines, key, opened.place)
    assert len(lines) == 12
    for one in make.see(store, tracing.figures_of, key):
        rows = make.see(store, explaining.behind_lines, key, one.place)
        assert len({row.patient_id for row in rows}) == one.counted, one.label
    told = make.see(store, ledger.told_before, {}).figures
    assert {12} <= {len(one.who) for one in told}

    # cases come to light later: the figure stands as it was printed, and the errata say what it would be today
    clock.forward(days=3)
    arrive(store, 21, start=12)
    changed = lines[0].key
    make.do(store, journeys.cancel, changed, reason=journeys.CancelReason.COST, note="mahal")
    second, later = released(store)
    again = figure(store, later, "Medan, journeys opened")
    corrected = figure(store, later, "Medan, journeys opened, corrected")
    assert (again.printed, again.counted, corrected.printed) == ("10", 12, "35")
    assert any(grid.title == "Corrections to printed figures" for grid in second.grids)
    assert len(make.see(store, explaining.behind_lines, later, corrected.place)) == 33

    # the first one again: the same bytes, found by what a scanner types
    (found,) = make.see(store, search.find, f"{first.id.lower()}\n")
    assert found.id == key
    assert hashlib.sha256(make.see(store, releases.kept_pages, found.id)).hexdigest() == first.sha256
    with store.write("Again", kind="release") as session:
        twice = reprints.print_again(session, key).made
    assert make.see(store, releases.release_of, twice).sha256 == first.sha256

    # "explain this number" shows the rows as they are now
    explained = make.see(store, explaining.explain, key, opened.place)
    assert (explained.rows, explained.erased, explained.gone, explained.changed) == (12, 0, 0, 1)
    assert explaining.sentences_of(explained, ENGLISH)[0].startswith("1 of 12 was changed since the print of")

    # numbered copies
    day = dt.date(2026, 11, 23)
    for who in ("Ibu Ratna", "Pak Hasan"):
        make.do(store, custody.hand_out, key, CopyDraft(handed_to=who, handed_on=day))
    one, two = make.see(store, custody.copies_of, key)
    make.do(store, custody.end_copy, one.id, CopyEndDraft(state=CopyState.RETURNED, ended_on=day))
    make.do(store, custody.end_copy, two.id, CopyEndDraft(state=CopyState.DESTROYED, ended_on=day))
    assert [(c.number, c.handed_to, c.state) for c in make.see(store, custody.copies_of, key)] == [
        (1, "Ibu Ratna", CopyState.RETURNED), (2, "Pak Hasan", CopyState.DESTROYED),
    ]  # fmt: skip


PAPERS = (
    ("case_summary", {"case": ""}, Audience.HOSPITAL),
    ("case_summary", {"case": ""}, Audience.PUBLIC),
    ("clock_list", {}, None),
    ("handover", {}, None),
    ("evaluation", {}, None),
    ("directory", {"city": "Penang"}, None),
    ("agreements", {}, None),
)


def test_papers_of_every_kind_stand_on_rows_of_the_store(sample_store):
    with sample_store.read() as session:
        case = session.query(JourneyRow.case_no).filter(JourneyRow.is_open).limit(1).scalar()
        people = {key for (key,) in session.query(PatientRow.id)}
        for name, options, audience in PAPERS:
            asked = {option: value or case for option, value in options.items()}
            result = making.make_report(session, name, asked, language="id", audience=audience)
            own = None
            if result.patient_id is not None:
                own = making.CaseKeys(patient_id=result.patient_id, journey_id=result.journey_id, country="")
            trace = traced.trace_of(
                session, result.material, Language("id"), people=result.people, own=own, case_no=asked.get("case", "")
            )

            rows = {*trace.rows, *(row for one in trace.figures for row in one.rows)}
            assert rows, name
            assert {table for table, _key in rows} <= {kind.value for kind in explaining.RowKind}, name
            assert not {key for table, key in rows if table == "journey"} & people
            assert all(one.label and one.printed for one in trace.figures), name
