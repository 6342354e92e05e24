"""Kill an import of a few thousand rows again and again and look at what is left. Run as a program; prints JSON.

Each import is a fork that opens the store itself. It is killed at a random moment, from the first row to just before
its end; what is left is looked at as the next morning would.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import sqlalchemy as sa

from liaison.domain.money import Money
from liaison.services import claim_lists
from liaison.services.checkup import check_store
from liaison.services.office import set_up_office
from liaison.store.kdf import CHEAP
from liaison.store.opening import create_store, open_store
from tests import make
from tests.services.staged import claim, claim_list

TABLES = ("claim", "claim_event", "patient", "cover", "policy", "organization", "source_file", "change", "action")


def rows(count, first=2):
    """A list of this many claims, two of a person each."""
    made = []
    for n in range(first - 2, first - 2 + count):
        who = n // 2
        given = {"member_no": f"M-{who}", "policy_no": f"P-{who}", "member_name": f"Siti Nur {who}"}
        made.append(claim(n + 2, billed=Money(100 + n, "MYR"), **given))
    return claim_list(*made)


def bring(folder, staged, began=None):
    """Bring the list in; tell when its rows begin to be written."""
    with open_store(folder, make.PASSPHRASE) as store:
        with store.write(claim_lists.BROUGHT_IN, kind="import") as session:
            if began is not None:
                os.write(began, b"x")
            claim_lists.bring_in(session, staged, content=b"list " * 5_000)
        return counts(store)


def counts(store):
    """Rows of every table that an import touches."""
    with store.read() as session:
        return {t: session.execute(sa.text(f"SELECT count(*) FROM {t}")).scalar_one() for t in TABLES}


def one_kill(folder, staged, after):
    """Start an import and kill it so many seconds after its first row; whether it was killed before its end."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            bring(folder, staged, send)
        finally:
            os._exit(0)
    os.read(receive, 1)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.close(receive)
    os.close(send)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main():
    """Two lists, one journaled row by row and one as blocks."""
    folder, kills = Path(sys.argv[1]) / "office", int(sys.argv[2])
    chance, wrong, killed = random.Random(5), [], 0
    store, _code = create_store(folder, passphrase=make.PASSPHRASE, officer=make.OFFICER, kdf=CHEAP)
    with store:
        with store.write("Set up the office") as session:
            set_up_office(session, make.office_draft(), make.officer_draft())
        before = counts(store)
    for count in (2_000, 5_100):
        staged = rows(count)
        for _ in range(kills):
            was_killed = one_kill(folder, staged, 0.3 * chance.random())
            with open_store(folder, make.PASSPHRASE) as store:
                left, faults = counts(store), store.verify()
            killed += was_killed
            if (was_killed and left != before) or faults:
                wrong.append([count, left, [fault.what for fault in faults]])
            before = left
    after = bring(folder, rows(100, first=10_000))
    with open_store(folder, make.PASSPHRASE) as store:
        wrong += [check.name for check in check_store(store).checks if not check.is_well]
    print(json.dumps({"killed": killed, "wrong": wrong, "then": after["claim"] - before["claim"]}))  # noqa: T201


if __name__ == "__main__":
    main()
