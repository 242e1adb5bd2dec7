"""Chats in which nothing was said that could be coded: one press, or one key with Alt, codes and closes them."""

# Key, code of the outcome: the keys are those of calls. "Hung up" has no like in a chat; who left in silence is silent.
SHORT = (("1", "silent"), ("2", "test"), ("3", "prank"), ("4", "wrong-place"))
CODES = frozenset(code for _key, code in SHORT)
