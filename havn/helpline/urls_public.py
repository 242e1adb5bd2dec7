"""The child's addresses. What they post goes to /live/… (`endpoints/`)."""

from django.urls import path

from havn.helpline.views import public_code, public_ended, public_letter, public_start, public_talk

urlpatterns = [
    path("chat", public_start.start, name="start"),
    path("chat/waiting", public_talk.waiting, name="waiting"),
    path("chat/talk", public_talk.talk, name="talk"),
    path("chat/write", public_talk.write, name="write"),
    path("chat/copy", public_talk.copy, name="copy"),
    path("chat/keep", public_code.keep, name="keep"),
    path("chat/code", public_code.come_back, name="come_back"),
    path("chat/danger", public_ended.danger, name="danger"),
    path("chat/leave", public_ended.leave, name="leave"),
    path("chat/end", public_ended.end, name="end"),
    path("chat/ended", public_ended.ended, name="ended"),
    path("chat/delete", public_ended.delete, name="delete"),
    path("chat/deleted", public_ended.deleted, name="deleted"),
    path("chat/done", public_ended.done, name="done"),
    path("letter", public_start.letter, name="letter"),
    path("letter/sent", public_code.letter_sent, name="letter_sent"),
    path("letter/read", public_letter.letter_read, name="letter_read"),
    path("letter/again", public_letter.letter_again, name="letter_again"),
]
