"""The answers of the live process other than success: status, a short code for scripts, a sentence for the person."""

from django.utils.translation import gettext_noop as _


class HttpError(Exception):
    """An answer other than success: its status, a short code for scripts and a sentence for the person."""

    def __init__(self, status: int, code: str, sentence: str, *, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.sentence = sentence
        self.retry_after = retry_after


def unreadable() -> HttpError:
    return HttpError(400, "unreadable", _("This could not be read. Please reload the page and try again."))


def too_large() -> HttpError:
    return HttpError(413, "too-large", _("This is too long to send at once. Please send it in parts."))


def too_long() -> HttpError:
    return HttpError(422, "too-long", _("This is too long. Please send it in parts of at most 5,000 characters each."))


def no_session() -> HttpError:
    return HttpError(401, "no-session", _("Your visit here has ended. With your return code you can come back to it."))
