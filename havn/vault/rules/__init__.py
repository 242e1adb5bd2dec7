"""The sealing itself: plain functions over bytes, without Django, clock or database."""

from havn.vault.rules.aead import KEY_BYTES, DoesNotOpen, cipher, message_aad, new_key, open_, seal
from havn.vault.rules.codes import ReturnCode
from havn.vault.rules.derive import derive
from havn.vault.rules.hpke import KeyPair, new_pair, open_with, pair_of, seal_to
from havn.vault.rules.wraps import Wrap, unwrap, wrap

__all__ = [
    "KEY_BYTES",
    "DoesNotOpen",
    "KeyPair",
    "ReturnCode",
    "Wrap",
    "cipher",
    "derive",
    "message_aad",
    "new_key",
    "new_pair",
    "open_",
    "open_with",
    "pair_of",
    "seal",
    "seal_to",
    "unwrap",
    "wrap",
]
