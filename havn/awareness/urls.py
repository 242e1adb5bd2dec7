"""The addresses of awareness. Wagtail's own screens and the pages themselves are in `urls_editor.py`."""

from django.urls import URLPattern, URLResolver, path

from havn.awareness.views import (
    public_aims,
    public_campaign,
    public_easy,
    public_feeds,
    public_files,
    public_lesson,
    public_search,
)

app_name = "awareness"

urlpatterns: list[URLPattern | URLResolver] = [
    path("media/<path:name>", public_files.picture, name="picture"),
    path("search", public_search.search, name="search"),
    path("learn/aims", public_aims.aims, name="aims"),
    path("sitemap.xml", public_feeds.site_map, name="site_map"),
    path("<path:path>/campaign.ics", public_campaign.campaign_calendar, name="campaign_calendar"),
    path("<path:path>/easy", public_easy.easy, name="easy"),
    path("<path:path>/feed.atom", public_feeds.feed, name="feed"),
    path("<path:path>/lesson", public_lesson.lesson, name="lesson"),
]
