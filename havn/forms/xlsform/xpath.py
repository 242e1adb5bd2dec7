"""The part of XPath that XLSForm writers use, read into a tree.

`${name}`, `.`, texts in quotes, numbers, `and`, `or`, `=`, `!=`, `<`, `<=`, `>`, `>=`, `+`, `-`, `*`, `div`, `mod`
and calls of functions (https://docs.getodk.org/form-operators-functions). Paths are not read. What the tree becomes
here is decided in `translating`.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

LONGEST = 4_000
DEEPEST = 40
MOST_TOKENS = 400

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d+)?|\.\d+)
    | \$\{\s*(?P<name>[^}\s]{1,200})\s*\}
    | (?P<quote>"[^"]*"|'[^']*')
    | (?P<mark><=|>=|!=|[=<>+\-*(),])
    | (?P<here>\.(?![.\w/]))
    | (?P<word>[A-Za-z_](?:[\w]|-(?=[A-Za-z]))*)
    )""",
    re.X,
)
# A curly apostrophe is what word processors make of a straight one; the tools of the field read it so too.
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


class NotUnderstood(ValueError):
    """What stands there is not read. `sentence` says what it was."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Number:
    """As it was written, so that nothing is rounded."""

    text: str


@dataclass(frozen=True)
class Text:
    """A text in quotes."""

    text: str


@dataclass(frozen=True)
class Name:
    """The answer to a question. `name` is "" for the one where the expression stands (`.`)."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function with what stands in its brackets."""

    function: str
    given: "tuple[Tree, ...]"


@dataclass(frozen=True)
class Two:
    """Two sides and what stands between them, one of and, or, =, !=, <, <=, >, >=, +, -, *, div, mod."""

    between: str
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True)
class Minus:
    """The negative of a number."""

    of: "Tree"


Tree = Number | Text | Name | Call | Two | Minus
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))


def read(text: str) -> Tree:
    """The tree of an expression. Raises NotUnderstood for everything else."""
    if len(text) > LONGEST:
        raise NotUnderstood(_("The expression is too long."))
    reader = _Reader(_tokens(text.translate(_STRAIGHT)))
    tree = reader.level(0, 0)
    if reader.ahead:
        raise NotUnderstood(_("“%(part)s” is not understood here.") % {"part": reader.ahead[1][:60]})
    return tree


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotUnderstood(_("“%(part)s” is not understood here.") % {"part": text[at:].strip()[:60]})
        kind = str(match.lastgroup)
        found.append((kind, match[kind]))
        at = match.end()
        if len(found) > MOST_TOKENS:
            raise NotUnderstood(_("The expression is too long."))
    return found


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at = tokens, 0

    @property
    def ahead(self) -> tuple[str, str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def took(self, *words: str) -> str:
        ahead = self.ahead
        if ahead and ahead[0] in ("mark", "word") and ahead[1] in words:
            self.at += 1
            return ahead[1]
        return ""

    def level(self, number: int, depth: int) -> Tree:
        if depth > DEEPEST:
            raise NotUnderstood(_("There are too many brackets within brackets."))
        if number == len(_LEVELS):
            return self.one(depth)
        left = self.level(number + 1, depth)
        while between := self.took(*_LEVELS[number]):
            left = Two(between, left, self.level(number + 1, depth))
        return left

    def one(self, depth: int) -> Tree:
        if self.took("-"):
            # Above the deepest level, `level` says so.
            return Minus(self.one(depth + 1) if depth < DEEPEST else self.level(0, depth + 1))
        if self.took("("):
            inner = self.level(0, depth + 1)
            self.close()
            return inner
        if self.ahead is None:
            raise NotUnderstood(_("Something is missing at the end."))
        kind, text = self.ahead
        self.at += 1
        match kind:
            case "number":
                return Number(text)
            case "name":
                return Name(text)
            case "here":
                return Name("")
            case "quote":
                return Text(text[1:-1])
            case "word" if self.took("("):
                return self.call(text, depth)
        raise NotUnderstood(_("“%(part)s” is not understood here.") % {"part": text[:60]})

    def call(self, function: str, depth: int) -> Tree:
        given: list[Tree] = []
        if not self.took(")"):
            given.append(self.level(0, depth + 1))
            while self.took(","):
                given.append(self.level(0, depth + 1))
            self.close()
        return Call(function, tuple(given))

    def close(self) -> None:
        if not self.took(")"):
            raise NotUnderstood(_("A bracket is not closed."))
