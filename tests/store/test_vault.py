import json
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.domain.errors import Locked
from liaison.store import vault
from liaison.store.kdf import CHEAP, MODEST, STRONG, Kdf, fitting
from liaison.store.vault import Head, Officer

ANI = Officer(id=1, name="Ani")
BUDI = Officer(id=2, name="Budi")


@pytest.fixture(scope="module")
def made():
    envelope, keys = vault.new_envelope(device=7, language="id")
    envelope = vault.with_password(envelope, keys, "kopi tubruk", officer=ANI, kdf=CHEAP)
    envelope, code = vault.with_new_recovery_code(envelope, keys, kdf=CHEAP)
    return vault.sealed_envelope(envelope, keys), keys, code


def test_the_passphrase_opens_and_names_the_officer(made):
    envelope, keys, _ = made

    opened = vault.unlock(envelope, passphrase="kopi tubruk")

    assert opened.keys == keys
    assert opened.slot.officer == ANI


def test_the_recovery_code_opens_however_it_is_typed(made):
    envelope, keys, code = made

    assert vault.unlock(envelope, recovery_code=code.lower().replace("-", " ")).keys == keys


@pytest.mark.parametrize(
    "wrong", ["", "kopi tubru", "Kopi tubruk", "kopi tubruk ", "kopi  tubruk", "kopi tubruK", "\0"]
)
def test_near_misses_do_not_open(made, wrong):
    with pytest.raises(Locked) as locked:
        vault.unlock(made[0], passphrase=wrong)

    assert locked.value.message == vault.WRONG_PASSPHRASE


def test_an_accent_opens_whichever_keyboard_wrote_it():
    envelope, keys = vault.new_envelope(device=7, language="id")
    envelope = vault.with_password(envelope, keys, unicodedata.normalize("NFC", "café"), officer=ANI, kdf=CHEAP)
    envelope = vault.sealed_envelope(envelope, keys)

    assert vault.unlock(envelope, passphrase=unicodedata.normalize("NFD", "café")).keys == keys


def test_a_code_of_another_store_is_told_from_a_mistyped_one(made):
    from liaison.store.recovery import new_code

    with pytest.raises(Locked) as locked:
        vault.unlock(made[0], recovery_code=new_code())

    assert locked.value.message == vault.WRONG_CODE


def test_an_envelope_survives_its_file(made, tmp_path):
    envelope, keys, _ = made

    written = vault.write_envelope(tmp_path, envelope, keys)

    assert vault.read_envelope(tmp_path) == written
    assert written.counter == envelope.counter + 1
    assert [p.name for p in tmp_path.iterdir()] == ["keys.json"]


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_no_changed_byte_goes_unseen(made, data):
    content = bytearray(vault.to_bytes(made[0]))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255).filter(lambda b: b != content[place]))

    with pytest.raises(Locked):
        vault.unlock(vault.from_bytes(bytes(content)), passphrase="kopi tubruk")


def _tampered(envelope, change):
    plain = json.loads(vault.to_bytes(envelope))
    change(plain)
    return (json.dumps(plain, sort_keys=True, indent=1) + "\n").encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p["slots"][0]["kdf"].update(t=2),
        lambda p: p["slots"][0]["kdf"].update(m=16 * 1024),
        lambda p: p["slots"][0]["kdf"].update(m=2**40),
        lambda p: p["slots"][1]["kdf"].update(m=1),
        lambda p: p["slots"][0]["kdf"].update(p=0),
        lambda p: p["slots"][0]["kdf"].update(t=True),
        lambda p: p["slots"][0]["kdf"].update(alg="none"),
        lambda p: p["slots"][0].update(officer={"id": 9, "name": "Eve"}),
        lambda p: p["slots"].reverse(),
        lambda p: p["slots"].pop(),
        lambda p: p["slots"][0].update(wrapped=p["slots"][1]["wrapped"]),
        lambda p: p.update(db_salt="00" * 16),
        lambda p: p.update(store="00" * 16),
        lambda p: p.update(device=8),
        lambda p: p.update(head={"number": 3, "mac": "00" * 32}),
        lambda p: p.update(counter=0),
        lambda p: p.update(mac=""),
        lambda p: p.update(more=1),
        lambda p: p.pop("head"),
        lambda p: p.update(slots=7),
    ],
)
def test_no_setting_can_be_changed_swapped_or_dropped(made, change):
    with pytest.raises(Locked):
        vault.unlock(vault.from_bytes(_tampered(made[0], change)), passphrase="kopi tubruk")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"7", b"[" * 100_000, b"\xff\xfe", b'{"version": 1}', b"x" * 300_000]
)
def test_what_is_no_envelope_is_damage_and_no_crash(content):
    with pytest.raises(Locked) as locked:
        vault.from_bytes(content)

    assert locked.value.message == vault.DAMAGED


