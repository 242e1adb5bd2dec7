"""The addresses of quality, all of them below the desk."""

from django.urls import URLPattern, URLResolver, path

from havn.quality.views import aftercare, care_posts, criteria, load, results, review, reviews, settings

app_name = "quality"

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/care/answer", care_posts.answer, name="answer"),
    path("desk/care/skip", care_posts.skip, name="skip"),
    path("desk/care/hard", care_posts.hard, name="hard"),
    path("desk/talk/<int:talk>/hard", care_posts.hard_talk, name="hard_talk"),
    path("desk/care/pause", care_posts.pause, name="pause"),
    path("desk/care/go-on", care_posts.go_on, name="go_on"),
    path("desk/care/not-now", care_posts.not_now, name="not_now"),
    path("desk/care/wish/<int:wish>/come", care_posts.come, name="come"),
    path("desk/care/wish/<int:wish>/done", care_posts.done, name="done"),
    path("desk/care", load.load, name="load"),
    path("desk/care/forget", load.forget, name="forget"),
    path("desk/care/answers/<int:answer>/forget", load.forget_answer, name="forget_answer"),
    path("desk/care/team", aftercare.aftercare, name="aftercare"),
    path("desk/care/results", results.results, name="results"),
    path("desk/care/results/<int:talk>", results.result, name="result"),
    path("desk/care/reviews", reviews.reviews, name="reviews"),
    path("desk/care/reviews/draw", reviews.draw, name="draw"),
    path("desk/care/reviews/<int:talk>", review.review, name="review"),
    path("desk/care/reviews/<int:talk>/take", review.take, name="take"),
    path("desk/care/reviews/<int:talk>/lay-back", review.lay_back, name="lay_back"),
    path("desk/settings/care", settings.settings, name="settings"),
    path("desk/settings/criteria", criteria.criteria, name="criteria"),
]
