"""What pages are built of, one module a kind of content; templates are in `templates/awareness/blocks/`."""

from havn.awareness.blocks.body import WORDS, BodyBlock, FilmBlock, PictureBlock, StepsBlock
from havn.awareness.blocks.lesson import EasyBlock, FilesBlock, LessonBlock
from havn.awareness.blocks.profile import PartnersBlock, ProfileSectionsBlock, SuccessesBlock
from havn.awareness.blocks.sourced import AfterReportBlock, LawBlock, SourcesBlock
from havn.awareness.blocks.walkthrough import WalkthroughBlock

__all__ = [
    "WORDS",
    "AfterReportBlock",
    "BodyBlock",
    "EasyBlock",
    "FilesBlock",
    "FilmBlock",
    "LawBlock",
    "LessonBlock",
    "PartnersBlock",
    "PictureBlock",
    "ProfileSectionsBlock",
    "SourcesBlock",
    "StepsBlock",
    "SuccessesBlock",
    "WalkthroughBlock",
]
