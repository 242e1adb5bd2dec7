"""What is said of the law and of help, each with where it is written."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from havn.awareness.blocks.body import WORDS


class SourceBlock(blocks.StructBlock):
    """Where something is written, so that a reader can check."""

    title = blocks.CharBlock(label=_("Source"), max_length=200, help_text=_("Such as the name of the act."))
    place = blocks.CharBlock(
        label=_("Where in it"), required=False, max_length=60, help_text=_("Such as “section 311”.")
    )
    url = blocks.URLBlock(label=_("Address"), required=False)
    read_on = blocks.DateBlock(label=_("Read on"), required=False)

    class Meta:
        icon = "link-external"
        label = _("Source")
        template = "awareness/blocks/source.html"


class SourcesBlock(blocks.StreamBlock):
    """Where what a page says is written."""

    source = SourceBlock()


class LawAnswerBlock(blocks.StructBlock):
    """One question as people ask it, and what the law answers."""

    question = blocks.CharBlock(
        label=_("Question"), max_length=160, help_text=_("As people ask it: “May I share a picture that I was sent?”")
    )
    answer = blocks.ChoiceBlock(
        label=_("Answer"),
        choices=[("legal", _("Legal")), ("illegal", _("Not legal")), ("depends", _("It depends"))],
    )
    words = blocks.RichTextBlock(label=_("Why"), features=WORDS)
    sources = blocks.ListBlock(SourceBlock(), label=_("Sources"), min_num=1)

    class Meta:
        icon = "clipboard-list"
        label = _("Question and answer")
        template = "awareness/blocks/law_answer.html"


class LawBlock(blocks.StreamBlock):
    """What is legal in a country and what is not."""

    answer = LawAnswerBlock()


class AfterReportWayBlock(blocks.StructBlock):
    """One kind of help that somebody can have after a report."""

    kind = blocks.ChoiceBlock(
        label=_("Kind of help"),
        choices=[
            ("barnahus", _("Barnahus (children's house)")),
            ("therapy", _("Therapy and somebody to talk to")),
            ("compensation", _("Compensation")),
            ("lawyer", _("A lawyer of your own")),
            ("removal", _("Getting pictures removed")),
            ("school", _("Help at school")),
            ("other", _("Other help")),
        ],
    )
    title = blocks.CharBlock(label=_("Who helps"), max_length=160)
    for_whom = blocks.CharBlock(label=_("For whom"), required=False, max_length=200)
    words = blocks.RichTextBlock(label=_("How it goes"), features=WORDS)
    cost = blocks.CharBlock(label=_("What it costs"), required=False, max_length=120)
    deadline = blocks.CharBlock(label=_("Until when"), required=False, max_length=160)
    phone = blocks.CharBlock(label=_("Telephone"), required=False, max_length=30)
    url = blocks.URLBlock(label=_("Address"), required=False)
    sources = blocks.ListBlock(SourceBlock(), label=_("Sources"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Kind of help")
        template = "awareness/blocks/after_report_way.html"


class AfterReportBlock(blocks.StreamBlock):
    """Help after a report, kind by kind."""

    way = AfterReportWayBlock()
