"""What the server itself can open."""

import pytest

from havn.vault.api import open_for_server, seal_for_server
from havn.vault.server_key import DoesNotOpen


def test_what_is_sealed_for_the_server_opens_with_its_key_and_purpose_only(settings: object) -> None:
    settings.SERVER_KEY = "11" * 32  # type: ignore[attr-defined]
    sealed = seal_for_server(b"totp secret", "totp:12")
    assert b"totp secret" not in sealed
    assert open_for_server(memoryview(sealed), "totp:12") == b"totp secret"
    with pytest.raises(DoesNotOpen):
        open_for_server(sealed, "totp:13")
    settings.SERVER_KEY = "22" * 32  # type: ignore[attr-defined]
    with pytest.raises(DoesNotOpen):
        open_for_server(sealed, "totp:12")


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(12), bytes(60)])
def test_nonsense_does_not_open_and_does_not_crash(sealed: bytes) -> None:
    with pytest.raises(DoesNotOpen):
        open_for_server(sealed)


def test_every_changed_byte_is_found() -> None:
    sealed = seal_for_server(b"secret")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(DoesNotOpen):
            open_for_server(bytes(changed))
