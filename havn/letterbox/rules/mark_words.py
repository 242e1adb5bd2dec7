"""Words by language that the checker of published answers looks for. Data, no logic.

`places`: little words before a place. `announces`: what stands before a name, also one in small letters. `names`: what
may stand before a name. `starts`: usual first words of a sentence, which are no names. `schools`: words for school,
also as the end of a longer word.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The lists of one language, all in small letters."""

    places: frozenset[str]
    announces: tuple[str, ...]
    names: tuple[str, ...]
    starts: frozenset[str]
    schools: tuple[str, ...]
    nouns_are_capital: bool = False


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EN = Words(
    _set("in at from near to around outside"),
    ("my name is", "my name's", "i am called", "is called", "called", "named", "name is"),
    ("friend", "boyfriend", "girlfriend", "brother", "sister", "teacher", "mr", "mrs", "ms", "miss"),
    _set(
        "i i'm i've i'll i'd a an and but or so if when then that this these those the there here it it's he"
        " he's she she's we we're they they're you you're your my his her our their what why how who where"
        " which because since after before now today yesterday tomorrow sometimes maybe please thank thanks"
        " hello hi dear yes no not do does did can could will would should is are was were have has had for"
        " with from in at on to as all some many most one two first last next only also even still just never"
        " always everyone nobody somebody someone people children other talk tell write try take keep get be"
        " it'll that's what's let let's"
    ),
    ("school", "kindergarten", "nursery", "college", "academy", "high school"),
)  # fmt: skip
_NB = Words(
    _set("i på fra til ved utenfor nær"),
    ("jeg heter", "eg heiter", "heter", "heiter", "navnet mitt er", "namnet mitt er", "kalles", "som heter",
     "som heiter"),
    ("venninnen min", "vennen min", "kjæresten min", "broren min", "søsteren min", "læreren min"),
    _set(
        "jeg eg meg du deg dere de han hun ho vi oss det dette den disse en ei et at og men eller så hvis om"
        " når da der her hva kva hvorfor kvifor hvordan korleis hvem kven hvor kor fordi siden etter før nå no"
        " i igår idag imorgen noen nokon ingen alle mange noe noko kanskje takk hei kjære ja nei ikke ikkje"
        " kan kunne vil ville skal skulle er var har hadde for med fra til på av som min mi mitt mine din ditt"
        " hans hennes deres først sist bare også enda aldri alltid andre snakk si skriv prøv ta hold få vær"
        " mamma pappa mor far"
    ),
    ("skole", "skolen", "skule", "skulen", "barnehage", "barnehagen", "gymnas", "videregående", "vidaregåande", "vgs",
     "ungdomsskole", "barneskole"),
)  # fmt: skip
_DA = Words(
    _set("i på fra til ved udenfor nær"),
    ("jeg hedder", "hedder", "mit navn er", "kaldes", "som hedder"),
    ("min ven", "min veninde", "min kæreste", "min bror", "min søster", "min lærer"),
    _set(
        "jeg mig du dig i jer de han hun vi os det dette den disse en et at og men eller så hvis om når da"
        " der her hvad hvorfor hvordan hvem hvor fordi siden efter før nu nogen ingen alle mange noget måske"
        " tak hej kære ja nej ikke kan kunne vil ville skal skulle er var har havde for med fra til på af som"
        " min mit mine din dit hans hendes deres først sidst kun også stadig aldrig altid andre tal sig skriv"
        " prøv tag hold få vær mor far"
    ),
    ("skole", "skolen", "børnehave", "børnehaven", "gymnasium", "gymnasiet", "efterskole", "friskole"),
)  # fmt: skip
_SV = Words(
    _set("i på från till vid utanför nära"),
    ("jag heter", "heter", "mitt namn är", "kallas", "som heter"),
    ("min kompis", "min vän", "min pojkvän", "min flickvän", "min bror", "min syster", "min lärare"),
    _set(
        "jag mig du dig ni er de dem han hon vi oss det detta den dessa en ett att och men eller så om när då"
        " där här vad varför hur vem var eftersom sedan efter före innan nu någon ingen alla många något"
        " kanske tack hej kära ja nej inte kan kunde vill ville ska skulle är har hade för med från till på av"
        " som min mitt mina din ditt hans hennes deras först sist bara också ännu aldrig alltid andra prata"
        " säg skriv försök ta håll få vara mamma pappa"
    ),
    ("skola", "skolan", "förskola", "förskolan", "gymnasium", "gymnasiet", "grundskola"),
)  # fmt: skip
_DE = Words(
    _set("in aus nach bei"),
    ("ich heiße", "heiße", "heißt", "mein name ist", "namens"),
    ("freundin", "freund", "bruder", "schwester", "herr", "frau", "lehrer", "lehrerin"),
    frozenset(),
    ("schule", "grundschule", "gymnasium", "kindergarten", "realschule", "gesamtschule", "hauptschule"),
    nouns_are_capital=True,
)  # fmt: skip
_FR = Words(
    _set("à de du en vers chez depuis"),
    ("je m'appelle", "m'appelle", "s'appelle", "mon nom est"),
    ("mon ami", "mon amie", "mon copain", "ma copine", "mon frère", "ma sœur", "monsieur", "madame"),
    _set(
        "je j'ai j'étais tu il elle on nous vous ils elles ce c'est cet cette ces le la les l' un une des et"
        " mais ou si quand alors ici là que qui quoi pourquoi comment où parce depuis après avant maintenant"
        " peut merci bonjour salut cher chère oui non ne pas mon ma mes ton ta tes son sa ses notre votre leur"
        " tout tous aussi encore jamais toujours parle dis écris"
    ),
    ("école", "collège", "lycée", "maternelle"),
)  # fmt: skip
_PL = Words(
    _set("w we z ze do koło pod na"),
    ("mam na imię", "nazywam się", "na imię", "o imieniu"),
    ("pan", "pani", "kolega", "koleżanka", "brat", "siostra"),
    _set(
        "ja ty on ona ono my wy oni one to ten ta te tam tu i a ale lub albo jeśli jak gdy kiedy wtedy co"
        " dlaczego kto gdzie bo ponieważ po przed teraz dziś wczoraj jutro może proszę dziękuję cześć hej tak"
        " nie mam mój moja moje twój jego jej nasz ich wszyscy ktoś nikt też jeszcze nigdy zawsze tylko"
    ),
    ("szkoła", "szkole", "szkoły", "szkołę", "przedszkole", "przedszkola", "liceum", "gimnazjum", "technikum"),
)  # fmt: skip

