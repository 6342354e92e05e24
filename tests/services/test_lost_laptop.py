"""A laptop is lost: who was on it, the three days, and the reminders until both sides have been told."""

import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.trouble import Answer3, Danger, LostLaptopDraft, danger, months_later, time_to_tell
from liaison.i18n import Language
from liaison.services import case_text, lost_laptop, patients, views
from liaison.store import backup, case_file, kdf
from tests import make
from tests.services.test_hand_over import a_case, other, pair, prepared_other

__all__ = ["other", "pair", "prepared_other"]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(case_file, "fitting", lambda: kdf.CHEAP)


def draft(store, **values):
    return LostLaptopDraft(**{"aware_at": store.clock() - dt.timedelta(hours=2), **values})


def test_who_was_on_it_is_counted_and_the_clock_counts_from_awareness(store, clock):
    person, _, _ = a_case(store)
    make.made(store, patients.add_identifier, person, make.identifier_draft())
    make.made(store, patients.add_related_person, person, make.related_person_draft())
    make.patient(store, full_name="Anak", birth_date=dt.date(2015, 1, 1), phone="")
    key = make.made(store, lost_laptop.report_lost, draft(store))

    view = make.see(store, lost_laptop.lost_laptop, key)

    on = view.on_it
    assert (on.persons, on.cases, on.open_cases, on.claims, on.relatives, on.children) == (2, 1, 1, 1, 1, 1)
    assert (on.with_identity, on.with_phone, on.restricted) == (1, 1, 0)
    assert view.time.left == dt.timedelta(hours=70)
    assert view.danger is Danger.RAISED
    assert view.guard.passphrases == 1
    clock.forward(hours=71)
    assert make.see(store, lost_laptop.lost_laptop, key).time.is_over


def test_a_protected_diagnosis_counts_also_where_nobody_marked_it(store):
    marked = make.journey(store, is_restricted=True, diagnosis="rahasia")
    make.journey(store, diagnosis_code="B20", diagnosis="HIV")
    make.journey(store, diagnosis_code="I25.1", diagnosis="jantung koroner")

    assert make.see(store, lost_laptop.on_laptop).restricted == 2
    assert make.see(store, views.journey_view, marked).hides_diagnosis


def test_a_protected_diagnosis_stands_in_no_plain_lines_of_a_case(store):
    view = make.see(store, views.journey_view, make.journey(store, diagnosis_code="B20", diagnosis="infeksi HIV"))

    assert not [line for line in case_text.case_lines(view, Language("id")) if "HIV" in line or "B20" in line]


@pytest.mark.parametrize(("born", "children"), [("2008-11-02", 0), ("2008-11-03", 1), ("2008-01-05", 0)])
def test_a_child_is_whoever_is_not_eighteen_yet_today(store, born, children):
    make.patient(store, birth_date=dt.date.fromisoformat(born))

    assert make.see(store, lost_laptop.on_laptop).children == children


def test_today_reminds_after_one_two_and_nearly_three_days_until_both_are_told(store):
    key = make.made(store, lost_laptop.report_lost, draft(store))
    aware = store.clock() - dt.timedelta(hours=2)

    with store.read() as session:
        due = session.connection().exec_driver_sql("SELECT due_at FROM task ORDER BY due_at").scalars().all()
    hours = [(at - int(aware.timestamp() * 1_000_000)) // 3_600_000_000 for at in due]
    assert hours == [24, 48, 66, 72]

    make.do(store, lost_laptop.told_authority, key)
    assert _open(store) == 4
    make.do(store, lost_laptop.told_persons, key)
    assert _open(store) == 0
    make.do(store, lost_laptop.found_again, key)
    (view,) = make.see(store, lost_laptop.lost_laptops)
    assert view.is_found
    assert view.persons_told_at is not None


def _open(store):
    with store.read() as session:
        return session.connection().exec_driver_sql("SELECT count(*) FROM task WHERE done_at IS NULL").scalar()


def test_on_a_colleagues_laptop_only_those_whose_cases_were_exchanged_count(pair):
    cases = [a_case(pair.here, name=f"Pasien {n}") for n in range(3)]
    pair.take(pair.there, pair.send(pair.here, [cases[0][1], cases[1][1]]))
    make.patient(pair.there, full_name="Orang lain")

    key = make.made(pair.there, lost_laptop.report_lost, draft(pair.there, whose=make.OFFICER.upper()))

    assert make.see(pair.there, lost_laptop.lost_laptop, key).on_it.persons == 2
    assert [p.name for p in make.see(pair.there, lost_laptop.affected, key)] == ["Pasien 0", "Pasien 1"]
    with pytest.raises(Refused) as refusal:
        make.made(pair.there, lost_laptop.report_lost, draft(pair.there, whose="Tidak Dikenal"))
    assert [p.code for p in refusal.value.problems] == ["UNKNOWN_COLLEAGUE"]


def test_a_store_brought_back_from_a_backup_tells_who_was_on_it(store, tmp_path):
    a_case(store)
    made = backup.back_up(store)
    backup.restore(made.path, tmp_path / "back", passphrase=make.PASSPHRASE, clock=store.clock)

    with make.opened(tmp_path / "back", make.TestClock(store.clock())) as back:
        key = make.made(back, lost_laptop.report_lost, draft(back, was_locked=Answer3.YES))
        assert make.see(back, lost_laptop.lost_laptop, key).on_it.persons == 1


def test_moments_that_cannot_be_are_refused_and_a_late_one_only_warns(store):
    now = store.clock()
    wrong = [
        ({"aware_at": now + dt.timedelta(hours=1)}, "IN_FUTURE"),
        ({"lost_at": now}, "LOST_LATER"),
    ]
    for values, code in wrong:
        with pytest.raises(Refused) as refusal:
            make.made(store, lost_laptop.report_lost, draft(store, **values))
        assert [p.code for p in refusal.value.problems] == [code]
    key = make.made(store, lost_laptop.report_lost, draft(store, aware_at=now - dt.timedelta(days=4)))
    opened = make.see(store, lost_laptop.lost_draft, key)
    make.do(store, lost_laptop.edit_lost, key, make.changed(opened, measures="kata sandi diganti"))
    assert make.see(store, lost_laptop.lost_laptop, key).measures == "kata sandi diganti"


@pytest.mark.parametrize(
    ("locked", "with_it", "meaning"),
    [
        (Answer3.YES, Answer3.NO, Danger.LOW),
        (Answer3.YES, Answer3.UNKNOWN, Danger.RAISED),
        (Answer3.NO, Answer3.NO, Danger.RAISED),
        (Answer3.YES, Answer3.YES, Danger.HIGH),
    ],
)
def test_what_the_answers_mean(locked, with_it, meaning):
    assert danger(was_locked=locked, passphrase_with_it=with_it) is meaning


def test_the_three_days_are_hours_of_the_clock_whatever_the_zone():
    aware = dt.datetime(2026, 12, 31, 23, 0, tzinfo=dt.timezone(dt.timedelta(hours=9)))

    left = time_to_tell(aware, now=dt.datetime(2027, 1, 1, 14, 0, tzinfo=dt.UTC))

    assert left.left == dt.timedelta(hours=48)
    assert months_later(dt.date(2027, 1, 31), 13) == dt.date(2028, 2, 29)
