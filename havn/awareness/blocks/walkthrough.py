"""How to set something up, press by press."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from havn.awareness.blocks.body import WORDS, PictureBlock, StepsBlock


class WalkthroughBlock(blocks.StreamBlock):
    """One part of a guide: steps, words and pictures of the screen."""

    steps = StepsBlock()
    words = blocks.RichTextBlock(label=_("Words"), features=WORDS, icon="pilcrow")
    picture = PictureBlock()
