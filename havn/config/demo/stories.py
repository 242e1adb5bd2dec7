"""What the invented children say, a line for each thing the counsellor says. No real child wrote any of this."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """A made-up child: what they call themselves, how old, and their lines."""

    language: str
    name: str
    age_band: str
    lines: tuple[str, ...]
    in_danger: bool = False


STORIES = (
    Story(
        "en", "Comet", "12-14",
        ("hi", "there's a group chat where they write about me", "everyone in my class is in it except me",
         "i saw it on my friend's phone", "no i haven't told anyone", "maybe my big brother", "ok i'll try. thanks"),
    ),
    Story(
        "nb", "Rev", "15-18",
        ("hei", "jeg sendte et bilde til en jeg stolte på", "og nå sier han at han skal vise det til alle",
         "han vil ha penger", "nei jeg har ikke betalt", "jeg tør ikke si det hjemme", "kan dere hjelpe meg med det?",
         "tusen takk"),
        in_danger=True,
    ),
    Story(
        "da", "Stjerne", "9-11",
        ("hej", "jeg spiller med en, der siger han er 12", "men han vil have, jeg skal tænde kameraet",
         "jeg har sagt nej", "min mor ved det ikke", "ja det kan jeg godt", "tak fordi du svarede"),
    ),
    Story(
        "en", "", "15-18",
        ("hello?", "is this really anonymous", "ok. i can't stop scrolling at night", "until 3 or so",
         "school is a mess because of it", "putting it in the kitchen sounds possible", "thank you"),
    ),
    Story(
        "nb", "Fjell", "12-14",
        ("hei er det noen her", "noen har logget inn på kontoen min", "de skriver til vennene mine som om de er meg",
         "ja jeg har prøvd å bytte passord", "hvor finner jeg det?", "det funket!", "takk, ha det"),
    ),
    Story(
        "da", "Hav", "12-14",
        ("hej", "min veninde skriver, at hun ikke gider mere", "jeg ved ikke hvad jeg skal svare",
         "hun er hjemme nu, tror jeg", "hendes far er der", "ja det gør jeg", "tak"),
    ),
)  # fmt: skip
