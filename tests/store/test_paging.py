"""The keys of a long list, all of them and in their order."""

import sqlalchemy as sa

from liaison.store.paging import snapshot
from tests.store.toy import PERSON, VISIT, add


def fill(store, count=1000):
    with store.write("Fill") as session:
        person = add(session, PERSON, name="Siti")
        keys = session.info["ids"].block(count)
        rows = [{"id": k, "number": f"{n:05}", "person_id": person, "amount": n % 10} for n, k in enumerate(keys)]
        session.execute(sa.insert(VISIT), rows)
    return keys


def test_a_snapshot_holds_every_key_in_order(store):
    made = fill(store)

    with store.read() as session:
        keys = snapshot(session, sa.select(VISIT.c.id).where(VISIT.c.amount == 3).order_by(VISIT.c.number.desc()))

    assert list(keys) == [made[n] for n in range(993, 0, -10)]


def test_a_list_without_rows_has_no_keys(store):
    with store.read() as session:
        keys = snapshot(session, sa.select(VISIT.c.id))

    assert list(keys) == []
