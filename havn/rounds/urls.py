"""The addresses of rounds."""

from django.urls import path

from havn.rounds.views import answer, desk, files, network, people, review, rounds, sheet, submit

app_name = "rounds"

_ROUND = "desk/rounds/<int:round_id>"
_ANSWER = "desk/rounds/answers/<int:assignment_id>"

urlpatterns = [
    path("desk/rounds", desk.desk, name="desk"),
    path("desk/rounds/settings", desk.settings, name="settings"),
    path("desk/rounds/new", rounds.new, name="new"),
    path(_ROUND, rounds.board, name="round"),
    path(f"{_ROUND}/edit", rounds.edit, name="edit"),
    path(f"{_ROUND}/centres", rounds.assign, name="assign"),
    path(f"{_ROUND}/copy", rounds.copy, name="copy"),
    path(f"{_ROUND}/accept", rounds.accept_many, name="accept_many"),
    path(f"{_ROUND}/publish", rounds.publish_all, name="publish_all"),
    path(f"{_ROUND}/delete", rounds.delete, name="delete"),
    path(f"{_ROUND}/export", files.export, name="export"),
    path(_ANSWER, answer.answer, name="answer"),
    path(f"{_ANSWER}/keep", answer.autosave, name="autosave"),
    path(f"{_ANSWER}/send", submit.submit, name="submit"),
    path(f"{_ANSWER}/take-back", submit.give_back, name="take_back"),
    path(f"{_ANSWER}/people", people.become_responsible, name="take_over"),
    path(f"{_ANSWER}/template.xlsx", sheet.template, name="template"),
    path(f"{_ANSWER}/sheet", sheet.sheet, name="sheet"),
    path(f"{_ANSWER}/files/<slug:ref>", files.document, name="document"),
    path(f"{_ANSWER}/network", network.network, name="network"),
    path(f"{_ANSWER}/read", review.review, name="review"),
    path(f"{_ANSWER}/comment", review.comment, name="comment"),
    path(f"{_ANSWER}/query", review.query, name="query"),
    path(f"{_ANSWER}/accept", review.accept, name="accept"),
    path(f"{_ANSWER}/publish", review.publish, name="publish"),
    path(f"{_ANSWER}/reopen", review.reopen, name="reopen"),
]
