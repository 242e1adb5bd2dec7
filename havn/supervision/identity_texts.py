"""What a child reads of being found, by the model that a helpline works by.

The texts for "blind" are those of the helpline and of the page on privacy. Those below stand in their place; each needs
a person's approval in each language before the model can be chosen.
"""

from django.utils.translation import gettext_noop

from havn.supervision.queries.settings import identity_in_centre, identity_of
from havn.supervision.rules.identity import BLIND, HELPLINE, POLICE

TEXTS = {
    POLICE: {
        "easy-unseen-where": gettext_noop(
            "We do not see where you are. If a life is in danger, the police can try to find you."
        ),
        "chat-unseen": gettext_noop(
            "We do not see who you are, where you are or which phone you use. If a life is in danger, the police can "
            "try to find out where you are."
        ),
        "danger-unseen": gettext_noop(
            "We do not see where you are. If you tell us, we can send help. If a life is in danger, the police can try "
            "to find you."
        ),
        "cannot-see-you": gettext_noop(
            "We can't see who you are or where you are. We don't keep the address of your phone or computer. If a life "
            "is in danger, we can ask the police to try to find out where you are. We tell you first whenever we can."
        ),
        "confidentiality-ends-when": gettext_noop(
            "When a child is in serious danger and the child can be recognised from what was told, the law obliges "
            "those who answer to notify child protection or the police. The child is told first whenever that is "
            "possible. The service itself can trace nobody; when a life is in danger, the police may try to."
        ),
    },
    HELPLINE: {
        "easy-unseen-who": gettext_noop("We do not look who you are."),
        "easy-unseen-where": gettext_noop(
            "If a life is in danger, we may try to find you. We tell you first if we can."
        ),
        "chat-unseen": gettext_noop(
            "We do not look who you are or where you are. Only if a life is in danger we may try to find out where you "
            "are, so that help can come. We tell you first whenever we can."
        ),
        "danger-unseen": gettext_noop(
            "If you tell us where you are, we can send help. If a life is in danger, we may try to find out where you "
            "are."
        ),
        "cannot-see-you": gettext_noop(
            "We don't look who you are or where you are. There is one exception: if a life is in danger, we may try to "
            "find out where you are, so that help can come. We tell you first whenever we can."
        ),
        "confidentiality-ends-when": gettext_noop(
            "When a child is in serious danger and the child can be recognised from what was told, the law obliges "
            "those who answer to notify child protection or the police. The child is told first whenever that is "
            "possible. When a life is in danger, the service itself may try to find out where the child is."
        ),
    },
}


def key_of(key: str, model: str) -> str:
    """Under which key the text of a model is approved."""
    return f"{key}-{model}" if key in TEXTS.get(model, {}) else key


def text_choice(centre_id: int, service_id: int | None, key: str) -> str:
    """The text a page shows in place of `key`: by the service's model, or by the one that goes farthest in a centre."""
    if not any(key in texts for texts in TEXTS.values()):
        return key
    model = identity_of(service_id) if service_id is not None else identity_in_centre(centre_id)
    return key if model == BLIND else key_of(key, model)


def all_texts() -> dict[str, str]:
    """Every one of them by its key, for the list of texts that need approval."""
    return {key_of(key, model): text for model, texts in TEXTS.items() for key, text in texts.items()}
