"""XPath of an XLSForm as an expression of ours, with the same meaning for answers that are missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from havn.forms.xlsform.xpath import Call, Minus, Name, NotUnderstood, Number, Text, Tree, Two

_SAME = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "+": "+", "-": "-", "*": "*", "div": "/"}


@dataclass(frozen=True)
class Named:
    """What a name of the file stands for here. `codes`: names of its choices to their codes here."""

    key: str
    type: str
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Translator:
    """Writes trees. `names`: of the file, to what they are here; `here`: the name that `.` stands for."""

    names: Mapping[str, Named]
    here: str = ""

    def write(self, tree: Tree) -> str:
        """The expression. Raises NotUnderstood for what has no equal here."""
        match tree:
            case Number():
                return f"0{tree.text}" if tree.text.startswith(".") else tree.text
            case Text():
                return _quoted(tree.text)
            case Name():
                return self.named(tree).key
            case Minus():
                return f"-({self.write(tree.of)})"
            case Two():
                return self.two(tree)
            case Call():
                return self.call(tree)

    def named(self, name: Name) -> Named:
        found = self.names.get(name.name or self.here)
        if found is None:
            raise NotUnderstood(_("There is no question “%(name)s” that was taken over.") % {"name": name.name[:60]})
        if found.type in ("note", "section"):
            raise NotUnderstood(_("“%(name)s” has no answer here.") % {"name": (name.name or self.here)[:60]})
        return found

    def two(self, tree: Two) -> str:
        if tree.between in ("and", "or"):
            return f"({self.write(tree.left)}) {tree.between} ({self.write(tree.right)})"
        if tree.between in ("=", "!="):
            return self.equal(tree)
        if tree.between not in _SAME:
            raise NotUnderstood(_("“%(part)s” is not known here.") % {"part": tree.between})
        return f"{self.inner(tree.left)} {_SAME[tree.between]} {self.inner(tree.right)}"

    def inner(self, tree: Tree) -> str:
        text = self.write(tree)
        return f"({text})" if isinstance(tree, (Two, Minus)) else text

    def equal(self, tree: Two) -> str:
        """Equal or not. An empty answer is like no other there, and would be unknown here."""
        name, value = (tree.left, tree.right) if isinstance(tree.left, Name) else (tree.right, tree.left)
        sign = "==" if tree.between == "=" else "!="
        if not isinstance(name, Name) or not isinstance(value, (Text, Number)):
            return f"{self.inner(tree.left)} {sign} {self.inner(tree.right)}"
        asked = self.named(name)
        if isinstance(value, Text) and not value.text:
            return f"not filled({asked.key})" if sign == "==" else f"filled({asked.key})"
        if asked.type == "many":
            raise NotUnderstood(_("A question with several answers is asked by selected()."))
        written = self.coded(asked, value)
        return f"{asked.key} == {written}" if sign == "==" else f"not filled({asked.key}) or {asked.key} != {written}"

    def coded(self, asked: Named, value: Text | Number) -> str:
        """A value beside a question: the code of its choice, a number where it asks for one."""
        if asked.codes:
            if value.text not in asked.codes:
                raise NotUnderstood(_("“%(text)s” is no choice of this question.") % {"text": value.text[:60]})
            return _quoted(asked.codes[value.text])
        if asked.type in ("number", "scale") and isinstance(value, Text):
            try:
                float(value.text)
            except ValueError:
                raise NotUnderstood(_("“%(text)s” is no number.") % {"text": value.text[:60]}) from None
            return value.text
        if asked.type == "yes_no":
            raise NotUnderstood(_("“%(text)s” is no choice of this question.") % {"text": value.text[:60]})
        return self.write(value)

    def call(self, tree: Call) -> str:
        given = tree.given
        match tree.function, len(given):
            case "selected", 2 if isinstance(given[0], Name) and isinstance(given[1], (Text, Number)):
                asked = self.named(given[0])
                return f"selected({asked.key}, {self.coded(asked, given[1])})"
            case "not", 1:
                return f"not ({self.write(given[0])})"
            case "true", 0:
                return "true"
            case "false", 0:
                return "false"
            case "number", 1:
                return self.inner(given[0])
            case "abs", 1:
                return f"abs({self.write(given[0])})"
            case "count-selected", 1 if isinstance(given[0], Name):
                return f"count({self.named(given[0]).key})"
            case "sum", 1 if isinstance(given[0], Name):
                return f"sum({self.named(given[0]).key})"
            case (("min" | "max"), many) if 1 <= many <= 20:
                return f"{tree.function}({', '.join(self.write(one) for one in given)})"
            case "if", 3:
                return f"if({', '.join(self.write(one) for one in given)})"
            case "coalesce", 2 if isinstance(given[0], Name):
                key = self.named(given[0]).key
                return f"if(filled({key}), {key}, {self.write(given[1])})"
        raise NotUnderstood(_("The function “%(name)s” is not known here.") % {"name": f"{tree.function[:40]}()"})


@dataclass(frozen=True)
class Bounds:
    """What a constraint says of one number or text, where that is all it says."""

    least: float | None = None
    most: float | None = None
    longest: int | None = None


def bounds_of(tree: Tree, type_: str, *, whole: bool) -> Bounds | None:
    """The bounds that a constraint on `.` comes to; None when it says something else as well."""
    if isinstance(tree, Two) and tree.between == "and":
        left, right = (bounds_of(one, type_, whole=whole) for one in (tree.left, tree.right))
        return _joined(left, right) if left and right else None
    if not isinstance(tree, Two) or not isinstance(number := tree.right, (Number, Minus)):
        return None
    value = _value(number)
    if value is None:
        return None
    if type_ == "number" and tree.left == Name(""):
        step = 1 if whole and value.is_integer() else None
        match tree.between:
            case ">=":
                return Bounds(least=value)
            case "<=":
                return Bounds(most=value)
            case ">" if step:
                return Bounds(least=value + step)
            case "<" if step:
                return Bounds(most=value - step)
    is_length = tree.left == Call("string-length", (Name(""),))
    if type_ == "text" and is_length and tree.between in ("<", "<=") and value.is_integer() and value >= 2:
        return Bounds(longest=int(value) - (tree.between == "<"))
    return None


def _joined(left: Bounds, right: Bounds) -> Bounds | None:
    pairs = ((left.least, right.least), (left.most, right.most), (left.longest, right.longest))
    if any(one is not None and other is not None for one, other in pairs):
        return None
    least, most, longest = (one if one is not None else other for one, other in pairs)
    return Bounds(least, most, None if longest is None else int(longest))


def _value(number: Number | Minus) -> float | None:
    if isinstance(number, Number):
        return float(number.text)
    return -float(number.of.text) if isinstance(number.of, Number) else None


def _quoted(text: str) -> str:
    mark = "'" if '"' in text else '"'
    if mark in text or "\\" in text or "\n" in text:
        raise NotUnderstood(_("A text with such quotes in it cannot be compared here."))
    return f"{mark}{text}{mark}"
