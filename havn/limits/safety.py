"""Sentences on pauses, care plans and their code that a person approves in each language."""

from django.utils.translation import gettext_noop as _

SAFETY_TEXTS = {
    "pause-danger": _(
        "If you are in danger now, the break does not count. Press here, and we try to take you sooner. If you can, "
        "call the number below."
    ),
    "adult-pause-danger": _(
        "If a child is in danger now, the break does not count. Press here, and we try to take you sooner. If you can, "
        "call the number below."
    ),
    "pause-mark": _(
        "This browser keeps a note that says until when the break lasts. It says nothing about you. When the break is "
        "over, the note is gone."
    ),
    "plan-who-reads": _(
        "Only the people who answer here can read it, and only when you give your code in a talk. %(days)s days after "
        "you used it last it is destroyed."
    ),
    "plan-code-opens": _(
        "This code opens only what we wrote down with you, and no talk. Anyone who has the code can read it and "
        "delete it."
    ),
    "plan-code-once": _(
        "Note it now. We show it only this once and do not keep it. If you lose it, ask for a new one in a talk: then "
        "the old one stops working."
    ),
    "plan-give": _(
        "You choose each time. With the code the one who answers reads what we wrote down with you. Without it nobody "
        "knows that you have been here."
    ),
    "plan-delete-what": _("It is destroyed for good, for you and for us, and the code stops working."),
    "plan-deleted": _(
        "It is destroyed, and nobody can bring it back. A locked copy kept in case of a breakdown is gone after "
        "%(backup_days)s days."
    ),
}
