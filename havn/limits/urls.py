"""The addresses of limits and care plans: the child's two pages, and the desk's."""

from django.urls import URLPattern, URLResolver, path

from havn.limits.views import desk_limits, desk_plan, desk_settings, public_plan

app_name = "limits"

urlpatterns: list[URLPattern | URLResolver] = [
    path("chat/plan", public_plan.plan, name="plan"),
    path("plan", public_plan.plan_open, name="plan_open"),
    path("desk/talk/<int:talk>/kind-word", desk_limits.kind_word, name="kind_word"),
    path("desk/talk/<int:talk>/limit", desk_limits.ask, name="ask"),
    path("desk/talk/<int:talk>/limit/take-back", desk_limits.take_back, name="take_back"),
    path("desk/talk/<int:talk>/limit/decide", desk_limits.decide, name="decide"),
    path("desk/talk/<int:talk>/limit/lift", desk_limits.lift, name="lift"),
    path("desk/talk/<int:talk>/short", desk_limits.short, name="short"),
    path("desk/talk/<int:talk>/plan", desk_plan.desk_plan, name="desk_plan"),
    path("desk/talk/<int:talk>/plan/offer", desk_plan.offer_plan, name="offer_plan"),
    path("desk/talk/<int:talk>/plan/recognise", desk_plan.recognise, name="recognise"),
    path("desk/talk/<int:talk>/plan/code", desk_plan.desk_code, name="desk_code"),
    path("desk/settings/limits", desk_settings.settings, name="settings"),
]
