"""The expressions of an XLSForm, once all its names are known."""

from django.utils.translation import gettext as _

from havn.forms.rules import editing
from havn.forms.rules.editing import Raw
from havn.forms.rules.expressions import ExpressionFault
from havn.forms.rules.expressions import read as read_ours
from havn.forms.xlsform.columns import Finding, Line
from havn.forms.xlsform.survey import Asked, Survey
from havn.forms.xlsform.translating import Bounds, Translator, bounds_of
from havn.forms.xlsform.xpath import NotUnderstood, read


class Conditions:
    """Puts the expressions into the parts they belong to."""

    def __init__(self, survey: Survey, findings: list[Finding]) -> None:
        self.survey, self.findings = survey, findings

    def translate(self) -> None:
        """Calculations first: what refers to one that is left out is left out too."""
        self.calculations([one for one in self.survey.asked if one.into == "calculation"])
        for asked in self.survey.asked:
            if asked.into == "show_if":
                self.show_if(asked)
            elif asked.into == "required":
                self.required(asked)
            elif asked.into == "constraint":
                self.constraint(asked)

    def calculations(self, asked: list[Asked]) -> None:
        """Those that are not understood go, until all that are left are."""
        left = list(asked)
        while True:
            failed = [(one, why) for one in left if (why := self.why_not(one))]
            if not failed:
                break
            for one, why in failed:
                line, text = one.texts[0]
                self.lost(line, _("The calculation “%(text)s” is left out. %(why)s"), text, why)
                left.remove(one)
                if self.survey.names.get(one.here) and self.survey.names[one.here].key == one.part["key"]:
                    del self.survey.names[one.here]
        for one in left:
            one.part["value"] = self.written(one.texts[0][1], one.here)
            self.survey.computed.append(one.part)

    def why_not(self, asked: Asked) -> str:
        try:
            self.written(asked.texts[0][1], asked.here)
        except NotUnderstood as why:
            return why.sentence
        return ""

    def show_if(self, asked: Asked) -> None:
        parts: list[str] = []
        for line, text in asked.texts:
            try:
                parts.append(self.written(text, ""))
            except NotUnderstood as why:
                sentence = _("The condition “%(text)s” is left out: this is always shown. %(why)s")
                self.lost(line, sentence, text, why.sentence)
        whole = parts[0] if len(parts) == 1 else " and ".join(f"({part})" for part in parts)
        if whole:
            asked.part["show_if"] = whole

    def required(self, asked: Asked) -> None:
        line, text = asked.texts[0]
        try:
            asked.part["required"] = self.written(text, asked.here)
        except NotUnderstood as why:
            sentence = _("“%(text)s” does not say when it must be answered: it may be left empty. %(why)s")
            self.lost(line, sentence, text, why.sentence)

    def constraint(self, asked: Asked) -> None:
        line, text = asked.texts[0]
        try:
            tree = read(text)
            whole = bool(asked.part.get("whole", True))
            bounds = bounds_of(tree, asked.part["type"], whole=whole)
            if bounds is not None and not asked.message:
                _bound(asked.part, bounds)
                return
            try:
                self.check(asked, line)
            except NotUnderstood:
                if bounds is None:
                    raise
                self.bound_without_message(asked, line, bounds)
        except NotUnderstood as why:
            self.lost(line, _("The constraint “%(text)s” is left out. %(why)s"), text, why.sentence)

    def bound_without_message(self, asked: Asked, line: Line, bounds: Bounds) -> None:
        """What cannot be written as a check is kept as a bound, which has a message of its own."""
        _bound(asked.part, bounds)
        sentence = _("The constraint is kept as the least, the most or the length of the answer, without its message.")
        self.findings.append(Finding(line.sheet, line.number, sentence, is_lost=False))

    def check(self, asked: Asked, line: Line) -> None:
        """A check that holds for what is empty too, as constraints do."""
        key, written = asked.part["key"], self.written(asked.texts[0][1], asked.here)
        taken = [str(one["key"]) for one in self.survey.checks]
        own = self.survey.own
        message = dict(asked.message)
        if not message.get(own):
            message[own] = _("This answer does not fit.")
            sentence = _("The constraint has no message: a plain one is written.")
            self.findings.append(Finding(line.sheet, line.number, sentence, is_lost=False))
        self.survey.checks.append({
            "key": editing.new_key(f"{key}_fits", taken, "check"), "level": "error", "at": key, "message": message,
            "holds": f"not filled({key}) or ({written})",
        })  # fmt: skip

    def written(self, text: str, here: str) -> str:
        """An expression of ours that can be read. Raises NotUnderstood."""
        written = Translator(self.survey.names, here).write(read(text))
        try:
            read_ours(written)
        except ExpressionFault as fault:
            raise NotUnderstood(_("It would become too long or too deep here.")) from fault
        return written

    def lost(self, line: Line, sentence: str, text: str, why: str) -> None:
        self.findings.append(Finding(line.sheet, line.number, sentence % {"text": text[:80], "why": why}))


def _bound(part: Raw, bounds: Bounds) -> None:
    for name, value in (("least", bounds.least), ("most", bounds.most)):
        if value is not None:
            part[name] = int(value) if value.is_integer() else value
    if bounds.longest is not None:
        part["longest"] = bounds.longest
