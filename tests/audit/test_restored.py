"""Which signed heads a restore sets free: those it took away, and no other."""

import pytest

from havn.audit.heads import SignedHead
from havn.audit.restored import Restores, SignedRestore


def restore(seq: int, made_at_ms: int, at_ms: int, hash_: str = "aa") -> SignedRestore:
    return SignedRestore(7, seq, hash_, made_at_ms, at_ms, "", "")


def head(seq: int, at_ms: int) -> SignedHead:
    return SignedHead(7, seq, "bb", at_ms, "", "")


@pytest.mark.parametrize(
    ("seq", "at_ms", "free"),
    [
        (11, 150, True),
        (11, 200, True),
        (10, 150, False),
        (11, 100, False),
        (11, 50, False),
        (11, 201, False),
        (10, 250, False),
    ],
)
def test_a_head_is_free_only_between_backup_and_restore_and_beyond_the_backups_end(
    seq: int, at_ms: int, free: bool
) -> None:
    restores = Restores([restore(10, made_at_ms=100, at_ms=200)])
    assert (restores.frees(head(seq, at_ms)) is not None) == free


def test_a_chain_that_an_earlier_restore_had_begun_goes_with_the_later_one() -> None:
    early, late = restore(10, made_at_ms=100, at_ms=200), restore(50, made_at_ms=150, at_ms=300)
    restores = Restores([early, late])
    assert restores.standing == [late]
    # Signed on the chain that `early` had begun.
    assert restores.frees(head(20, 250)) == late
    # Signed before either, and in the backup that came back last: it binds again.
    assert restores.frees(head(40, 140)) is None
    assert restores.frees(head(60, 180)) == late


def test_the_same_backup_told_of_twice_stands_twice() -> None:
    once, again = restore(10, made_at_ms=100, at_ms=200), restore(10, made_at_ms=100, at_ms=210)
    restores = Restores([once, again])
    assert set(restores.standing) == {once, again}
    assert restores.frees(head(11, 205)) == again
    assert restores.frees(head(9, 205)) is None


def test_without_a_restore_every_head_binds() -> None:
    assert Restores([]).frees(head(1, 1)) is None
