import datetime as dt
import io
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.domain.errors import Locked, Unavailable
from liaison.store import attachments as module
from liaison.store.attachments import CHUNK, Attachments, named_files
from tests.store.toy import PERSON, VISIT, add

HEADER = 9 + 16 + 16
SEALED_CHUNK = CHUNK + 16


@pytest.fixture
def files(tmp_path):
    return Attachments(tmp_path / "attachments", store_id=bytes(16), key=bytes(range(32)))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_what_goes_in_comes_out(files, size):
    content = os.urandom(size)

    sealed = files.put(io.BytesIO(content))

    assert files.read(sealed.file_id, sealed.file_key) == content
    assert sealed.size == size
    assert content[:32] not in files.path(sealed.file_id).read_bytes() or size < 8


def test_the_same_content_twice_gives_two_unlike_files(files):
    first, second = files.put(b"passport"), files.put(b"passport")

    assert first.sha256 == second.sha256
    assert first.file_id != second.file_id
    assert files.path(first.file_id).read_bytes()[HEADER:] != files.path(second.file_id).read_bytes()[HEADER:]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_no_changed_byte_is_read(files, data):
    sealed = files.put(b"x" * 300)
    path = files.path(sealed.file_id)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)

    with pytest.raises(Locked):
        files.read(sealed.file_id, sealed.file_key)


def _chunks(content):
    body = content[HEADER:]
    return content[:HEADER], [body[i : i + SEALED_CHUNK] for i in range(0, len(body), SEALED_CHUNK)]


@pytest.mark.parametrize(
    "change",
    [
        lambda h, c: h + b"".join(c[:-1]),
        lambda h, c: h + b"".join(c[:1]),
        lambda h, c: h,
        lambda h, c: h[:5],
        lambda h, c: b"",
        lambda h, c: h + c[1] + c[0] + c[2],
        lambda h, c: h + c[0] + c[0] + c[1] + c[2],
        lambda h, c: h + c[0] + c[1] + c[2] + c[2],
        lambda h, c: h + c[0] + c[1] + c[2] + b"\0",
        lambda h, c: h + c[0] + c[2],
    ],
)
def test_chunks_cannot_be_cut_moved_doubled_or_added(files, change):
    sealed = files.put(os.urandom(2 * CHUNK + 5))
    path = files.path(sealed.file_id)
    path.write_bytes(change(*_chunks(path.read_bytes())))

    with pytest.raises(Locked):
        files.read(sealed.file_id, sealed.file_key)


def test_files_cannot_be_exchanged(files):
    first, second = files.put(b"one"), files.put(b"two")
    files.path(first.file_id).write_bytes(files.path(second.file_id).read_bytes())

    with pytest.raises(Locked):
        files.read(first.file_id, first.file_key)
    with pytest.raises(Locked):
        files.read(second.file_id, first.file_key)


def test_a_missing_file_says_where_to_take_it_from(files):
    sealed = files.put(b"x")
    files.shred(sealed.file_id)

    with pytest.raises(Locked) as locked:
        files.read(sealed.file_id, sealed.file_key)
    assert locked.value.message == module.MISSING


@pytest.mark.parametrize("name", ["", "../keys.json", "A" * 32, "0" * 31, "/etc/passwd"])
def test_a_name_cannot_lead_out_of_the_folder(files, name):
    with pytest.raises(Locked):
        files.path(name)


def test_a_failed_write_leaves_no_file(files):
    class Broken(io.BytesIO):
        def read(self, *_):
            raise OSError(28, "no space")

    with pytest.raises(Unavailable):
        files.put(Broken())

    assert files.names() == []


def test_files_that_no_record_names_are_swept_after_a_day(store, clock):
    files = store.attachments
    kept, orphan, young = files.put(b"a"), files.put(b"b"), files.put(b"c")
    with store.write("Attach") as session:
        person = add(session, PERSON, name="Siti")
        add(session, VISIT, number="1", person_id=person, file_id=kept.file_id)
        attached = session.info["action_id"]
    store.undo(attached)
    for name in (kept, orphan):
        os.utime(files.path(name.file_id), (0, clock.now.timestamp() - 90_000))
    os.utime(files.path(young.file_id), (0, clock.now.timestamp() - 80_000))

    with store.read() as session:
        wanted = named_files(session, store.schema.metadata)
        living = named_files(session, store.schema.metadata, living_only=True)
    swept = files.sweep(wanted, now=clock.now)

    assert swept == [orphan.file_id]
    assert files.names() == sorted([kept.file_id, young.file_id])
    assert living == set()
    assert files.sweep(wanted, now=clock.now + dt.timedelta(days=1)) == [young.file_id]
