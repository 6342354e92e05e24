"""The command line: whatever matters can be done without a window. Scripts and acceptance checks lean on it.

Exit status: 0 done; 1 refused, with every problem; 2 wrong usage; 3 store locked, wrong passphrase, newer, or damaged;
4 the world (disk full, file unreadable). ``--json`` prints one JSON object on standard output; every message and all
progress go to standard error, in the chosen language.
"""

from __future__ import annotations

from liaison.cli import (
    benefits,
    events,
    explaining,
    handing,
    insight,
    keeping,
    kiosk,
    lists,
    looking,
    making,
    paper,
    reprinting,
    running,
)
from liaison.cli.boundary import main

__all__ = [
    "benefits",
    "events",
    "explaining",
    "handing",
    "insight",
    "keeping",
    "kiosk",
    "lists",
    "looking",
    "main",
    "making",
    "paper",
    "reprinting",
    "running",
]
