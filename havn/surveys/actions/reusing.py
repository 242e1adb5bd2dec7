"""Asking a question of the bank again, in a draft of a form: under its key, so that answers can be compared."""

from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.forms.api import FormVersion, add_part
from havn.forms.rules import editing


def put_question(*, actor: User, source: FormVersion, key: str, draft: FormVersion) -> None:
    """Put a question as `source` asks it at the end of a draft. Refused where its key is taken there.

    Words go along in the languages that the draft is offered in; who may build forms is asked by havn.forms.
    """
    try:
        part = editing.part_of(source.definition, editing.QUESTION, key)
    except editing.NotThere as error:
        raise Refused(_("This question is not in that form.")) from error
    if key in editing.keys_of(draft.definition):
        raise Refused(_("The draft has something under the key “%(key)s” already.") % {"key": key})
    sections = [one for one in editing.parts_of(draft.definition, editing.SECTION) if not one.get("repeat")]
    if not sections:
        raise Refused(_("Make a section in the draft first."))
    fitting = editing.in_languages(part, draft.definition.get("languages", []))
    add_part(actor=actor, version=draft, kind=editing.QUESTION, part=fitting, section=str(sections[-1]["key"]))
