"""Kill a writing store again and again and look at what is left. Run as a program; prints one JSON object.

Everything is imported once; each writer is a fork that opens the store itself, so that 200 kills take seconds. A
key goes through the pipe only after its action was committed: that is what "Saved" on the screen means.
"""

import json
import os
import random
import select
import signal
import struct
import sys
import time
from pathlib import Path

import sqlalchemy as sa

import liaison.store.store as store_module
from liaison.store import search
from liaison.store.kdf import CHEAP
from liaison.store.opening import create_store, open_store
from tests.store.toy import HOUSE, PERSON, TOY_SCHEMA, VISIT, add, edit

_KEY = struct.Struct(">q")
_LONGEST_S = 0.06
_KILLS_A_STORE = 40
"""A store is looked at whole after each kill, so that one store for all of them costs ever more."""


def write_for_ever(folder, pipe):
    """Save one action after the other; tell each only when it is committed."""
    store = open_store(folder, "x", schema=TOY_SCHEMA)
    number = 0
    while True:
        number += 1
        with store.write("Add") as session:
            house = add(session, HOUSE, name=f"House {number} " + "x" * (number % 900))
            person = add(session, PERSON, name=f"Siti {number}", phone=str(number), house_id=house)
            session.execute(sa.insert(VISIT).values(id=session.info["ids"].one(), number=str(person), person_id=person))
            edit(session, HOUSE, house, name=f"House {number}")
            if number % 7 == 0:
                store.attachments.put(b"scan" * number)
        os.write(pipe, _KEY.pack(person))
        if number % 11 == 0:
            store.note_head()


def one_kill(folder, chance):
    """Start a writer, kill it at a random moment; returns the keys that were told as saved."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receive)
        try:
            write_for_ever(folder, send)
        finally:
            os._exit(3)
    os.close(send)
    if chance.random() < 0.8:
        select.select([receive], [], [], 20)
    time.sleep(chance.random() * _LONGEST_S)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    told = b""
    while part := os.read(receive, 1 << 16):
        told += part
    os.close(receive)
    return {k for (k,) in _KEY.iter_unpack(told)}, os.WIFSIGNALED(status)


def look(folder, told, *, every_page):
    """Reopen as the next morning would, and say what is wrong."""
    wrong = []
    with open_store(folder, "x", schema=TOY_SCHEMA) as store:
        with store.read() as session:
            ask = session.connection().exec_driver_sql
            there = set(ask("SELECT id FROM person").scalars())
            if told - there:
                wrong.append(f"{len(told - there)} saved people are gone")
            if ask("SELECT count(*) FROM house").scalar() != len(there) or ask(
                "SELECT count(*) FROM visit"
            ).scalar() != len(there):
                wrong.append("half an action")
            if search.check_index(session, TOY_SCHEMA.subjects):
                wrong.append("search")
            if every_page and (
                ask("PRAGMA cipher_integrity_check").all() or ask("PRAGMA integrity_check").all() != [("ok",)]
            ):
                wrong.append("pages")
        with store.write("Check words") as session:
            session.execute(sa.text("INSERT INTO search_words(search_words) VALUES ('integrity-check')"))
            session.execute(sa.text("INSERT INTO search_numbers(search_numbers) VALUES ('integrity-check')"))
        wrong += [fault.what for fault in store.verify()]
    return wrong, len(there)


def main():
    folder, kills = Path(sys.argv[1]), int(sys.argv[2])
    store_module.HEAD_EVERY = 5
    chance, told, wrong, signalled = random.Random(20260414), set(), [], 0
    all_told = all_there = there = 0
    for number in range(kills):
        store = folder / f"store-{number // _KILLS_A_STORE}"
        if not store.exists():
            all_told, all_there, told = all_told + len(told), all_there + there, set()
            create_store(store, passphrase="x", officer="Ani", kdf=CHEAP, schema=TOY_SCHEMA)[0].close()
        new, by_signal = one_kill(store, chance)
        told |= new
        signalled += by_signal
        found, there = look(store, told, every_page=number % 20 == 19)
        wrong += [f"kill {number}: {what}" for what in found]
    all_told, all_there = all_told + len(told), all_there + there
    print(json.dumps({"kills": signalled, "told": all_told, "there": all_there, "wrong": wrong}))  # noqa: T201


if __name__ == "__main__":
    main()
