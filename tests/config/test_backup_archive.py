"""The file of a backup opens with its key, whole, and in no other way."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havn.common.errors import Refused
from havn.config.keeping.archive import PIECE, BackupKey, Damaged, Openers, Writer, read, shred

KEY = BackupKey.make()
FOR = Openers(public=KEY.pair.public, passphrase="lanterns over the harbour")
WITH_KEY = Openers(key=KEY)


def written(path: Path, text: bytes, openers: Openers = FOR) -> Path:
    with path.open("wb") as file:
        writer = Writer(file, openers)
        for start in range(0, len(text), 1000):
            writer.write(text[start : start + 1000])
        writer.close()
    return path


def everything(path: Path, openers: Openers = WITH_KEY) -> bytes:
    return b"".join(read(path, openers))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE])
def test_what_went_in_comes_out(tmp_path: Path, size: int) -> None:
    text = os.urandom(size)
    path = written(tmp_path / "b", text)
    assert everything(path) == text
    assert everything(path, Openers(passphrase="lanterns over the harbour")) == text


def test_the_key_survives_paper(tmp_path: Path) -> None:
    assert BackupKey.parse(KEY.text.lower().replace("-", " ")) == KEY
    assert len(KEY.text.split("-")) == 8
    assert BackupKey.parse("no key at all") is None


def test_nothing_of_the_text_is_in_the_file(tmp_path: Path) -> None:
    path = written(tmp_path / "b", b"the-blue-heron " * 10)
    assert b"heron" not in path.read_bytes()


@pytest.mark.parametrize("openers", [Openers(key=BackupKey.make()), Openers(passphrase="some other passphrase")])
def test_another_key_is_refused_in_one_sentence(tmp_path: Path, openers: Openers) -> None:
    with pytest.raises(Refused, match="does not open"):
        everything(written(tmp_path / "b", b"text"), openers)


def test_a_key_it_was_not_made_for_is_said_so(tmp_path: Path) -> None:
    path = written(tmp_path / "b", b"text", Openers(public=KEY.pair.public))
    with pytest.raises(Refused, match="another kind"):
        everything(path, Openers(passphrase="lanterns over the harbour"))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_any_changed_byte_is_found(tmp_path: Path, data: st.DataObject) -> None:
    path = written(tmp_path / "b", os.urandom(3 * PIECE), Openers(public=KEY.pair.public))
    whole = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(whole)
    with pytest.raises(Refused):
        everything(path)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_a_cut_off_end_is_found(tmp_path: Path, data: st.DataObject) -> None:
    path = written(tmp_path / "b", os.urandom(3 * PIECE), Openers(public=KEY.pair.public))
    whole = path.read_bytes()
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    with pytest.raises(Refused):
        everything(path)


def test_a_cut_at_the_border_of_two_pieces_is_found(tmp_path: Path) -> None:
    path = written(tmp_path / "b", os.urandom(3 * PIECE), Openers(public=KEY.pair.public))
    whole = path.read_bytes()
    # Every full piece has its length, 64 KB and a tag of 16 bytes.
    path.write_bytes(whole[: whole.index((PIECE + 16).to_bytes(4, "big")) + 4 + PIECE + 16])
    with pytest.raises(Damaged):
        everything(path)


def test_pieces_cannot_change_places_or_files(tmp_path: Path) -> None:
    one, two = (written(tmp_path / name, os.urandom(3 * PIECE), Openers(public=KEY.pair.public)) for name in "ab")
    mark, size = (PIECE + 16).to_bytes(4, "big"), 4 + PIECE + 16
    first, second = bytearray(one.read_bytes()), two.read_bytes()
    start = first.index(mark)
    swapped = (
        first[:start] + first[start + size : start + 2 * size] + first[start : start + size] + first[start + 2 * size :]
    )
    one.write_bytes(swapped)
    with pytest.raises(Damaged):
        everything(one)
    first[start : start + size] = second[second.index(mark) : second.index(mark) + size]
    one.write_bytes(first)
    with pytest.raises(Damaged):
        everything(one)


def test_shredding_leaves_no_file(tmp_path: Path) -> None:
    path = written(tmp_path / "b", b"text")
    twin = tmp_path / "twin"
    os.link(path, twin)
    shred(path)
    assert not path.exists()
    # The second name shows what a disk would still hold: pieces without the header that opens them.
    with pytest.raises(Damaged):
        everything(twin)
