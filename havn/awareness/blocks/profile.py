"""The parts of a centre's profile, under the headings that the network publishes profiles with."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from havn.awareness.blocks.body import WORDS


def _section(label: object) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(label=label, features=[*WORDS, "h3"], icon="pilcrow")


class ProfileSectionsBlock(blocks.StreamBlock):
    """What one organisation says of the strand that it runs."""

    about = _section(_("About"))
    goals = _section(_("Goals"))
    activities = _section(_("Activities"))
    contact = _section(_("Contact and opening times"))
    who_answers = _section(_("Who answers"))
    emergency = _section(_("In an emergency"))
    take_part = _section(_("How you can take part"))


class LinkBlock(blocks.StructBlock):
    """A name, and where it is found."""

    name = blocks.CharBlock(label=_("Name"), max_length=160)
    url = blocks.URLBlock(label=_("Address"), required=False)


_KINDS = [
    ("partner", _("Partners")),
    ("supporter", _("Supporters")),
    ("ministry", _("Ministries")),
    ("advisory", _("Advisory board")),
    ("authority", _("Authorities")),
    ("industry", _("Industry")),
    ("ngo", _("Non-governmental organisations")),
    ("research", _("Universities and research")),
    ("school", _("Schools and education")),
]


class PartnerGroupBlock(blocks.StructBlock):
    """Partners of one kind."""

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=_KINDS)
    names = blocks.ListBlock(LinkBlock(), label=_("Names"), min_num=1)

    class Meta:
        icon = "group"
        label = _("Partners of one kind")
        template = "awareness/blocks/partner_group.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """With the kind as a reader knows it."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"kind": dict(_KINDS).get(value["kind"], "")}


class PartnersBlock(blocks.StreamBlock):
    """Whom the centre works with, by kind."""

    group = PartnerGroupBlock()


class SuccessesBlock(blocks.StreamBlock):
    """What the centre has achieved."""

    success = blocks.RichTextBlock(label=_("Success"), features=WORDS, icon="success")
