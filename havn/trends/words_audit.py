"""What the audit of an article's numbers found, in the reader's words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.trends import words
from havn.trends.auditing import REFUSED, SAFE
from havn.trends.models import Article


def not_audited(article: Article) -> str:
    """Why the numbers cannot be published yet; "" when the audit found them safe."""
    state = article.audit.get("state")
    if state == SAFE:
        return ""
    if state != REFUSED:
        return _("The numbers are still being checked with everything that is published. Try again in a moment.")
    sentence = {
        "moved-on": _("Other numbers are accepted now than those of this article. Take the numbers anew."),
        "few-changed": _(
            "Since figures of this quarter were published, fewer than three centres came, went or changed theirs, or "
            "one did so nearly alone. The difference would be their own numbers. Wait until more have changed."
        ),
        "mismatch": _(
            "A table that is published divides the same thing in another way, so the two cannot be compared safely."
        ),
        "too-much": _(
            "Too many tables of this quarter are published to work out what they tell together with this article."
        ),
    }.get(
        article.audit["code"],
        _(
            "Together with what is published already, readers could work out a number that is left out, whatever this "
            "article leaves out. Wait for a later quarter, or publish the figures of the year."
        ),
    )
    named = _cells(article.audit.get("cells", []))
    return _("%(sentence)s It is about: %(names)s.") % {"sentence": sentence, "names": named} if named else sentence


def audit_told(article: Article) -> dict[str, Any]:
    """For the desk: whether it is still at work and how far, the refusal, or what is safe and what went besides."""
    audit = article.audit
    state = audit.get("state")
    if state == REFUSED:
        return {"refusal": not_audited(article)}
    if state != SAFE:
        return {"is_at_work": True, "percent": audit.get("percent", 0)}
    many = len({key for keys in audit["against"].values() for key in keys})
    return {
        "safe": ngettext(
            "Checked, also together with %(many)s other table of these days: nobody can work out what is left out.",
            "Checked, also together with %(many)s other tables of these days: nobody can work out what is left out.",
            many,
        )
        % {"many": words.number(many)}
        if many
        else _("Checked: nobody can work out what is left out."),
        "more": [_name(dimension, code) for dimension, code in audit["more"]],
    }


def _name(dimension: str, code: str) -> str:
    title = words.dimension_label(dimension)
    if dimension == "total":
        return title
    if code == "known":
        return _("%(list)s: the sum of what is known, and with it all per cent") % {"list": title}
    return f"{title}: {words.label(dimension, code)}"


def _cells(cells: list[dict[str, Any]]) -> str:
    named = [str(one["name"]) for one in cells if "name" in one]
    named += [
        _name(key.partition(".")[0], code) for one in cells for key, code in one.get("codes", {}).items()
    ]  # fmt: skip
    return "; ".join(dict.fromkeys(named))
