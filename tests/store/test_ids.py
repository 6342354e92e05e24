import datetime as dt
import threading

import pytest

from liaison.domain.errors import Unavailable
from liaison.store.ids import STEP, IdGen, moment_of


def still():
    return dt.datetime(2026, 4, 14, tzinfo=dt.UTC)


def test_keys_increase_while_the_clock_stands_still():
    ids = IdGen(3, still)

    keys = [ids.one() for _ in range(5000)]

    assert keys == sorted(set(keys))


def test_keys_increase_when_the_clock_is_set_back():
    moments = iter([still(), still() - dt.timedelta(days=400)])
    ids = IdGen(3, lambda: next(moments))

    assert ids.one() < ids.one()


def test_a_key_carries_its_device_and_its_moment_and_fits_63_bits():
    key = IdGen(1023, lambda: dt.datetime(2079, 12, 31, tzinfo=dt.UTC)).one()

    assert key % STEP == 1023
    assert moment_of(key).year == 2079
    assert 0 < key < 1 << 63


def test_a_clock_set_far_ahead_gets_no_key_and_uses_none_up():
    moments = iter([dt.datetime(2090, 1, 1, tzinfo=dt.UTC), still()])
    ids = IdGen(3, lambda: next(moments))

    with pytest.raises(Unavailable):
        ids.one()

    assert moment_of(ids.one()).year == 2026


def test_a_block_steps_over_the_keys_of_other_devices():
    ids = IdGen(3, still)

    block = ids.block(200_000)
    after = ids.one()

    assert len(block) == 200_000
    assert block.step == STEP
    assert {k % STEP for k in block[:100]} == {3}
    assert after > block[-1]


def test_two_devices_never_hand_out_the_same_key():
    first, second = IdGen(1, still), IdGen(2, still)

    assert not set(first.block(1000)) & set(second.block(1000))


def test_a_store_opened_in_the_past_starts_behind_its_last_key():
    last = IdGen(3, still).one()

    again = IdGen(3, lambda: still() - dt.timedelta(days=1), after=last)

    assert again.one() > last


def test_threads_share_one_source():
    ids, found = IdGen(3, still), []
    threads = [threading.Thread(target=lambda: found.extend(ids.one() for _ in range(500))) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 4000


@pytest.mark.parametrize("device", [-1, 1024])
def test_a_device_number_has_ten_bits(device):
    with pytest.raises(ValueError, match="ten bits"):
        IdGen(device, still)


def test_an_empty_block_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        IdGen(1, still).block(0)
