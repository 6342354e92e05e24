"""Undo, redo and conflict against a model in memory: whatever is done in whatever order, both agree."""

import copy
import datetime as dt
import json
import shutil
import tempfile
from pathlib import Path

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from liaison.domain.errors import Conflict
from liaison.store import bulk, rows, search
from liaison.store.kdf import CHEAP
from liaison.store.opening import create_store, open_store
from liaison.store.undo import UNDONE_ALREADY, UndoConflict
from tests.store.toy import HOUSE, PERSON, TOY_SCHEMA, VISIT, everything

TABLES = {"house": HOUSE, "person": PERSON, "visit": VISIT}
PARENTS = {"house": {}, "person": {"house_id": "house"}, "visit": {"person_id": "person"}}
_template = None


def template():
    """One empty store, copied for each run."""
    global _template
    if _template is None:
        _template = Path(tempfile.mkdtemp()) / "store"
        create_store(_template, passphrase="x", officer="Ani", kdf=CHEAP, schema=TOY_SCHEMA)[0].close()
    return _template


class Model:
    """What the store should hold, and for each action the rows it found and left."""

    def __init__(self):
        self.now = {name: {} for name in TABLES}
        self.actions = {}
        self.undos = {}

    def stands(self, action):
        """Whether an action was not taken back, or was brought again."""
        return not any(self.stands(undo) for undo, target in self.undos.items() if target == action)

    def record(self, action, before):
        touched = {}
        for table in TABLES:
            for key in before[table].keys() | self.now[table].keys():
                old, new = before[table].get(key), self.now[table].get(key)
                if old != new:
                    touched[table, key] = copy.deepcopy((old, new))
        self.actions[action] = touched

    def conflicts(self, action):
        """What is in the way of undoing, as (table, key, field); empty where nothing is."""
        found = set()
        for (table, key), (old, new) in self.actions[action].items():
            row = self.now[table].get(key)
            if old is not None and new is not None:
                found |= self._edit_conflicts(table, key, old, new, row)
            elif new is not None and row is not None:
                found |= {(table, key, f) for f in new if row[f] != new[f]}
            elif old is not None and row is not None:
                found.add((table, key, "*"))
        return found

    def _edit_conflicts(self, table, key, old, new, row):
        if row is None:
            return {(table, key, "*")}
        return {(table, key, f) for f in old if old[f] != new[f] and row[f] not in (old[f], new[f])}

    def undone(self, action):
        """The state after an undo."""
        state = copy.deepcopy(self.now)
        for (table, key), (old, new) in self.actions[action].items():
            if old is None:
                state[table].pop(key, None)
            elif new is None:
                state[table][key] = copy.deepcopy(old)
            else:
                state[table][key] |= {f: old[f] for f in old if old[f] != new[f]}
        return state

    @staticmethod
    def broken(state):
        """References that lead nowhere, and numbers given twice."""
        numbers = [r["number"] for r in state["visit"].values()]
        lost = any(
            row[column] is not None and row[column] not in state[parent]
            for table, links in PARENTS.items()
            for row in state[table].values()
            for column, parent in links.items()
        )
        return lost or len(numbers) != len(set(numbers))


