"""The addresses of connections: what other systems ask, and the screens of those who connect them."""

from django.urls import URLPattern, path

from havn.connections import json_api
from havn.connections.views import desk_connections, desk_endpoint, public_description

app_name = "connections"

urlpatterns: list[URLPattern] = [
    path("api/v1/openapi.json", public_description.description, name="description"),
    *json_api.urls(),
    path("desk/connections", desk_connections.connections, name="connections"),
    path("desk/connections/key", desk_connections.make_key, name="make_key"),
    path("desk/connections/key/<int:key>/revoke", desk_connections.revoke_key, name="revoke_key"),
    path("desk/connections/endpoint", desk_connections.add_endpoint, name="add_endpoint"),
    path("desk/connections/endpoint/<int:endpoint>", desk_endpoint.endpoint, name="endpoint"),
    path("desk/connections/endpoint/<int:endpoint>/secret", desk_endpoint.change_secret, name="change_secret"),
    path("desk/connections/endpoint/<int:endpoint>/test", desk_endpoint.test_endpoint, name="test_endpoint"),
    path("desk/connections/endpoint/<int:endpoint>/switch", desk_endpoint.switch_endpoint, name="switch_endpoint"),
    path("desk/connections/endpoint/<int:endpoint>/remove", desk_endpoint.remove_endpoint, name="remove_endpoint"),
]
