"""What the return code of a letter opens after the letter is gone: taking its published answer off the site.

A code is a place of 20 bits and a secret of 80. HKDF of both, with a use of its own, is what stands beside consent and
published answer; nobody finds the code from it, and nothing that opens the letter is made the same way.
"""

from havn.vault.rules import ReturnCode, derive

_INFO = b"havn published answer 1"
_SALT = b"havn letterbox"
# What a text that is no code is looked up as: the same work, and never found.
_NOTHING = ReturnCode(0, bytes(10))


def withdraw_hash(code_text: str) -> bytes:
    """The 32 bytes that stand beside what was published of this code's letter. For any text, after the same work."""
    code = ReturnCode.parse(code_text) or _NOTHING
    return derive(code.locator.to_bytes(4, "big") + code.secret, _SALT, _INFO)
