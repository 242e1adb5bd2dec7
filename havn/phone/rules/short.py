"""Calls in which nothing was said that could be coded: one press, or one key with Alt, codes and closes them."""

# Key, code of the outcome. All of them are among the helpline's outcomes without a talk.
SHORT = (("1", "silent"), ("2", "test"), ("3", "prank"), ("4", "wrong-number"), ("5", "abandoned"))
CODES = frozenset(code for _key, code in SHORT)
