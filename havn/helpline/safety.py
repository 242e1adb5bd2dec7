"""The three sentences on confidentiality before a talk, and their example. They need a person's approval in each
language; until then English stands beside them."""

from django.utils.translation import gettext_noop

SAFETY_TEXTS = {
    "chat-unseen": gettext_noop("We do not see who you are, where you are or which phone you use."),
    "chat-who-reads": gettext_noop(
        "Only the people who answer here can read what you write. It is destroyed after %(days)s days."
    ),
    "chat-danger": gettext_noop(
        "If you or another child is in serious danger and we know who it is, we have to get help. We tell you first "
        "whenever we can."
    ),
    "chat-example-kept": gettext_noop(
        "Sam writes that some boys at school keep hitting him. We talk about what could help, and nobody else gets "
        "to know."
    ),
    "chat-example-danger": gettext_noop(
        "Another day Sam writes that he has swallowed many pills, and he tells us his address. Then we call an "
        "ambulance, and we tell Sam that we are doing it."
    ),
}
