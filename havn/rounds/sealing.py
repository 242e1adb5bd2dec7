"""The address of a centre's office, sealed to the server's key: letters are written with nobody signed in."""

from havn.vault.api import open_for_server, seal_for_server


def seal(centre_id: int, address: str) -> bytes:
    """Seal for this centre alone."""
    return seal_for_server(address.encode(), _purpose(centre_id))


def unseal(centre_id: int, sealed: bytes | memoryview) -> str:
    """The inverse. Raises DoesNotOpen when key, centre or bytes differ."""
    return open_for_server(bytes(sealed), _purpose(centre_id)).decode()


def _purpose(centre_id: int) -> str:
    return f"rounds-address:{centre_id}"