class UndoMachine(RuleBasedStateMachine):
    actions = Bundle("actions")

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(template(), self.folder / "store")
        self.model = Model()
        self.counter = 0
        self.moment = dt.datetime(2026, 4, 14, tzinfo=dt.UTC)
        self.open()

    def open(self):
        self.store = open_store(self.folder / "store", "x", clock=lambda: self.moment, schema=TOY_SCHEMA)

    def act(self, work, **how):
        before = copy.deepcopy(self.model.now)
        with self.store.write("Step", **how) as session:
            work(session)
            action = session.info["action_id"]
        if self.model.now == before:
            return multiple()
        self.model.record(action, before)
        return action

    def pick(self, table, number):
        keys = sorted(self.model.now[table])
        return keys[number % len(keys)] if keys else None

    def put(self, session, table, key, row):
        session.execute(sa.insert(TABLES[table]).values(id=key, **row))
        self.model.now[table][key] = dict(row)

    def row(self, table, number):
        self.counter += 1
        if table == "house":
            return {"name": f"house {self.counter}"}
        if table == "person":
            return {
                "name": f"person {self.counter}",
                "phone": "",
                "house_id": self.pick("house", number),
                "photo": None,
            }
        return {
            "number": f"N{self.counter}",
            "person_id": self.pick("person", number),
            "amount": number,
            "file_id": None,
        }

    @rule(target=actions, table=st.sampled_from(list(TABLES)), number=st.integers(0, 9), count=st.integers(1, 3))
    def create(self, table, number, count):
        def work(session):
            for key in session.info["ids"].block(count):
                row = self.row(table, number)
                if table != "visit" or row["person_id"] is not None:
                    self.put(session, table, key, row)

        return self.act(work)

    @rule(target=actions, number=st.integers(0, 9), count=st.integers(11, 14), small=st.booleans())
    def bring_in(self, number, count, small):
        def work(session):
            person = self.pick("person", number)
            if person is None:
                return
            for key in bulk.reserve(session, VISIT, 3 if small else count):
                self.put(session, "visit", key, {**self.row("visit", number), "person_id": person})

        kept, bulk.COMPACT_FROM = bulk.COMPACT_FROM, 10
        try:
            if not self.model.now["person"]:
                return multiple()
            return self.act(work, kind="import")
        finally:
            bulk.COMPACT_FROM = kept

    @rule(
        target=actions,
        table=st.sampled_from(list(TABLES)),
        number=st.integers(0, 99),
        text=st.sampled_from("abc"),
        both=st.booleans(),
    )
    def change(self, table, number, text, both):
        def work(session):
            key = self.pick(table, number)
            if key is None:
                return
            values = {"house": {"name": text}, "person": {"name": text}, "visit": {"amount": ord(text)}}[table]
            if both and table == "person":
                values = {**values, "phone": text, "house_id": self.pick("house", number + 1)}
            t = TABLES[table]
            session.execute(sa.update(t).where(t.c.id == key).values(version=t.c.version + 1, **values))
            self.model.now[table][key] |= values

        return self.act(work)

    @rule(target=actions, number=st.integers(0, 99))
    def swap_numbers(self, number):
        def work(session):
            keys = sorted(self.model.now["visit"])
            if len(keys) < 2:
                return
            first, second = keys[number % len(keys)], keys[(number + 1) % len(keys)]
            visits = self.model.now["visit"]
            new = {first: visits[second]["number"], second: visits[first]["number"]}
            for value in ({first: "aside"}, {second: new[second]}, {first: new[first]}):
                for key, text in value.items():
                    session.execute(sa.update(VISIT).where(VISIT.c.id == key).values(number=text))
            for key, text in new.items():
                visits[key]["number"] = text

        return self.act(work)

    @rule(target=actions, table=st.sampled_from(list(TABLES)), number=st.integers(0, 99))
    def delete(self, table, number):
        def work(session):
            key = self.pick(table, number)
            state = copy.deepcopy(self.model.now)
            state[table].pop(key, None)
            if key is None or Model.broken(state):
                return
            session.execute(sa.delete(TABLES[table]).where(TABLES[table].c.id == key))
            self.model.now = state

        return self.act(work)

    @rule(target=actions, action=actions, at_once=st.booleans())
    def undo(self, action, at_once):
        kept, rows.MANY = rows.MANY, 0 if at_once else 1_000
        try:
            return self.take_back(action)
        finally:
            rows.MANY = kept

    def take_back(self, action):
        expected = self.model.conflicts(action)
        state = None if expected else self.model.undone(action)
        before = copy.deepcopy(self.model.now)
        try:
            undone = self.store.undo(action)
        except UndoConflict as conflict:
            assert self.model.stands(action)
            found = {(c.table, c.row_id, c.field) for c in conflict.clashes}
            assert found == expected if expected else Model.broken(state), (found, expected)
            return multiple()
        except Conflict as conflict:
            assert conflict.message == UNDONE_ALREADY
            assert not self.model.stands(action)
            return multiple()
        assert self.model.stands(action)
        self.model.undos[undone] = action
        assert not expected, expected
        assert not Model.broken(state)
        self.model.now = state
        self.model.record(undone, before)
        return undone

    @rule(table=st.sampled_from(list(TABLES)))
    def fail(self, table):
        before = copy.deepcopy(self.model.now)
        try:
            with self.store.write("Fails") as session:
                key = session.info["ids"].one()
                if table != "visit":
                    self.put(session, table, key, self.row(table, 0))
                raise ZeroDivisionError
        except ZeroDivisionError:
            self.model.now = before

    @rule()
    def restart(self):
        self.store.close()
        self.open()

    @invariant()
    def the_store_holds_what_the_model_holds(self):
        with self.store.read() as session:
            assert everything(session) == self.model.now

    def teardown(self):
        if not hasattr(self, "store"):
            return
        try:
            assert self.store.verify() == []
            with self.store.read() as session:
                assert search.check_index(session, TOY_SCHEMA.subjects) == []
                assert _replayed(session) == {t: set(rows) for t, rows in self.model.now.items()}
        finally:
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)


def _replayed(session):
    """The rows that should exist if the journal is right."""
    alive = {name: set() for name in TABLES}
    for table, key, op, after in session.execute(
        sa.text("SELECT table_name, row_id, op, after_json FROM change ORDER BY seq")
    ):
        if op == "R":
            block = json.loads(after)
            alive[table].update(range(key, block["hi"] + 1, block["step"]))
        elif op == "D":
            alive[table].discard(key)
        else:
            alive[table].add(key)
    return alive


TestUndoMachine = UndoMachine.TestCase
TestUndoMachine.settings = settings(
    max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
