"""Renews the reference pages: ``python -m tests.reports.renew_references [report …]``, all reports where none is named.

Look at ``git diff tests/reports/reference`` afterwards: every changed line is a change of a printed page.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from liaison.services.sample import make_sample
from tests import make, sampling
from tests.reports.every_variant import add_trouble
from tests.reports.references import pages_now, report_names, write


def main(wanted: list[str]) -> None:
    """Make the sample office, print, and keep."""
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "store"
        make_sample(folder, passphrase=make.PASSPHRASE, clock=sampling.clock(), journeys=sampling.CASES)
        with make.opened(folder, sampling.clock()) as store:
            add_trouble(store)
            for report in wanted or report_names():
                pages = pages_now(store, report)
                write(report, pages)
                sys.stdout.write(f"{report}: {len(pages)} pages\n")


if __name__ == "__main__":
    main(sys.argv[1:])
