"""The addresses of mail."""

from django.urls import path

from havn.mail.views import desk_outbox

app_name = "mail"

urlpatterns = [
    path("desk/outbox", desk_outbox.outbox, name="outbox"),
]
