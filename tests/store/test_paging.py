import datetime as dt

import sqlalchemy as sa

from liaison.store import paging
from liaison.store.paging import Pages
from tests.store.toy import PERSON, VISIT, add, remove


def fill(store, count=1000):
    with store.write("Fill") as session:
        person = add(session, PERSON, name="Siti")
        keys = session.info["ids"].block(count)
        rows = [{"id": k, "number": f"{n:05}", "person_id": person, "amount": n % 10} for n, k in enumerate(keys)]
        session.execute(sa.insert(VISIT), rows)
    return keys


ORDER = sa.select(VISIT.c.id).where(VISIT.c.amount == 3).order_by(VISIT.c.number.desc())
COLUMNS = sa.select(VISIT.c.id, VISIT.c.number)


def test_a_snapshot_holds_every_key_in_order_and_pages_hold_their_rows(store):
    fill(store)

    with store.read() as session:
        keys = paging.snapshot(session, ORDER)
        page = paging.rows_of(session, COLUMNS, key=VISIT.c.id, keys=keys[40:60])
        first = paging.first_page(session, sa.select(VISIT.c.id, VISIT.c.number).order_by(VISIT.c.number), size=2)

    assert len(keys) == 100
    assert [r[1] for r in page] == [f"{n:05}" for n in range(593, 393, -10)]
    assert [r[1] for r in first] == ["00000", "00001"]


def test_a_row_that_is_gone_meanwhile_leaves_its_place(store):
    keys = fill(store, 5)
    with store.write("Remove") as session:
        remove(session, VISIT, keys[2])

    with store.read() as session:
        page = paging.rows_of(session, COLUMNS, key=VISIT.c.id, keys=list(keys))

    assert [r and r[1] for r in page] == ["00000", "00001", None, "00003", "00004"]


def test_pages_forget_what_was_out_of_sight_longest():
    pages = Pages(range(1000), size=10, kept=3)
    assert len(pages) == 1000
    assert pages.wanted(5, 25) == [0, 1, 2]
    assert pages.page_keys(2) == list(range(20, 30))

    for number in (0, 1, 2):
        pages.put(number, [(n,) for n in pages.page_keys(number)])
    assert pages.row(15) == (15,)
    assert pages.row(5) == (5,)
    pages.put(3, [(n,) for n in pages.page_keys(3)])

    assert not pages.has(20)
    assert pages.row(25) is None
    assert pages.wanted(0, 39) == [2]
    pages.forget()
    assert pages.row(5) is None


def test_an_empty_list_wants_nothing():
    assert Pages([]).wanted(0, 50) == []
    assert Pages(range(5), size=10).wanted(-3, 100) == [0]


def test_values_of_a_page_have_their_types_and_a_filter_its_values(real_store):
    from liaison.domain.patients import Sex
    from liaison.store.models import PatientRow

    born = dt.date(1980, 2, 29)
    with real_store.write("Add") as session:
        person = PatientRow(full_name="Siti", name_key="siti", sex=Sex.F, birth_date=born, is_infectious=True)
        session.add(person)
        session.flush()
        key = person.id
    table = PatientRow.__table__
    columns = sa.select(table.c.id, table.c.sex, table.c.birth_date, table.c.died_on, table.c.is_infectious)

    with real_store.read() as session:
        page = paging.rows_of(session, columns.where(table.c.name_key == "siti"), key=table.c.id, keys=[5, key])
        young = columns.where(table.c.birth_date > dt.date(1970, 1, 1), table.c.sex.in_([Sex.F, Sex.M]))
        assert paging.rows_of(session, young, key=table.c.id, keys=[key]) == page[1:]
        assert list(paging.snapshot(session, young.with_only_columns(table.c.id))) == [key]
        none = paging.rows_of(session, columns.where(table.c.name_key == "budi"), key=table.c.id, keys=[key])

    assert page == [None, (key, Sex.F, born, None, True)]
    assert none == [None]
