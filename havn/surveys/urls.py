"""The addresses of surveys."""

from django.urls import path

from havn.surveys.views import (
    desk,
    desk_results,
    desk_survey,
    desk_wave,
    public_questions,
    public_results,
    public_survey,
)

app_name = "surveys"

urlpatterns = [
    path("surveys", public_survey.surveys, name="surveys"),
    path("surveys/<slug:slug>", public_survey.survey, name="survey"),
    path("surveys/<slug:slug>/questions", public_questions.questions, name="questions"),
    path("surveys/<slug:slug>/thanks", public_survey.thanks, name="thanks"),
    path("surveys/<slug:slug>/results/<int:number>", public_results.results, name="results"),
    path("surveys/<slug:slug>/results/<int:number>.csv", public_results.results_table, name="results_table"),
    path("desk/surveys", desk.desk, name="desk"),
    path("desk/surveys/questions", desk.bank, name="bank"),
    path("desk/surveys/questions/put", desk.put_question, name="put_question"),
    path("desk/surveys/new", desk_survey.new, name="new"),
    path("desk/surveys/<int:survey_id>", desk_survey.survey, name="desk_survey"),
    path("desk/surveys/<int:survey_id>/edit", desk_survey.edit, name="edit"),
    path("desk/surveys/<int:survey_id>/poster", desk_survey.poster, name="poster"),
    path("desk/surveys/<int:survey_id>/comparison", desk_survey.comparison, name="comparison"),
    path("desk/surveys/<int:survey_id>/archive", desk_survey.archive, name="archive"),
    path("desk/surveys/<int:survey_id>/delete", desk_survey.delete, name="delete"),
    path("desk/surveys/<int:survey_id>/waves/new", desk_wave.new_wave, name="new_wave"),
    path("desk/surveys/waves/<int:wave_id>", desk_wave.wave, name="wave"),
    path("desk/surveys/waves/<int:wave_id>/edit", desk_wave.edit_wave, name="edit_wave"),
    path("desk/surveys/waves/<int:wave_id>/preview", desk_wave.preview, name="preview"),
    path("desk/surveys/waves/<int:wave_id>/step", desk_wave.step, name="step"),
    path("desk/surveys/waves/<int:wave_id>/outcome", desk_wave.outcome, name="outcome"),
    path("desk/surveys/waves/<int:wave_id>/delete", desk_wave.delete_wave, name="delete_wave"),
    path("desk/surveys/waves/<int:wave_id>/results", desk_results.desk_results, name="desk_results"),
    path("desk/surveys/waves/<int:wave_id>/results.<str:kind>", desk_results.desk_results_file, name="results_file"),
    path("desk/surveys/waves/<int:wave_id>/codebook", desk_results.codebook, name="codebook"),
    path("desk/surveys/waves/<int:wave_id>/codebook.<str:kind>", desk_results.codebook_file, name="codebook_file"),
]
