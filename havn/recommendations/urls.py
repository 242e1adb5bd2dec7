"""The addresses of recommendations."""

from django.urls import path

from havn.recommendations.views import ask, desk, evidence, factsheet, follow_up, importing, matrix, naming, public

app_name = "recommendations"

_DESK = "desk/recommendations"
_SHEET = f"{_DESK}/factsheets/<int:factsheet_id>"
_ASK = f"{_DESK}/asks/<int:ask_id>"
_FOLLOW_UP = f"{_DESK}/follow-ups/<int:follow_up_id>"
_COUNTRY = "recommendations/<slug:round_code>/countries/<slug:party>"

urlpatterns = [
    path("recommendations", public.public_list, name="public_list"),
    path(_COUNTRY, public.public_factsheet, name="public_factsheet"),
    path(f"{_COUNTRY}/chapters/<slug:number>", public.public_chapter, name="public_chapter"),
    path(f"{_COUNTRY}/factsheet.<slug:format>", public.public_file, name="public_file"),
    path(f"{_COUNTRY}/evidence/<int:evidence_id>", public.public_evidence, name="public_evidence"),
    path("recommendations/<slug:round_code>/<slug:ref>", public.public_recommendation, name="public_recommendation"),
    path(_DESK, desk.desk, name="desk"),
    path(f"{_DESK}/rounds/new", desk.new_round, name="new_round"),
    path(f"{_DESK}/rounds/load", desk.load_round, name="load_round"),
    path(f"{_DESK}/rounds/<int:round_id>", desk.round, name="round"),
    path(f"{_DESK}/import", importing.import_factsheet, name="import_factsheet"),
    path(f"{_DESK}/matrix", matrix.matrix, name="matrix"),
    path(f"{_DESK}/matrix.csv", matrix.matrix_table, name="matrix_table"),
    path(f"{_DESK}/search", matrix.search, name="search"),
    path(_SHEET, factsheet.factsheet, name="factsheet"),
    path(f"{_SHEET}/publish", factsheet.publish, name="publish"),
    path(f"{_SHEET}/withdraw", factsheet.withdraw, name="withdraw"),
    path(f"{_SHEET}/remove", factsheet.remove, name="remove_factsheet"),
    path(f"{_SHEET}/export.<slug:format>", factsheet.export, name="export"),
    path(f"{_SHEET}/chapters/<slug:number>", factsheet.chapter, name="chapter"),
    path(f"{_SHEET}/chapters/<slug:number>/practices/new", follow_up.new_practice, name="new_practice"),
    path(f"{_SHEET}/chapters/<slug:number>/people", naming.name_people, name="name_people"),
    path(_ASK, ask.ask, name="ask"),
    path(f"{_ASK}/follow-ups/new", follow_up.new_follow_up, name="new_follow_up"),
    path(f"{_ASK}/remarks", ask.add_remark, name="add_remark"),
    path(f"{_DESK}/remarks/<int:remark_id>/delete", ask.delete_remark, name="delete_remark"),
    path(f"{_DESK}/recommendations/<int:recommendation_id>", ask.recommendation, name="recommendation"),
    path(_FOLLOW_UP, follow_up.follow_up, name="follow_up"),
    path(f"{_FOLLOW_UP}/edit", follow_up.edit_follow_up, name="edit_follow_up"),
    path(f"{_FOLLOW_UP}/delete", follow_up.delete_follow_up, name="delete_follow_up"),
    path(f"{_DESK}/evidence-for/<int:follow_up_id>", evidence.add_evidence, name="add_evidence"),
    path(f"{_FOLLOW_UP}/move/<slug:verb>", follow_up.move_follow_up, name="move_follow_up"),
    path(f"{_FOLLOW_UP}/validator", naming.name_validator, name="name_validator"),
    path(f"{_DESK}/evidence/<int:evidence_id>/file", evidence.evidence_file, name="evidence_file"),
    path(f"{_DESK}/evidence/<int:evidence_id>/remove", evidence.remove_evidence, name="remove_evidence"),
]
