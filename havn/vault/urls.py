"""The screens of keys, all under /desk/keys."""

from django.urls import path

from havn.vault.views import (
    manage_confirm,
    manage_keys,
    manage_new_paper,
    manage_recover,
    manage_remove,
    manage_rotate,
    manage_set_up,
    manage_team,
    public_lost_password,
)

app_name = "vault"
urlpatterns = [
    path("desk/keys", manage_keys.keys, name="keys"),
    path("desk/keys/lost-password", public_lost_password.lost_password, name="lost_password"),
    path("desk/keys/<int:service_id>", manage_team.team, name="team"),
    path("desk/keys/<int:service_id>/let-in", manage_team.let_in, name="let_in"),
    path("desk/keys/<int:service_id>/set-up", manage_set_up.set_up, name="set_up"),
    path("desk/keys/<int:service_id>/confirm", manage_confirm.confirm, name="confirm"),
    path("desk/keys/<int:service_id>/new-paper", manage_new_paper.new_paper, name="new_paper"),
    path("desk/keys/<int:service_id>/change", manage_rotate.rotate, name="rotate"),
    path("desk/keys/<int:service_id>/remove/<int:user_id>", manage_remove.remove, name="remove"),
    path("desk/keys/<int:service_id>/recover", manage_recover.recover, name="recover"),
]
