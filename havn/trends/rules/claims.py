"""Words that claim a number: before one ("nearly 400"), in the place of one ("half of them"), or which way one went.

Where one stands that the computed sentence does not have, somebody wrote it, and no figure was asked. Languages that
are not here have none: in them only numbers and the words of computed phrases are looked at.
"""

import re
from collections.abc import Collection, Mapping

# In front of a number they say on which side of it, or how near, the truth lies.
BEFORE: Mapping[str, frozenset[str]] = {
    "en": frozenset((
        "nearly", "more than", "less than", "fewer than", "around", "some", "under", "below", "above", "beyond",
        "roughly", "approximately", "circa", "close to", "at least", "at most", "up to", "no more than", "no less than",
        "well", "far", "slightly", "barely", "hardly", "only", "as many as",
    )),
    "nb": frozenset((
        "nesten", "mer enn", "mindre enn", "færre enn", "flere enn", "rundt", "omkring", "omtrent", "omlag", "om lag",
        "cirka", "ca.", "ca", "noen", "under", "over", "minst", "høyst", "opptil", "opp mot", "nærmere", "nær",
        "bortimot", "i underkant av", "i overkant av", "knapt", "snaut", "vel", "drøyt", "godt", "bare", "hele",
        "så mange som",
    )),
    "da": frozenset((
        "næsten", "mere end", "mindre end", "færre end", "flere end", "omkring", "omtrent", "cirka", "ca.", "ca",
        "nogle", "under", "over", "mindst", "højst", "op til", "op mod", "tæt på", "nær", "knap", "knapt", "godt",
        "lidt over", "lidt under", "kun", "hele", "så mange som",
    )),
}  # fmt: skip
# They are a number themselves.
INSTEAD: Mapping[str, frozenset[str]] = {
    "en": frozenset((
        "half", "halves", "halved", "a third", "one third", "one-third", "two thirds", "two-thirds", "a quarter of",
        "one quarter of", "three quarters of", "three-quarters", "a fifth", "one fifth", "a tenth", "twice", "double",
        "doubled", "doubling", "triple", "tripled", "threefold", "tenfold", "one in two", "one in three", "one in four",
        "one in five", "one in ten", "every second", "every third", "every fourth", "every fifth", "every tenth",
        "majority", "dozens", "hundreds", "thousands",
    )),
    "nb": frozenset((
        "halvparten", "halve", "halvert", "halvering", "en tredjedel", "tredjeparten", "to tredjedeler",
        "en fjerdedel", "fjerdeparten", "tre fjerdedeler", "en femtedel", "en tidel", "dobbelt", "doblet", "dobling",
        "fordoblet", "fordobling", "tredoblet", "tredobbelt", "annenhver", "annethvert", "hver andre", "hver tredje",
        "hver fjerde", "hver femte", "hver tiende", "en av to", "en av tre", "en av fire", "en av fem", "en av ti",
        "én av to", "én av tre", "én av fire", "én av fem", "én av ti", "flertallet", "dusinvis", "hundrevis",
        "tusenvis",
    )),
    "da": frozenset((
        "halvdelen", "halve", "halveret", "halvering", "en tredjedel", "to tredjedele", "en fjerdedel",
        "tre fjerdedele", "en femtedel", "en tiendedel", "dobbelt", "fordoblet", "fordobling", "tredoblet",
        "tredobbelt", "hveranden", "hvert andet", "hver anden", "hver tredje", "hver fjerde", "hver femte",
        "hver tiende", "en ud af", "én ud af", "flertallet", "dusinvis", "snesevis", "hundredvis", "tusindvis",
    )),
}  # fmt: skip


_NUMERALS: Mapping[str, str] = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million",
    "nb": "to tre fire fem seks sju syv åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tjue "
    "tredve tretti førti femti seksti sytti åtti nitti hundre tusen million millioner",
    "da": "to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tyve "
    "tredive fyrre halvtreds tres halvfjerds firs halvfems hundrede tusind million millioner",
}
# Which way it went, and which was the largest: computed sentences have some of them, and editing must not turn them.
_WAYS: Mapping[str, str] = {
    "en": "rose rise rises risen rising increased increase grew grown growth climbed fell fall falls fallen dropped "
    "drop decreased decrease declined decline sank shrank most largest highest biggest least fewest lowest smallest "
    "rarest",
    "nb": "steg stiger steget økte øker økt økning vokste vokst falt faller sank sunket nedgang minket avtok mest "
    "flest oftest størst største minst færrest sjeldnest minste",
    "da": "steg stiger steget øgedes voksede vokset stigning vækst faldt falder faldet sank nedgang mindskedes mest "
    "flest oftest størst største mindst færrest sjældnest mindste",
}


def words_before(language: str) -> frozenset[str]:
    """Those of a language that stand before a number."""
    return BEFORE.get(_short(language), frozenset())


def claims_in(text: str, language: str, *, names: Collection[str] = (), computed: str = "") -> list[str]:
    """The words in a text that are a number themselves, or say which way or which was the largest, in order.

    `names` are read over, whatever is in them, and so are words that the `computed` sentence has as well.
    """
    short = _short(language)
    known = {*INSTEAD.get(short, ()), *_NUMERALS.get(short, "").split(), *_WAYS.get(short, "").split()}
    if not known:
        return []
    either = "|".join(re.escape(one) for one in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
    there = {one[0] for one in pattern.finditer(_without(computed, names))}
    found = dict.fromkeys(one[0] for one in pattern.finditer(_without(text, names)))
    return [one for one in found if one not in there]


def _without(text: str, names: Collection[str]) -> str:
    rest = " ".join(text.casefold().split())
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(" ".join(name.casefold().split()), " ")
    return rest


def _short(language: str) -> str:
    return language.partition("-")[0]
