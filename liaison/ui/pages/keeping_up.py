"""Keeps what a page worked out for the next time, and works out anew what was kept before the last change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liaison.i18n import N_
from liaison.services.kept_answers import ToKeep
from liaison.services.kept_answers import keep as keep_answer
from liaison.ui.page import Page

KEEP = N_("Keep an answer")


def keep_up(page: Page, to_keep: ToKeep | None, *, anew: Callable[..., Any], asked: tuple[Any, ...] = (),
            is_stale: bool, again: Callable[[], object]) -> None:  # fmt: skip
    """Keep an answer that was worked out just now; where an older one is shown, ask anew, keep that, and read again."""
    runner = page.desk.runner

    def keep(found: ToKeep | None, done: Callable[[], object] | None = None) -> None:
        if found is not None:
            runner.write(KEEP, keep_answer, found, owner=page, done=lambda _nothing: done() if done else None)
        elif done:
            done()

    if to_keep is not None:
        keep(to_keep)
    elif is_stale:
        runner.read(anew, *asked, owner=page, done=lambda found: keep(found, again), key="anew")
