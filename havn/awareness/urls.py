"""The addresses of awareness. Wagtail's own screens and the pages themselves are in `urls_editor.py`."""

from django.urls import URLPattern, URLResolver, path

from havn.awareness.views import (
    desk_adapt,
    desk_offers,
    desk_profile,
    desk_reviews,
    desk_translations,
    desk_uses,
    public_aims,
    public_campaign,
    public_centres,
    public_easy,
    public_feeds,
    public_files,
    public_lesson,
    public_oai,
    public_pack,
    public_printable,
    public_search,
)

app_name = "awareness"

urlpatterns: list[URLPattern | URLResolver] = [
    path("media/<path:name>", public_files.picture, name="picture"),
    path("search", public_search.search, name="search"),
    path("centres", public_centres.centres, name="centres"),
    path("centres/<slug:country>", public_centres.centre_profile, name="centre_profile"),
    path("desk/pages", desk_translations.translations, name="translations"),
    path("desk/pages/elsewhere", desk_adapt.adaptable, name="adaptable"),
    path("desk/pages/elsewhere/<int:page_id>", desk_adapt.adapt, name="adapt"),
    path("desk/pages/offers", desk_offers.offers, name="offers"),
    path("desk/pages/<int:page_id>/offer", desk_offers.offer, name="offer"),
    path("desk/pages/offers/<int:offer_id>", desk_offers.offer_answer, name="offer_answer"),
    path("desk/pages/offers/<int:offer_id>/accept", desk_offers.accept_offer, name="accept_offer"),
    path("desk/pages/offers/<int:offer_id>/decline", desk_offers.decline_offer, name="decline_offer"),
    path("desk/pages/offers/<int:offer_id>/withdraw", desk_offers.withdraw_offer, name="withdraw_offer"),
    path("desk/pages/reviews", desk_reviews.reviews, name="reviews"),
    path("desk/pages/uses", desk_uses.uses, name="uses"),
    path("desk/pages/uses.csv", desk_uses.uses_table, name="uses_table"),
    path("desk/profile", desk_profile.profile, name="profile"),
    path("learn/aims", public_aims.aims, name="aims"),
    path("oai", public_oai.oai, name="oai"),
    path("sitemap.xml", public_feeds.site_map, name="site_map"),
    path("<path:path>/campaign.ics", public_campaign.campaign_calendar, name="campaign_calendar"),
    path("<path:path>/easy", public_easy.easy, name="easy"),
    path("<path:path>/feed.atom", public_feeds.feed, name="feed"),
    path("<path:path>/lesson", public_lesson.lesson, name="lesson"),
    path("<path:path>/pack.zip", public_pack.pack, name="pack"),
    path("<path:path>/print.pdf", public_printable.printable, name="printable"),
]
