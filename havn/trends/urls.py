"""The addresses of trends."""

from django.urls import path

from havn.trends.views import (
    desk_article,
    desk_breaks,
    desk_countries,
    desk_meetings,
    desk_trends,
    desk_warning,
    public_trends,
)

app_name = "trends"

_ARTICLE = "desk/trends/quarter/<str:quarter>"
_WARNING = "desk/early-warning"

urlpatterns = [
    path("trends", public_trends.public_trends, name="public_trends"),
    path("trends/history", public_trends.public_history, name="public_history"),
    path("trends/<str:quarter>", public_trends.public_quarter, name="public_quarter"),
    path("desk/trends", desk_trends.desk, name="desk"),
    path("desk/trends/history", desk_trends.history, name="history"),
    path("desk/trends/countries", desk_countries.countries, name="countries"),
    path("desk/trends/compare", desk_trends.compare, name="compare"),
    path("desk/trends/breaks", desk_breaks.breaks, name="breaks"),
    path("desk/trends/breaks/<int:break_id>/remove", desk_breaks.remove, name="remove_break"),
    path(_ARTICLE, desk_article.article, name="article"),
    path(f"{_ARTICLE}/draft", desk_article.draft, name="draft"),
    path(f"{_ARTICLE}/figures", desk_article.figures_anew, name="figures_anew"),
    path(f"{_ARTICLE}/words", desk_article.words_anew, name="words_anew"),
    path(f"{_ARTICLE}/publish", desk_article.publish, name="publish"),
    path(f"{_ARTICLE}/withdraw", desk_article.withdraw, name="withdraw"),
    path(_WARNING, desk_warning.warning, name="warning"),
    path(f"{_WARNING}/observe", desk_warning.observe, name="observe"),
    path(f"{_WARNING}/observations/<int:observation_id>/confirm", desk_warning.confirm, name="confirm"),
    path(f"{_WARNING}/observations/<int:observation_id>/back", desk_warning.take_back, name="take_back"),
    path(f"{_WARNING}/meetings/new", desk_meetings.call, name="call"),
    path(f"{_WARNING}/meetings/<int:meeting_id>", desk_meetings.meeting, name="meeting"),
    path(f"{_WARNING}/meetings/<int:meeting_id>/add", desk_meetings.add, name="add"),
    path(f"{_WARNING}/points/<int:point_id>/decide", desk_meetings.decide, name="decide"),
]