BY_LANGUAGE = {"en": _EN, "nb": _NB, "nn": _NB, "da": _DA, "sv": _SV, "de": _DE, "fr": _FR, "pl": _PL}
# Ends of the names of streets, in several languages: a word with such an end is one, whatever its first letter.
STREET_ENDS = (
    "veien", "vegen", "gata", "gaten", "vej", "vejen", "gade", "gaden", "vägen", "gatan", "straße", "strasse", "gasse",
)  # fmt: skip
STREETS = ("street", "road", "avenue", "lane", "rue", "ulica", "ul.", "plass", "plads", "torg", "torget")
NETWORKS = (
    "snapchat", "snap", "insta", "instagram", "tiktok", "discord", "telegram", "kik", "whatsapp", "roblox", "psn",
    "steam", "twitch", "youtube", "facebook", "messenger",
)  # fmt: skip
ENDS_OF_ADDRESSES = (
    "com", "org", "net", "eu", "info", "gg", "tv", "io", "me", "app", "no", "dk", "se", "fi", "is", "de", "at", "ch",
    "fr", "be", "nl", "lu", "uk", "ie", "pl", "cz", "sk", "hu", "ro", "bg", "gr", "it", "es", "pt", "lt", "lv", "ee",
    "hr", "si", "mt", "cy", "ua",
)  # fmt: skip
# What often follows "called" and the like and is no name.
NOT_NAMES = _set("me him her them us it ting noe noget något ikke ikkje inte not names things a an the en et ei")
