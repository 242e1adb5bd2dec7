"""The body of every page."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

# No pictures from elsewhere, no embedded players: a reader meets nobody but the centre.
WORDS = ["bold", "link", "document-link", "ol", "ul"]


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows in words, or said to be decoration."""

    picture = ImageChooserBlock(label=_("Picture"))
    alternative = blocks.CharBlock(
        label=_("What the picture shows"),
        required=False,
        max_length=250,
        help_text=_("Read aloud to those who do not see it. Leave empty only for decoration."),
    )
    decoration = blocks.BooleanBlock(label=_("Only decoration"), required=False)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "awareness/blocks/picture.html"

    def clean(self, value: dict[str, object]) -> dict[str, object]:
        """Refuse a picture that says nothing to those who do not see it."""
        cleaned: dict[str, object] = super().clean(value)
        if not cleaned["alternative"] and not cleaned["decoration"]:
            sentence = _("Say what the picture shows, or that it is only decoration.")
            raise blocks.StructBlockValidationError({"alternative": ValidationError(sentence)})
        return cleaned


class FilmBlock(blocks.StructBlock):
    """A film of our own with captions and the whole of what is said as text."""

    film = DocumentChooserBlock(label=_("Film"), help_text=_("An mp4 or webm file of yours."))
    captions = DocumentChooserBlock(label=_("Captions"), help_text=_("A vtt file in the language of the page."))
    transcript = blocks.RichTextBlock(
        label=_("Transcript"), features=WORDS, help_text=_("What is said and what is seen.")
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120)

    class Meta:
        icon = "media"
        label = _("Film")
        template = "awareness/blocks/film.html"


class StepsBlock(blocks.StructBlock):
    """What to do, one thing after the other."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    steps = blocks.ListBlock(blocks.RichTextBlock(features=WORDS), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "awareness/blocks/steps.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's own words."""

    words = blocks.TextBlock(label=_("Words"))
    who = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "awareness/blocks/quote.html"


class FactBlock(blocks.StructBlock):
    """What to remember, set apart from the text."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    words = blocks.RichTextBlock(label=_("Words"), features=WORDS)

    class Meta:
        icon = "info-circle"
        label = _("Fact")
        template = "awareness/blocks/fact.html"


class HelpBlock(blocks.StructBlock):
    """The way to somebody who listens, in the middle of a text that may upset."""

    words = blocks.CharBlock(label=_("Words"), required=False, max_length=200)

    class Meta:
        icon = "help"
        label = _("Contact a helpline")
        template = "awareness/blocks/help.html"


class BodyBlock(blocks.StreamBlock):
    """The body of every page."""

    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=150, template="awareness/blocks/heading.html"
    )
    words = blocks.RichTextBlock(label=_("Words"), features=[*WORDS, "h3", "blockquote"], icon="pilcrow")
    picture = PictureBlock()
    film = FilmBlock()
    steps = StepsBlock()
    quote = QuoteBlock()
    fact = FactBlock()
    file = DocumentChooserBlock(label=_("File"), icon="doc-full", template="awareness/blocks/file.html")
    help = HelpBlock()
