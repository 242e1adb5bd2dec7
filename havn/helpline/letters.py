"""Where an app above the helpline takes part in letters: who may answer, what is noted, what the child's pages show.

The helpline knows nothing of it. Filled in AppConfig.ready(); without anybody a letter is answered at the desk alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from havn.common.errors import Refused
from havn.helpline.rules.turns import WRITTEN
from havn.live import registry as live

if TYPE_CHECKING:
    from havn.accounts.models import User
    from havn.helpline.models import Turn
    from havn.live.api import Started
    from havn.live.visitors import Visitor
    from havn.tenancy.models import Service

# (conversation id, user id): raises Refused where this person's own words may not go straight to the child.
AnswerRule = Callable[[int, int], None]
# (conversation id, author, at in milliseconds), in the transaction that stores the text.
TextStored = Callable[[int, str, int], None]
# (the letter, its key, the answer, at in milliseconds), in the transaction that gives the answer to its child.
AnswerGiven = Callable[["Turn", bytes, str, int], None]
# (the letter, its row locked), in the transaction that destroys it at its child's wish.
LetterDeleted = Callable[["Turn"], None]
# (conversation id, centre id), in the transaction that marks the letter's return code as unwanted.
CodeUnwanted = Callable[[int, int], None]
# (the letter, the fields of its form), in the transaction that starts it.
LetterStarted = Callable[["Started", Mapping[str, str]], None]


@dataclass(frozen=True)
class FormPart:
    """What stands above the button of the letter form. `values(service, fields)`; its template reads them as `part`."""

    template: str
    values: Callable[["Service", Mapping[str, str]], dict[str, Any] | None]


@dataclass(frozen=True)
class ReadPart:
    """What stands below a letter and its answer. `values(visitor, answered)`; its template reads them as `part`."""

    template: str
    values: Callable[["Visitor", bool], dict[str, Any] | None]


# Put more text into the answer as it is kept; raises Refused where it can't be changed now.
AddToDraft = Callable[["User", int, str, bytes, int], None]


_rules: list[AnswerRule] = []
_told: list[TextStored] = []
_started: list[LetterStarted] = []
_given: list[AnswerGiven] = []
_deleted: list[LetterDeleted] = []
_codes_unwanted: list[CodeUnwanted] = []
_form_parts: list[FormPart] = []
_read_parts: list[ReadPart] = []
_pages: list[str] = []
_aims: list[Callable[[int], int]] = []
_drafts: list[AddToDraft] = []


def register_answer_rule(rule: AnswerRule) -> None:
    """Ask this before a counsellor's own words, or a link, go to the child of a letter."""
    _rules.append(rule)


def register_text_stored(told: TextStored) -> None:
    """Tell this of every new text of a letter, the child's and ours."""
    _told.append(told)


def register_answer_given(run: AnswerGiven) -> None:
    """Call this when the answer to a letter goes to its child: only there are its words in clear beside its key."""
    _given.append(run)


def register_letter_started(run: LetterStarted) -> None:
    """Call this when a letter begins; its key and code are in clear only there."""
    _started.append(run)


def register_letter_deleted(run: LetterDeleted) -> None:
    """Call this before a letter is destroyed because its child deletes it; not when its clock runs out."""
    _deleted.append(run)


def register_code_unwanted(run: CodeUnwanted) -> None:
    """Call this when the child of a letter wants no return code: nothing may stay that only the code could undo."""
    _codes_unwanted.append(run)


def register_form_part(part: FormPart) -> None:
    """Show something on the form of a letter."""
    _form_parts.append(part)


def register_read_part(part: ReadPart) -> None:
    """Show something on the page on which a child reads the answer."""
    _read_parts.append(part)


def register_desk_page(url_name: str) -> None:
    """The screen on which one letter is answered; its address takes the conversation's number."""
    _pages[:] = [url_name]


def register_draft(add: AddToDraft) -> None:
    """`add(actor, conversation_id, text, key, now_ms)` puts text at the end of the answer that is being written."""
    _drafts[:] = [add]


def has_drafts() -> bool:
    """Whether answers to letters are kept as drafts, on a screen of their own."""
    return bool(_drafts)


def add_to_draft(actor: "User", conversation_id: int, text: str, key: bytes, now_ms: int) -> None:
    """Put this text at the end of the answer to a letter. Raises Refused where it can't be changed now."""
    for add in _drafts:
        add(actor, conversation_id, text, key, now_ms)


def desk_page() -> str:
    """The url name of that screen, or "": then a letter is answered in the desk's thread alone."""
    return _pages[0] if _pages else ""


def register_aim(hours_of: Callable[[int], int]) -> None:
    """Say within how many hours a letter to a helpline (its number) should be answered."""
    _aims[:] = [hours_of]


def aim_hours(service_id: int) -> int | None:
    """Those hours; None where nobody keeps a clock."""
    return _aims[0](service_id) if _aims else None


def check_may_answer(conversation_id: int, user_id: int) -> None:
    """Raises Refused where this person's own words may not go straight to the child of this letter."""
    for rule in _rules:
        rule(conversation_id, user_id)


def may_answer(turn: "Turn", user_id: int) -> bool:
    """Whether what this person writes in the talk's thread goes to the child."""
    try:
        if turn.channel in WRITTEN:
            check_may_answer(turn.pk, user_id)
    except Refused:
        return False
    return True


def may_post_here(viewer: live.Viewer, message_kind: str, conversation_id: int) -> None:
    """For the kind of letters: the same rule for whatever a counsellor posts. Notes stay free."""
    if message_kind == "text" and viewer.user_id is not None:
        check_may_answer(conversation_id, viewer.user_id)


def text_stored(conversation_id: int, author: str, at_ms: int) -> None:
    """For the kind of letters: tell everybody who keeps books."""
    for told in _told:
        told(conversation_id, author, at_ms)


def answer_given(letter: "Turn", key: bytes, text: str, at_ms: int) -> None:
    """An answer is in the letter now."""
    for run in _given:
        run(letter, key, text, at_ms)


def started(letter: "Started", fields: Mapping[str, str]) -> None:
    """A letter began with these fields of its form."""
    for run in _started:
        run(letter, fields)


def deleted(letter: "Turn") -> None:
    """A child deletes this letter now."""
    for run in _deleted:
        run(letter)


def code_unwanted(conversation_id: int, centre_id: int) -> None:
    """The child of this letter wants no return code."""
    for run in _codes_unwanted:
        run(conversation_id, centre_id)


def form_parts(service: "Service", fields: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the letter form shows besides: `template` and `values` of each part."""
    filled = [(part.template, part.values(service, fields)) for part in _form_parts]
    return [{"template": template, "values": values} for template, values in filled if values is not None]


def read_parts(visitor: "Visitor", answered: bool) -> list[dict[str, Any]]:
    """The same for the page on which the answer is read."""
    filled = [(part.template, part.values(visitor, answered)) for part in _read_parts]
    return [{"template": template, "values": values} for template, values in filled if values is not None]
