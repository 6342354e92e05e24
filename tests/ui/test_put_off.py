"""To when steps are put off, as it is typed."""

import datetime as dt

import pytest

from liaison.ui.pages.put_off import read_put_off

NOW = dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC)  # Friday, 14.05 in Medan


@pytest.mark.parametrize(
    "typed, until, reason",
    [
        ("b", "21 09.00", ""), ("B", "21 09.00", ""), ("besok", "21 09.00", ""), ("tomorrow 14.30", "21 14.30", ""),
        ("l", "22 09.00", ""), ("lusa 10", "22 10.00", ""), ("s", "23 09.00", ""), ("senin", "23 09.00", ""),
        ("Mon", "23 09.00", ""), ("jumat", "27 09.00", ""), ("1", "21 09.00", ""), ("9", "29 09.00", ""),
        ("3 hari", "23 09.00", ""), ("+3", "23 09.00", ""), ("24/11", "24 09.00", ""),
        ("24/11 15.00", "24 15.00", ""), ("2 dokter cuti", "22 09.00", "dokter cuti"), ("2 des", "2 09.00", ""),
        ("24 nov 8", "24 08.00", ""), ("b libur nasional", "21 09.00", "libur nasional"),
        ("b: rapat", "21 09.00", "rapat"), ("s, dokter cuti", "23 09.00", "dokter cuti"),
        ("b 10.30 – menunggu hasil", "21 10.30", "menunggu hasil"), ("+2j", "20 16.05", ""),
        ("+1 jam rapat", "20 15.05", "rapat"), ("hari ini 16.00", "20 16.00", ""),
    ],
)  # fmt: skip
def test_a_time_and_a_reason_are_read(typed, until, reason):
    found = read_put_off(typed, now=NOW)

    local = found.until.astimezone(dt.timezone(dt.timedelta(hours=7)))
    assert (f"{local.day} {local:%H.%M}", found.reason) == (until, reason)


@pytest.mark.parametrize("typed", ["", "   ", "kapan", "x", "31/2", "hari ini", "hari ini 9.00", "1/1/2020", "0", "99"])
def test_what_names_no_time_ahead_is_not_read(typed):
    assert read_put_off(typed, now=NOW) is None