def test_an_envelope_of_a_newer_program_says_so(made):
    with pytest.raises(Locked) as locked:
        vault.from_bytes(_tampered(made[0], lambda p: p.update(version=2)))

    assert locked.value.message == vault.NEWER


def test_a_changed_passphrase_replaces_the_old_one_and_leaves_the_key(made):
    envelope, keys, code = made

    changed = vault.sealed_envelope(vault.with_password(envelope, keys, "teh botol", officer=ANI, kdf=CHEAP), keys)

    assert vault.unlock(changed, passphrase="teh botol").keys == keys
    assert vault.unlock(changed, recovery_code=code).keys == keys
    with pytest.raises(Locked):
        vault.unlock(changed, passphrase="kopi tubruk")


def test_a_new_recovery_code_ends_the_old_paper(made):
    envelope, keys, old = made

    changed, new = vault.with_new_recovery_code(envelope, keys, kdf=CHEAP)
    changed = vault.sealed_envelope(changed, keys)

    assert vault.unlock(changed, recovery_code=new).keys == keys
    with pytest.raises(Locked):
        vault.unlock(changed, recovery_code=old)


def test_each_officer_opens_with_their_own_passphrase_until_they_leave(made):
    envelope, keys, _ = made
    both = vault.sealed_envelope(vault.with_password(envelope, keys, "teh botol", officer=BUDI, kdf=CHEAP), keys)

    assert both.officers == (ANI, BUDI)
    assert vault.unlock(both, passphrase="teh botol").slot.officer == BUDI
    assert vault.unlock(both, passphrase="teh botol", officer="Budi").slot.officer == BUDI
    with pytest.raises(Locked):
        vault.unlock(both, passphrase="teh botol", officer="Ani")

    left = vault.without_officer(both, BUDI.id)
    assert left.officers == (ANI,)
    with pytest.raises(ValueError, match="last officer"):
        vault.without_officer(left, ANI.id)


def test_the_head_is_under_the_code_too(made):
    envelope, keys, _ = made

    moved = vault.sealed_envelope(vault.with_head(envelope, Head(number=4, mac=bytes(32))), keys)

    assert vault.from_bytes(vault.to_bytes(moved)).head.number == 4


def test_keys_do_not_show_themselves(made):
    assert made[1].data.hex() not in repr(made[1])
    assert repr(made[1].data) not in repr(vault.unlock(made[0], passphrase="kopi tubruk"))


def test_exactly_one_way_in_is_asked_for(made):
    with pytest.raises(ValueError, match="one of"):
        vault.unlock(made[0])
    with pytest.raises(ValueError, match="one of"):
        vault.unlock(made[0], passphrase="a", recovery_code="b")


@pytest.mark.parametrize(
    "kdf", [Kdf(time=0), Kdf(time=21), Kdf(memory_kib=8191), Kdf(memory_kib=2**21 + 1), Kdf(lanes=0), Kdf(lanes=17)]
)
def test_settings_out_of_range_are_refused_before_the_function_runs(kdf):
    with pytest.raises(Locked):
        kdf.derive("x", bytes(16))


def test_a_slow_or_small_machine_gets_the_modest_settings(monkeypatch):
    from liaison.store import kdf

    monkeypatch.setattr(kdf, "_machine_memory", lambda: 2 << 30)
    assert fitting() is MODEST

    monkeypatch.setattr(kdf, "_machine_memory", lambda: 16 << 30)
    monkeypatch.setattr(kdf.Kdf, "derive", lambda self, secret, salt: b"")
    assert fitting() is STRONG

    ticks = iter([0.0, 1.6])
    monkeypatch.setattr(kdf.time, "perf_counter", lambda: next(ticks))
    assert fitting() is MODEST
