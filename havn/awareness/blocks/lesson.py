"""What a resource is made of beside its body: steps of a lesson, its easy-read twin, and its files."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from havn.awareness.blocks.body import WORDS, FilmBlock, PictureBlock


class LessonStepBlock(blocks.StructBlock):
    """One thing at a time on the screen of a classroom, with what the teacher says and does."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=240)
    words = blocks.RichTextBlock(label=_("What the class sees"), features=WORDS, required=False)
    picture = blocks.ListBlock(PictureBlock(), label=_("Picture"), max_num=1, default=[])
    film = blocks.ListBlock(FilmBlock(), label=_("Film"), max_num=1, default=[])
    teacher = blocks.RichTextBlock(label=_("For the teacher"), features=WORDS, required=False)

    class Meta:
        icon = "view"
        label = _("Step of the lesson")
        template = "awareness/blocks/lesson_step.html"


class LessonBlock(blocks.StreamBlock):
    """A lesson, shown step by step at `…/lesson`."""

    step = LessonStepBlock()


class EasySentenceBlock(blocks.StructBlock):
    """One short sentence beside its pictogram, and the same spoken."""

    words = blocks.CharBlock(label=_("Sentence"), max_length=160, help_text=_("One thought. Short, everyday words."))
    picture = blocks.ListBlock(PictureBlock(), label=_("Pictogram"), max_num=1, default=[])
    sound = DocumentChooserBlock(label=_("Read aloud"), required=False, help_text=_("An mp3 file of a person reading."))

    class Meta:
        icon = "pilcrow"
        label = _("Sentence")
        template = "awareness/blocks/easy_sentence.html"


class EasyBlock(blocks.StreamBlock):
    """The easy-read twin of a page, shown at `…/easy`."""

    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=120, template="awareness/blocks/heading.html"
    )
    sentence = EasySentenceBlock()


class ResourceFileBlock(blocks.StructBlock):
    """A file that belongs to the resource."""

    file = DocumentChooserBlock(label=_("File"))
    about = blocks.CharBlock(label=_("What it is"), required=False, max_length=160)

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "awareness/blocks/resource_file.html"


class FilesBlock(blocks.StreamBlock):
    """The files of a resource."""

    file = ResourceFileBlock()
