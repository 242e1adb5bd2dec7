"""The child's posts and quick exit, answered by the live process. The pages themselves are Django's (`views/public_*`).

Every endpoint answers a script with JSON and a plain form with 303 or with the form once more, its words kept.
"""

from havn.helpline.endpoints import code, exit_page, letter, start, visit
from havn.helpline.endpoints.answers import refusal_page
from havn.live.registry import LiveRoute

__all__ = ["ROUTES", "refusal_page"]

ROUTES = (
    LiveRoute("/live/start", ("POST",), start.start, "public"),
    LiveRoute("/live/letter", ("POST",), letter.first, "public"),
    LiveRoute("/live/letter/again", ("POST",), letter.again, "public"),
    LiveRoute("/live/write", ("POST",), visit.write, "public"),
    LiveRoute("/live/danger", ("POST",), visit.danger, "visitor"),
    LiveRoute("/live/easy", ("POST",), visit.easy, "visitor"),
    LiveRoute("/live/leave", ("POST",), visit.leave, "visitor"),
    LiveRoute("/live/end", ("POST",), visit.end, "visitor"),
    LiveRoute("/live/again", ("POST",), visit.again, "visitor"),
    LiveRoute("/live/feedback", ("POST",), visit.feedback, "visitor"),
    LiveRoute("/live/delete", ("POST",), visit.delete, "visitor"),
    LiveRoute("/live/marks", ("POST",), visit.marks, "visitor"),
    LiveRoute("/live/done", ("POST",), visit.done, "visitor"),
    LiveRoute("/live/come-back", ("POST",), code.come_back, "public"),
    LiveRoute("/live/code/unwanted", ("POST",), code.unwanted, "visitor"),
    LiveRoute("/live/code/wanted", ("POST",), code.wanted, "visitor"),
    LiveRoute("/live/open", ("POST",), exit_page.open_again, "public"),
    LiveRoute("/exit", ("GET",), exit_page.leave, "public"),
)
