"""The mailbox's addresses: what a letter's page presses, the settings, and where mail servers send to."""

from django.urls import URLPattern, path

from havn.mailbox.views import desk_mail, desk_settings, hook

app_name = "mailbox"

urlpatterns: list[URLPattern] = [
    path("hooks/mail/<int:service>", hook.hook, name="hook"),
    path("desk/mail/<int:talk>/address", desk_mail.show_address, name="show_address"),
    path("desk/mail/<int:talk>/away", desk_mail.put_away, name="put_away"),
    path("desk/mail/settings", desk_settings.settings, name="settings"),
    path("desk/mail/settings/mailbox", desk_settings.connect, name="connect"),
    path("desk/mail/settings/test", desk_settings.test, name="test"),
    path("desk/mail/settings/secret", desk_settings.make_secret, name="make_secret"),
    path("desk/mail/settings/secret/<int:secret>/remove", desk_settings.remove_secret, name="remove_secret"),
]
