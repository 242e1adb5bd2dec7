"""How to set up a console and an app: generic enough to stay true for a while, and dated all the same."""

import datetime as dt

from havn.config.demo.pages.text import Text

_LOOKED = dt.date(2026, 11, 20)
_SWITCH: dict[str, object] = {
    "subject": "console",
    "maker": "Nintendo",
    "as_of": _LOOKED,
    "topics": ["internet-usage", "digital-environment"],
    "audiences": ["parents-carers"],
}
_SNAPCHAT: dict[str, object] = {
    "subject": "app",
    "maker": "Snap Inc.",
    "as_of": _LOOKED,
    "minimum_age": 13,
    "topics": ["contact-related-issues", "internet-usage"],
    "audiences": ["parents-carers", "children-young-people"],
    "official_help": "https://help.snapchat.com/",
}


def _steps(*steps: str, title: str = "") -> tuple[str, dict[str, object]]:
    return ("steps", {"title": title, "steps": [f"<p>{one}</p>" for one in steps]})


def _words(words: str) -> tuple[str, str]:
    return ("words", f"<p>{words}</p>")


NORWAY_NB = (
    Text(
        "switch", "guide", "nintendo-switch", "Nintendo Switch: slik setter du den opp for et barn",
        "Aldersgrenser, spilletid og hvem barnet kan snakke med. Det tar omtrent et kvarter.",
        organisation="media-authority",
        under="learn",
        more={
            **_SWITCH,
            "age_label": "PEGI på hvert spill",
            "official_help": "https://www.nintendo-nordics.com/nintendo-switch-family/parental-controls",
            "parental_controls": [
                _words("Snakk med barnet først: hva dere setter opp, og hvorfor. Innstillingene gjelder hele konsollen, for alle som bruker den."),
                _steps("Last ned appen «Nintendo Switch foreldrekontroll» på din egen telefon. Den er gratis.", "Logg inn med din egen Nintendo-konto, ikke barnets.", "Koble appen til konsollen med koden som appen viser.", "Velg nivå etter den yngste som spiller: lite barn, barn eller tenåring. Du kan også velge selv.", "Sett hvor lenge det kan spilles hver dag. Bli enige om hva som skjer når tiden er ute.", title="Med appen på telefonen"),
                _steps("Åpne systeminnstillingene på konsollen og velg foreldrekontroll.", "Velg nivå og lag en kode med fire tall som barnet ikke kjenner.", title="Uten telefon"),
                _words("Kjøp i Nintendo eShop stilles inn på nettsiden til Nintendo-kontoen din, under familiegruppen."),
            ],
            "privacy": [_steps("Åpne profilen til barnet på konsollen, og velg brukerinnstillinger.", "Se hvem som kan sende venneforespørsler, og hvem som kan se hva barnet spiller.", "I foreldrekontrollen kan du slå av fri kommunikasjon med andre i hvert spill.")],
            "reporting": [_steps("Åpne profilen til den det gjelder, for eksempel fra listen over dem barnet har spilt med.", "Velg å rapportere brukeren og hvorfor.", "Skriv ned navnet og når det skjedde. Er det alvorlig, si fra til politiet.")],
            "blocking": [_steps("Åpne profilen til den det gjelder.", "Velg å blokkere. Den andre får ikke beskjed.", "Du finner dem dere har blokkert, i brukerinnstillingene.")],
        },
    ),
    Text(
        "snapchat", "guide", "snapchat", "Snapchat: innstillinger som er verdt fem minutter",
        "Hvem kan se hvor du er, hvem kan skrive til deg, og hva gjør du når noe er galt.",
        organisation="media-authority",
        under="learn",
        more={
            **_SNAPCHAT,
            "parental_controls": [_words("Familiesenteret viser en forelder hvem en tenåring har skrevet med, men ikke hva. Tenåringen må selv si ja."), _steps("Den voksne lager sin egen konto og blir venn med tenåringen i appen.", "Den voksne åpner innstillingene, finner Familiesenteret og sender en invitasjon.", "Tenåringen svarer ja. Snakk om hva den voksne ser.")],
            "privacy": [_steps("Åpne kartet og slå på spøkelsesmodus. Da ser ingen hvor du er.", "Åpne innstillingene og finn personvern.", "Sett «kontakt meg» til bare venner.", "Gå gjennom vennelisten. Ta bort dem du ikke kjenner.")],
            "reporting": [_steps("Hold fingeren på meldingen, bildet eller navnet.", "Velg å rapportere, og si hva det gjelder.", "Rapportering er anonymt for den du rapporterer.")],
            "blocking": [_steps("Åpne profilen til den det gjelder.", "Åpne menyen med tre prikker og velg å blokkere.")],
        },
    ),
)  # fmt: skip

