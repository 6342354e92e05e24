"""The program's log: codes of events and ids, never a name, a number of a person, or a free text.

What may stand in it is listed here; everything else is replaced before it is written, so that a careless line of code
cannot leak. The log may be sent to whoever mends the program.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

SAFE_KEYS = frozenset({
    "event", "level", "timestamp", "id", "ids", "kind", "count", "rows", "milliseconds", "code", "codes", "action_id",
    "where", "error", "version", "schema", "exit_status", "language", "palette", "zoom", "platform", "python", "qt",
})  # fmt: skip
"""Keys a line may carry. Their values still pass :func:`_plain`."""

HIDDEN = "(hidden)"
EVENT = re.compile(r"[a-z][a-z0-9_.]{1,60}")
WORD = re.compile(r"[A-Za-z0-9_.:+-]{1,80}")


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Keep codes and ids, hide the rest."""
    return {key: _plain(key, value) for key, value in event.items() if key in SAFE_KEYS}


def _plain(key: str, value: object) -> object:
    """Numbers and single code words pass; sentences and anything with a blank do not."""
    if key == "event":
        return value if isinstance(value, str) and EVENT.fullmatch(value) else HIDDEN
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, list | tuple):
        return [_plain("", each) for each in value[:20]]
    if key == "where" and isinstance(value, str):
        return value
    return value if isinstance(value, str) and WORD.fullmatch(value) else HIDDEN


def where(error: BaseException) -> str:
    """The lines of our own code that an exception came through, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    steps = [f"{Path(f.filename).name}:{f.lineno}:{f.name}" for f in frames]
    return f"{type(error).__name__} @ " + " < ".join(reversed(steps[-12:]))


def set_up(folder: Path | None) -> None:
    """Write the log into ``folder`` (512 KiB, two older ones kept), or nowhere."""
    import structlog

    root = logging.getLogger("liaison")
    for handler in tuple(root.handlers):
        root.removeHandler(handler)
        handler.close()
    root.propagate = False
    root.setLevel(logging.INFO)
    root.addHandler(_handler(folder))
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            redact,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_logger_of,
        cache_logger_on_first_use=False,
    )


def _logger_of(*_args: object) -> logging.Logger:
    return logging.getLogger("liaison")


def _handler(folder: Path | None) -> logging.Handler:
    if folder is None:
        return logging.NullHandler()
    from logging.handlers import RotatingFileHandler

    try:
        folder.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(
            folder / "liaison.log", maxBytes=512 * 1024, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        return logging.NullHandler()


def note(event: str, **values: object) -> None:
    """Write one line: a code such as ``store.opened`` and ids. Nothing is written before :func:`set_up`."""
    import structlog

    if structlog.is_configured():
        structlog.get_logger().info(event, **values)
