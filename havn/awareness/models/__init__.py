"""What a centre publishes, one module a kind of page."""

from havn.awareness.models.adaptation import Adaptation, Offer
from havn.awareness.models.article import ArticlePage
from havn.awareness.models.base import EditorialPage
from havn.awareness.models.campaign import CampaignCountryPage, CampaignPage
from havn.awareness.models.files import Picture, PublishedFile, Rendition
from havn.awareness.models.front import FrontPage
from havn.awareness.models.guide import GuidePage
from havn.awareness.models.listing import ListingPage
from havn.awareness.models.plain import PlainPage
from havn.awareness.models.profile import ProfilePage, ProfilePartPage
from havn.awareness.models.report import ReportPage
from havn.awareness.models.resource import ResourcePage
from havn.awareness.models.sites import CentreSite
from havn.awareness.models.sourced import CountryDatedPage, HelpAfterReportPage, LawPage
from havn.awareness.models.terms import PageTerm
from havn.awareness.models.uses import PageUse

__all__ = [
    "Adaptation",
    "ArticlePage",
    "CampaignCountryPage",
    "CampaignPage",
    "CentreSite",
    "CountryDatedPage",
    "EditorialPage",
    "FrontPage",
    "GuidePage",
    "HelpAfterReportPage",
    "LawPage",
    "ListingPage",
    "Offer",
    "PageTerm",
    "PageUse",
    "Picture",
    "PlainPage",
    "ProfilePage",
    "ProfilePartPage",
    "PublishedFile",
    "Rendition",
    "ReportPage",
    "ResourcePage",
]
