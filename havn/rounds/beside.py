"""What stands beside a question: what the records say, what was answered before, and what was said about it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.language import reader_language
from havn.forms import api as forms
from havn.forms.words import number_words
from havn.rounds.actions.drafts import Clash
from havn.rounds.models import Comment, Submission
from havn.rounds.permissions import can_answer
from havn.rounds.queries.answers import asked_back, comments_of
from havn.rounds.working import Offer, Work


def beside_of(
    request: HttpRequest,
    work: Work,
    answers: Mapping[str, Any],
    *,
    writing: bool,
    clashes: Sequence[Clash] = (),
    asking: bool = False,
    sent: Submission | None = None,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    refused: Mapping[str, str] | None = None,
) -> dict[str, SafeString]:
    """The HTML beside every question of a form that is written (`writing`), read, or asked about (`asking`).

    What the records say now is for whoever may write the answers alone. Others see of a figure that was taken only
    whether it stands as taken in what was `sent`. `typed` and `faults`, by question: words that are not kept yet, and
    what is wrong with them. `refused`: by path why a document is not taken.
    """
    typed, faults, refused = typed or {}, faults or {}, refused or {}
    writes = isinstance(request.user, User) and can_answer(request.user, work.assignment)
    offers = work.offers if writes else {}
    comments, asked = comments_of(work.assignment), asked_back(work.assignment)
    of = {one.key: one for one in clashes}
    language, definition = reader_language(), work.definition

    def about(key: str, label: Mapping[str, str]) -> dict[str, Any]:
        """What stands beside a question and a repeated section alike."""
        return {
            "key": key, "label": definition.said(label, language), "writing": writing, "asking": asking,
            "typed": typed.get(key, ""), "fault": faults.get(key, ""), "refused": refused.get(key, ""),
            **_talk(comments, asked, key),
        }  # fmt: skip

    contexts = [about(one.key, one.title) for one in definition.sections if one.repeat is not None]
    for question in definition.questions.values():
        if question.type == forms.Type.NOTE or definition.section_of[question.key].repeat is not None:
            continue
        contexts.append(
            {
                **about(question.key, question.label),
                **_numbers_beside(
                    work, question, answers, getattr(request, "roles", ()) if question.key in offers else None
                ),
                "taken": "" if writes or sent is None else _taken(sent, question.key),
                "clash": clash_sentence(of[question.key], definition, language) if question.key in of else "",
            }
        )
    found = {
        one["key"]: SafeString(render_to_string("rounds/beside.html", one, request=request)) for one in contexts
    }  # fmt: skip
    rows = {path: sentence for path, sentence in refused.items() if path not in found}
    message = '<p class="ds-validation-message">{}</p>'
    return found | {path: format_html(message, sentence) for path, sentence in rows.items()}


def _numbers_beside(
    work: Work, question: forms.Question, answers: Mapping[str, Any], roles: Collection[str] | None
) -> dict[str, Any]:
    """The figure of the records, where somebody with `roles` may see it, and what was answered before."""
    language = reader_language()
    return {
        "offer": None if roles is None else _offer(work, question.key, answers, roles),
        "before": words_of(question, work.before.last, work.definition, language),
        "year": words_of(question, work.before.year, work.definition, language),
    }


def clash_sentence(clash: Clash, definition: forms.Definition, language: str) -> str:
    """Who saved what while this person wrote."""
    question = definition.questions.get(clash.key.partition(".")[0])
    theirs = forms.answer_words(question, clash.theirs, definition, language) if question else ""
    label = definition.said(question.label, language).text if question else clash.key
    named = {
        "question": label,
        "who": clash.by.name if clash.by else _("Another system"),
        "answer": theirs or _("something else"),
    }
    return _("%(question)s: %(who)s saved “%(answer)s” while you wrote. Yours is not kept yet.") % named


def words_of(
    question: forms.Question, answers: Mapping[str, Any] | None, definition: forms.Definition, language: str
) -> str:
    """An earlier answer in one line; of a table its sum."""
    value = (answers or {}).get(question.key)
    if question.type == forms.Type.MATRIX and isinstance(value, dict):
        numbers = [n for row in value.values() if isinstance(row, dict) for n in row.values() if _is_number(n)]
        return _("%(sum)s in all") % {"sum": number_words(sum(numbers))} if numbers else ""
    return forms.answer_words(question, value, definition, language)


def _offer(work: Work, key: str, answers: Mapping[str, Any], roles: Collection[str]) -> dict[str, Any]:
    offer = work.offers[key]
    taken = work.draft.taken.get(key)
    now, value = answers.get(key), offer.fitted.value
    given = now not in (None, "", {})
    may_open = not offer.found.roles or bool(set(offer.found.roles) & set(roles))
    return {
        "said": offer.found.said,
        "number": _shown(offer),
        "url": offer.found.url if may_open else "",
        "is_it": given and _same(now, value),
        "by_hand": taken is not None and given and not _same(now, taken.get("value")),
        "moved_on": taken is not None and not _same(taken.get("value"), value),
        "left": number_words(offer.fitted.left) if offer.fitted.left else "",
        "is_table": isinstance(value, dict),
    }


def _taken(sent: Submission, key: str) -> str:
    """ "is-it" or "by-hand" for a figure that came from the centre's records, "" for every other."""
    taken = sent.taken.get(key)
    if taken is None:
        return ""
    return "is-it" if _same(sent.answers.get(key), taken.get("value")) else "by-hand"


def _shown(offer: Offer) -> str:
    value = offer.fitted.value
    if isinstance(value, dict):
        return number_words(sum(number for row in value.values() for number in row.values()))
    return number_words(value)


def _same(one: Any, other: Any) -> bool:
    """Whether two answers are the same figures; in tables, nothing and 0 are not told apart."""
    if isinstance(one, dict) and isinstance(other, dict):
        return _numbers(one) == _numbers(other)
    return bool(one == other) or str(one) == str(other)


def _numbers(table: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    return {
        (row, column): str(number)
        for row, cells in table.items() if isinstance(cells, dict)
        for column, number in cells.items() if str(number) not in ("0", "")
    }  # fmt: skip


def _talk(comments: Mapping[str, list[Comment]], asked: Mapping[str, Comment], key: str) -> dict[str, Any]:
    said = [
        {
            "who": one.by.name if one.by else _("Somebody who has left"),
            "runs": one.by_runner,
            "asks": one.asks,
            "text": one.text,
            "at": one.at,
        }
        for one in comments.get(key, ())
    ]
    return {"comments": said, "is_asked": key in asked}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
