"""What a centre publishes, one module a kind of page."""

from havn.awareness.models.article import ArticlePage
from havn.awareness.models.base import EditorialPage
from havn.awareness.models.files import Picture, PublishedFile, Rendition
from havn.awareness.models.front import FrontPage
from havn.awareness.models.listing import ListingPage
from havn.awareness.models.plain import PlainPage
from havn.awareness.models.sites import CentreSite
from havn.awareness.models.terms import PageTerm

__all__ = [
    "ArticlePage",
    "CentreSite",
    "EditorialPage",
    "FrontPage",
    "ListingPage",
    "PageTerm",
    "Picture",
    "PlainPage",
    "PublishedFile",
    "Rendition",
]
