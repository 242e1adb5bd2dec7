"""All addresses of the web process. Those under /live/ and /exit belong to the live process (`live_app.py`)."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from havn.config.keeping import clocks
from havn.config.keeping.views import health, register_menu

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("havn.centres.urls")),
    path("", include("havn.accounts.urls")),
    path("", include("havn.vault.urls")),
    path("", include("havn.helpline.urls")),
    path("", include("havn.door.urls")),
    path("", include("havn.letterbox.urls")),
    path("", include("havn.phone.urls")),
    path("", include("havn.mailbox.urls")),
    path("", include("havn.supervision.urls")),
    path("", include("havn.handover.urls")),
    path("", include("havn.quality.urls")),
    path("", include("havn.limits.urls")),
    path("", include("havn.connections.urls")),
    path("", include("havn.recommendations.urls")),
    path("", include("havn.trends.urls")),
    path("", include("havn.activities.urls")),
    path("", include("havn.rounds.urls")),
    path("", include("havn.surveys.urls")),
    path("", include("havn.forms.urls")),
    path("", include("havn.releases.urls")),
    path("", include("havn.directory.urls")),
    path("", include("havn.events.urls")),
    path("", include("havn.mail.urls")),
    path("", include("havn.vocabularies.urls")),
    path("desk/health", health, name="health"),
]
if not settings.LIVE:
    urlpatterns += [
        path("", include("havn.awareness.urls")),
        # Last: it answers whatever path is left.
        path("", include("havn.awareness.urls_editor")),
    ]
register_menu()
clocks.register()

handler400 = "havn.config.pages.unreadable"
handler403 = "havn.config.pages.not_allowed"
handler404 = "havn.config.pages.not_found"
handler500 = "havn.config.pages.failed"
