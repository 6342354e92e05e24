"""A kill in the middle of a word costs at most two seconds of text, in the note line and in a form."""

import json
import subprocess
import sys
import time
from pathlib import Path

from liaison.store import drafts
from tests import make
from tests.faults.typist import LETTERS

MOST_LOST_SECONDS = 2.0
TYPING_SECONDS = 2.8
LETTERS_AT_RISK = 20
"""So many letters lie far enough back to have to be kept; a busy machine types slowly, so the test waits for them."""


def kept_before(moment: float, said: list[tuple[float, int]]) -> int:
    """How many letters were typed so long before the moment that none of them may be lost."""
    return max((count for at, count in said if at <= moment - MOST_LOST_SECONDS), default=0)


def test_a_kill_while_typing_loses_at_most_two_seconds_of_text(tmp_path):
    folder = tmp_path / "office"
    with make.new_store(folder) as store:
        journey = make.journey(store, make.patient(store), hospital_id=make.hospital(store))

    child = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.typist", str(folder), str(journey)],
        stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    said = []
    try:
        for line in child.stdout:
            at, count = line.split()
            said.append((float(at), int(count)))
            if float(at) - said[0][0] > TYPING_SECONDS and kept_before(float(at), said) > LETTERS_AT_RISK:
                break
    finally:
        child.kill()
        killed = time.monotonic()
        child.wait()
        child.stdout.close()

    must = kept_before(killed, said)
    assert must > LETTERS_AT_RISK, "the child ended before it was killed"
    with make.opened(folder) as store, store.read() as session:
        found = {d.key.partition(" ")[2]: json.loads(d.text) for d in drafts.unfinished(session)}
    note = found[f"journey/{journey}"]["page"]["note"]
    form = next(v["fields"] for k, v in found.items() if k.startswith("form "))
    title = next(v for k, v in form.items() if k.endswith(":TextEdit"))
    whole = (LETTERS * 9)[: said[-1][1]]
    for text in (note, title):
        assert len(text) >= must
        assert whole.startswith(text[: len(whole)])
    assert found["window"]["typed"]["form"], "the form would not open again by itself"
    assert b"kursi roda" not in b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
