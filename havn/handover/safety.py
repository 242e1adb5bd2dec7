"""What a child reads before saying yes or no. Each text needs a person's approval in each language; until then English
stands beside it."""

from django.utils.translation import gettext_noop

SAFETY_TEXTS = {
    "handover-ask": gettext_noop("We would like to send this to %(to)s:"),
    "handover-does-hotline": gettext_noop(
        "They look at it and try to get it taken away. If somebody has broken the law, they can tell the police."
    ),
    "handover-does-police": gettext_noop("The police read it and decide what they can do. They may keep it."),
    "handover-does-complaint": gettext_noop("They look at what happened and at whether it was right."),
    "handover-nothing-else": gettext_noop("Only these words are sent. Nothing else is passed on."),
    "handover-choose": gettext_noop(
        "You decide. If you say no, nothing is sent, and we go on talking with you just the same."
    ),
    "handover-change-mind": gettext_noop("You can change your mind until it has gone."),
    "handover-no": gettext_noop("You said no. Nothing is sent to %(to)s."),
    "handover-gone": gettext_noop("It has been sent to %(to)s. We can't get it back."),
}
