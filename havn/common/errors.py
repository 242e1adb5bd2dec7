"""What a rule says when it says no: a sentence for the person, never a code."""


class Refused(Exception):
    """The request was understood and is not possible now. `sentence` is shown to the person (409)."""

    status = 409

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowed(Refused):
    """This person may not do this at all. `sentence` is shown to the person (403)."""

    status = 403
