"""What the limits say: the kind word, the events of a talk, the names of steps and of short codings."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from havn.helpline.event_parts import Values

# The field's tone: connection and respect. Said by the counsellor, in the language of the talk.
KIND_WORD = gettext_noop(
    "It is fine to try us out. I am a real person, and I like to listen. Some words here are hard for me to read. Is "
    "there something you would like to talk about?"
)

SLOWER = "limits-slower"  # seconds
FASTER = "limits-faster"  # slower was lifted
PAUSED = "limits-paused"  # the talk ended with a pause
OFFERED = "limits-plan-offered"  # a care plan was offered
RECOGNISED = "limits-plan-given"  # staff and child: the code of a plan was given


def slower_for_child(values: Values) -> str:
    """From now on one message in so many seconds."""
    words = _("From now on you can send one message every %(seconds)s seconds. What you type is kept until then.")
    return words % {"seconds": values.get("seconds", 20)}


def slower_for_staff(values: Values) -> str:
    return _("The child can now send one message every %(seconds)s seconds.") % {"seconds": values.get("seconds", 20)}


def faster_for_child(values: Values) -> str:
    return _("You can write as fast as you like again.")


def faster_for_staff(values: Values) -> str:
    return _("The talk is not slower any more.")


def paused_for_child(values: Values) -> str:
    return _("We end the chat here and take a break. You can write us a letter any time, and we read it.")


def paused_for_staff(values: Values) -> str:
    return _("The talk ended with a pause.")


def offered_for_child(values: Values) -> str:
    return _("We can write down with you what helps you. Then you need not tell everything again next time.")


def offered_for_staff(values: Values) -> str:
    return _("A care plan was offered.")


def given_for_child(values: Values) -> str:
    return _("Thank you for your code. We see what we wrote down with you.")


def given_for_staff(values: Values) -> str:
    return _("The child gave the code of a care plan.")


def too_soon(seconds: int) -> str:
    """Why a message was not taken yet."""
    return _("That was quick. You can send this in %(seconds)s seconds. Your words are still here.") % {
        "seconds": seconds
    }


def step_words(step: str) -> str:
    """A step, as the screens name it."""
    return {
        "kind-word": _("A kind word"),
        "slower": _("Slower"),
        "pause": _("A pause"),
        "lifted": _("Lifted early"),
        "declined": _("Declined"),
    }.get(step, "")


def refusal_words(why: str) -> str:
    """Why a step is not possible now."""
    return {
        "over": _("The talk is over."),
        "danger": _("Somebody may be in danger here. Nobody in danger is made slower or given a pause."),
        "asked": _("A step waits for a colleague's answer already."),
        "done": _("This step has been taken already."),
    }.get(why, _("One step after the other: first a kind word, then slower, then a pause."))


def short_words(code: str) -> str:
    """What a press on one of the short codings is called."""
    return {
        "silent": _("Silent"),
        "test": _("Test"),
        "prank": _("Prank"),
        "wrong-place": _("Wrong place"),
    }[code]
