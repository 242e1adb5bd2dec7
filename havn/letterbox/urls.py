"""The addresses of the letterbox: the list, one letter, publishing and settings for staff; answers for anybody."""

from django.urls import URLPattern, URLResolver, path

from havn.letterbox.views import desk_letter, desk_letters, desk_publishing, desk_settings, public_answers

app_name = "letterbox"

urlpatterns: list[URLPattern | URLResolver] = [
    path("answers", public_answers.answers, name="answers"),
    path("answers/withdraw", public_answers.withdraw, name="withdraw"),
    path("answers/<slug:slug>", public_answers.answer, name="answer"),
    path("desk/letters", desk_letters.letters, name="letters"),
    path("desk/letters/settings", desk_settings.settings, name="settings"),
    path("desk/letters/publish", desk_publishing.editions, name="editions"),
    path("desk/letters/publish/<int:talk>", desk_publishing.edition, name="edition"),
    path("desk/letters/publish/<int:talk>/save", desk_publishing.save_edition, name="save_edition"),
    path("desk/letters/publish/<int:talk>/reopen", desk_publishing.reopen_edition, name="reopen_edition"),
    path("desk/letters/publish/<int:talk>/publish", desk_publishing.publish, name="publish"),
    path("desk/letters/published/<int:answer>/take-off", desk_publishing.take_off, name="take_off"),
    path("desk/letters/<int:talk>", desk_letter.letter, name="letter"),
    path("desk/letters/<int:talk>/take", desk_letters.take, name="take"),
    path("desk/letters/<int:talk>/lay-back", desk_letters.lay_back, name="lay_back"),
    path("desk/letters/<int:talk>/draft", desk_letter.keep_draft, name="keep_draft"),
    path("desk/letters/<int:talk>/send", desk_letter.send, name="send"),
    path("desk/letters/<int:talk>/ask", desk_letter.ask_reading, name="ask_reading"),
    path("desk/letters/<int:talk>/take-back", desk_letter.take_back, name="take_back"),
    path("desk/letters/<int:talk>/read", desk_letter.claim_reading, name="claim_reading"),
    path("desk/letters/<int:talk>/read/send", desk_letter.send_read, name="send_read"),
    path("desk/letters/<int:talk>/read/give-back", desk_letter.give_back, name="give_back"),
    path("desk/letters/<int:talk>/read/leave", desk_letter.lay_back_reading, name="lay_back_reading"),
]
