"""The id that ties a print to its data: the same report, parameters, data and moment give the same id."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping


def digest(view: object) -> str:
    """A digest of what a report was made from. Views are frozen values, so their written form is their identity."""
    return hashlib.sha256(repr(view).encode("utf-8")).hexdigest()


def report_id(code: str, report: str, *, parameters: Mapping[str, object], data_digest: str, as_of: dt.datetime) -> str:
    """``R1-9F3C-27AE-04``: the report's code and forty bits of the hash of what it was made from."""
    parts = [report, *(f"{key}={parameters[key]}" for key in sorted(parameters)), data_digest, as_of.isoformat()]
    head = hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:10].upper()
    return f"{code}-{head[:4]}-{head[4:8]}-{head[8:]}"
