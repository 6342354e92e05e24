"""Start and kill programs that want one store, and count how often two held it at once. Prints one JSON object."""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from liaison.domain.errors import Locked
from liaison.store.lock import StoreLock

RIVALS = 3


def want(folder, chance):
    """Take the lock if it is free, mark that it is held, hold it a moment, give it back."""
    mark = folder / "held"
    for _ in range(40):
        try:
            lock = StoreLock(folder)
        except Locked:
            time.sleep(chance.random() * 0.002)
            continue
        if mark.exists() and _lives(int(mark.read_text() or "0")):
            (folder / "two").touch()
        mark.write_text(str(os.getpid()))
        time.sleep(chance.random() * 0.004)
        mark.unlink()
        lock.release()


def _lives(pid):
    status = Path(f"/proc/{pid}/status")
    return pid and status.exists() and "State:\tZ" not in status.read_text()


def main():
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    chance, refused = random.Random(7), 0
    for number in range(rounds):
        children = []
        for rival in range(RIVALS):
            child = os.fork()
            if child == 0:
                try:
                    want(folder, random.Random(number * RIVALS + rival))
                finally:
                    os._exit(0)
            children.append(child)
        time.sleep(chance.random() * 0.03)
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
        (folder / "held").unlink(missing_ok=True)
        try:
            StoreLock(folder).release()
        except Locked:
            refused += 1
    print(json.dumps({"two": (folder / "two").exists(), "refused": refused}))  # noqa: T201


if __name__ == "__main__":
    main()