_SWITCH_EN: dict[str, object] = {
    **_SWITCH,
    "age_label": "PEGI on each game",
    "official_help": "https://www.nintendo-nordics.com/nintendo-switch-family/parental-controls",
    "parental_controls": [
        _words("Talk with the child first: what you set up, and why. The settings hold for the whole console, for everybody who uses it."),
        _steps("Put the app “Nintendo Switch Parental Controls” on your own phone. It is free.", "Sign in with your own Nintendo Account, not the child's.", "Link the app to the console with the code that the app shows.", "Choose a level for the youngest who plays: young child, child or teen. You can also choose for yourself.", "Set how long there may be play each day. Agree on what happens when time is up.", title="With the app on your phone"),
        _steps("Open the system settings of the console and choose parental controls.", "Choose a level, and make a PIN of four digits that the child does not know.", title="Without a phone"),
        _words("Purchases in Nintendo eShop are set on the website of your Nintendo Account, under your family group."),
    ],
    "privacy": [_steps("Open the child's profile on the console and choose user settings.", "See who may send friend requests, and who sees what the child plays.", "In the parental controls you can turn off free communication with others in each game.")],
    "reporting": [_steps("Open the profile of the person, for instance from the list of people the child has played with.", "Choose to report the user, and why.", "Write down the name and when it happened. If it is serious, tell the police.")],
    "blocking": [_steps("Open the profile of the person.", "Choose to block. The other person is not told.", "Those whom you have blocked are listed in the user settings.")],
}  # fmt: skip
_SNAPCHAT_EN: dict[str, object] = {
    **_SNAPCHAT,
    "parental_controls": [_words("Family Center shows a parent with whom a teenager has written, but not what. The teenager has to say yes."), _steps("The adult makes an account of their own and becomes a friend of the teenager in the app.", "The adult opens the settings, finds Family Center and sends an invitation.", "The teenager says yes. Talk about what the adult sees.")],
    "privacy": [_steps("Open the map and turn on Ghost Mode. Then nobody sees where you are.", "Open the settings and find privacy controls.", "Set “contact me” to friends only.", "Go through your list of friends. Remove those whom you do not know.")],
    "reporting": [_steps("Press and hold the message, the picture or the name.", "Choose to report, and say what it is about.", "The person whom you report is not told that it was you.")],
    "blocking": [_steps("Open the profile of the person.", "Open the menu with three dots and choose to block.")],
}  # fmt: skip


def _english(organisation: str) -> tuple[Text, ...]:
    """The guides in English, for the readers of either centre."""
    return (
        Text(
            "switch",
            "guide",
            "nintendo-switch",
            "Nintendo Switch: setting it up for a child",
            "Age levels, time to play and whom the child can talk to. It takes about a quarter of an hour.",
            organisation=organisation,
            under="learn",
            more=_SWITCH_EN,
        ),
        Text(
            "snapchat",
            "guide",
            "snapchat",
            "Snapchat: settings worth five minutes",
            "Who sees where you are, who may write to you, and what to do when something is wrong.",
            organisation=organisation,
            under="learn",
            more=_SNAPCHAT_EN,
        ),
    )


DENMARK_DA = (
    Text(
        "switch", "guide", "nintendo-switch", "Nintendo Switch: sådan sætter du den op til et barn",
        "Aldersgrænser, spilletid og hvem barnet kan tale med. Det tager omkring et kvarter.",
        organisation="media-council",
        under="learn",
        more={
            **_SWITCH,
            "age_label": "PEGI på hvert spil",
            "official_help": "https://www.nintendo-nordics.com/nintendo-switch-family/parental-controls",
            "parental_controls": [
                _words("Tal med barnet først: hvad I sætter op, og hvorfor. Indstillingerne gælder hele konsollen, for alle, der bruger den."),
                _steps("Hent appen «Nintendo Switch Parental Controls» på din egen telefon. Den er gratis.", "Log ind med din egen Nintendo-konto, ikke barnets.", "Forbind appen med konsollen med den kode, som appen viser.", "Vælg niveau efter den yngste, der spiller. Du kan også vælge selv.", "Sæt, hvor længe der må spilles hver dag. Aftal, hvad der sker, når tiden er gået.", title="Med appen på telefonen"),
                _steps("Åbn systemindstillingerne på konsollen, og vælg forældrekontrol.", "Vælg niveau, og lav en kode på fire tal, som barnet ikke kender.", title="Uden telefon"),
            ],
            "privacy": [_steps("Åbn barnets profil på konsollen, og vælg brugerindstillinger.", "Se, hvem der kan sende venneanmodninger, og hvem der kan se, hvad barnet spiller.", "I forældrekontrollen kan du slå fri kommunikation med andre fra i hvert spil.")],
            "reporting": [_steps("Åbn profilen for den, det gælder.", "Vælg at rapportere brugeren, og hvorfor.", "Skriv navnet ned, og hvornår det skete. Er det alvorligt, så sig det til politiet.")],
            "blocking": [_steps("Åbn profilen for den, det gælder.", "Vælg at blokere. Den anden får det ikke at vide.")],
        },
    ),
    Text(
        "snapchat", "guide", "snapchat", "Snapchat: indstillinger, der er fem minutter værd",
        "Hvem kan se, hvor du er, hvem kan skrive til dig, og hvad gør du, når noget er galt?",
        organisation="media-council",
        under="learn",
        more={
            **_SNAPCHAT,
            "parental_controls": [_words("Familiecenter viser en forælder, hvem en teenager har skrevet med, men ikke hvad. Teenageren skal selv sige ja."), _steps("Den voksne laver sin egen konto og bliver ven med teenageren i appen.", "Den voksne åbner indstillingerne, finder Familiecenter og sender en invitation.", "Teenageren siger ja. Tal om, hvad den voksne ser.")],
            "privacy": [_steps("Åbn kortet, og slå spøgelsestilstand til. Så ser ingen, hvor du er.", "Åbn indstillingerne, og find privatliv.", "Sæt «kontakt mig» til kun venner.", "Gå vennelisten igennem. Fjern dem, du ikke kender.")],
            "reporting": [_steps("Hold fingeren på beskeden, billedet eller navnet.", "Vælg at rapportere, og sig, hvad det drejer sig om.")],
            "blocking": [_steps("Åbn profilen for den, det gælder.", "Åbn menuen med tre prikker, og vælg at blokere.")],
        },
    ),
)  # fmt: skip

PAGES: dict[str, dict[str, tuple[Text, ...]]] = {
    "norway": {"nb": NORWAY_NB, "en": _english("media-authority")},
    "denmark": {"da": DENMARK_DA, "en": _english("media-council")},
}
