"""The phone's addresses: what the desk presses, the settings, and where telephone systems send to."""

from django.urls import URLPattern, path

from havn.phone.views import desk_calls, desk_settings, hook

app_name = "phone"

urlpatterns: list[URLPattern] = [
    path("hooks/phone/<int:service>", hook.hook, name="hook"),
    path("desk/phone/call", desk_calls.start, name="start"),
    path("desk/phone/call/<int:call>/claim", desk_calls.claim, name="claim"),
    path("desk/phone/short", desk_calls.short, name="short"),
    path("desk/phone/settings", desk_settings.settings, name="settings"),
    path("desk/phone/settings/secret", desk_settings.make_secret, name="make_secret"),
    path("desk/phone/settings/secret/<int:secret>/remove", desk_settings.remove_secret, name="remove_secret"),
    path("desk/phone/settings/test", desk_settings.test, name="test"),
    path("desk/phone/settings/extension", desk_settings.give_extension, name="give_extension"),
    path(
        "desk/phone/settings/extension/<int:extension>/remove", desk_settings.remove_extension, name="remove_extension"
    ),
]
