# ruff: noqa: E501
"""Answers as mail programs quote ours, in many languages. Of each: where it is from, the whole text, the new words."""

OURS = "help@centre.example"

SAMPLES: tuple[tuple[str, str, str], ...] = (
    (
        "en Gmail",
        "thanks, that helps\n\nOn Sun, Nov 29, 2026 at 3:12 PM The Helpline <help@centre.example>\nwrote:\n\n> You are not alone.\n>\n> Kim\n",
        "thanks, that helps",
    ),
    (
        "nb Gmail",
        "tusen takk\nhilsen meg\n\nsøn. 29. nov. 2026 kl. 15:12 skrev Hjelpetelefonen <\nhelp@centre.example>:\n\n> Du er ikke alene.\n",
        "tusen takk\nhilsen meg",
    ),
    (
        "nb Apple",
        "Takk!\n\nSendt fra min iPhone\n\n> 29. nov. 2026 kl. 15:12 skrev Hjelpetelefonen <help@centre.example>:\n> \n> Du er ikke alene.\n",
        "Takk!",
    ),
    (
        "nn Thunderbird",
        "Eg veit ikkje kva eg skal gjere.\n\nDen 29.11.2026 15:12, skreiv Hjelpetelefonen:\n> Du er ikkje åleine.\n> Ring oss.\n",
        "Eg veit ikkje kva eg skal gjere.",
    ),
    (
        "nb Outlook",
        "Jeg prøver det.\n\n________________________________\nFra: Hjelpetelefonen <help@centre.example>\nSendt: søndag 29. november 2026 15:12\nTil: Kim <kim@home.example>\nEmne: Re: Hei\n\nDu er ikke alene.\n",
        "Jeg prøver det.",
    ),
    (
        "da Outlook",
        "Mange tak for svaret\n\nFra: Hjælpen <help@centre.example>\nSendt: 29. november 2026 15:12\nTil: Kim\nEmne: SV: Hej\n\nDu er ikke alene.\n",
        "Mange tak for svaret",
    ),
    (
        "da Gmail",
        "det hjalp\n\nDen søn. 29. nov. 2026 kl. 15.12 skrev Hjælpen <help@centre.example>:\n\n> Du er ikke alene.\n",
        "det hjalp",
    ),
    (
        "sv Gmail",
        "jag vågar inte\n\nDen sön 29 nov. 2026 kl 15:12 skrev Hjälpen <help@centre.example>:\n\n> Du är inte ensam.\n",
        "jag vågar inte",
    ),
    (
        "sv Outlook rule",
        "Det går bra.\n\n-----Ursprungligt meddelande-----\nFrån: Hjälpen\nSkickat: den 29 november\nDu är inte ensam.\n",
        "Det går bra.",
    ),
    (
        "de Gmail",
        "danke\n\nAm So., 29. Nov. 2026 um 15:12 Uhr schrieb Helpline <\nhelp@centre.example>:\n\n> Du bist nicht allein.\n",
        "danke",
    ),
    (
        "de Thunderbird without address",
        "Ich weiß nicht.\n\nAm 29.11.26 um 15:12 schrieb Helpline:\n> Du bist nicht allein.\n",
        "Ich weiß nicht.",
    ),
    (
        "de Outlook",
        "Danke dir\n\nVon: Helpline <help@centre.example>\nGesendet: Sonntag, 29. November 2026 15:12\nAn: kim@home.example\nBetreff: AW: Hallo\n\nDu bist nicht allein.\n",
        "Danke dir",
    ),
    (
        "fr Gmail",
        "merci beaucoup\n\nLe dim. 29 nov. 2026 à 15:12, Helpline <help@centre.example> a écrit :\n\n> Tu n'es pas seul.\n",
        "merci beaucoup",
    ),
    (
        "fr Apple, no quote marks",
        "merci\n\nEnvoyé de mon iPhone\n\nLe 29 nov. 2026 à 15:12, Helpline <help@centre.example> a écrit :\n\nTu n'es pas seul.\n",
        "merci",
    ),
    (
        "es Gmail",
        "gracias\n\nEl dom, 29 nov 2026 a las 15:12, Helpline (<help@centre.example>) escribió:\n\n> No estás solo.\n",
        "gracias",
    ),
    (
        "it Gmail",
        "grazie\n\nIl giorno dom 29 nov 2026 alle ore 15:12 Helpline <help@centre.example>\nha scritto:\n\n> Non sei solo.\n",
        "grazie",
    ),
    (
        "pt Gmail",
        "obrigada\n\nHelpline <help@centre.example> escreveu (domingo, 29/11/2026 à(s) 15:12):\n\n> Não estás só.\n",
        "obrigada",
    ),
    (
        "nl Gmail",
        "dank je\n\nOp zo 29 nov 2026 om 15:12 schreef Helpline <help@centre.example>:\n\n> Je bent niet alleen.\n",
        "dank je",
    ),
    (
        "pl Gmail",
        "dziękuję\n\nniedz., 29 lis 2026 o 15:12 Helpline <help@centre.example> napisał(a):\n\n> Nie jesteś sam.\n",
        "dziękuję",
    ),
    (
        "fi Gmail",
        "kiitos\n\nsu 29. marrask. 2026 klo 15.12 Helpline (help@centre.example) kirjoitti:\n\n> Et ole yksin.\n",
        "kiitos",
    ),
    (
        "is Gmail",
        "takk fyrir\n\nsun., 29. nóv. 2026 kl. 15:12 skrifaði Helpline <help@centre.example>:\n\n> Þú ert ekki ein.\n",
        "takk fyrir",
    ),
    (
        "uk Gmail",
        "дякую\n\nнд, 29 лист. 2026 р. о 15:12 Helpline <help@centre.example> пише:\n\n> Ти не один.\n",
        "дякую",
    ),
    (
        "el, by shape alone",
        "ευχαριστώ\n\nΣτις Κυρ 29 Νοε 2026 στις 3:12 μ.μ., ο χρήστης Helpline <\nhelp@centre.example> έγραψε:\n\n> Δεν είσαι μόνος.\n",
        "ευχαριστώ",
    ),
    (
        "hu Outlook, by shape alone",
        "köszönöm\n\nFeladó: Helpline <help@centre.example>\nElküldve: 2026. november 29. 15:12\nCímzett: kim\nTárgy: Re: Szia\n\nNem vagy egyedül.\n",
        "köszönöm",
    ),
    (
        "en below the quote",
        "On 29/11/2026 15:12, The Helpline <help@centre.example> wrote:\n> Are you safe now?\n\nyes i am\n",
        "yes i am",
    ),
    (
        "en between the lines",
        "hi again\n\nOn 29/11/2026 15:12, The Helpline <help@centre.example> wrote:\n> Are you safe now?\nyes\n> Can you talk to anyone?\nmy aunt\n",
        "hi again\n\nyes\nmy aunt",
    ),
    (
        "en signature",
        "ok i will\n\n-- \nKim Berg\nclass 7b, Hill School\n",
        "ok i will",
    ),
    (
        "en Yahoo mobile",
        "ok\n\nSent from Yahoo Mail on Android\n\nOn Sun, Nov 29, 2026 at 15:12, The Helpline<help@centre.example> wrote:\n\nYou are not alone.\n",
        "ok",
    ),
    (
        "en trailing quote that nothing announces",
        "that is true\n\n> You are not alone.\n> Kim\n",
        "that is true",
    ),
    (
        "en nothing new: everything stays",
        "> You are not alone.\n",
        "> You are not alone.",
    ),
    (
        "en a child's own words with times, colons and signs",
        "he wrote at 15:12:\nyou are ugly\nand on 29/11 he wrote again\nFrom: nobody\n> why\nplease help",
        "he wrote at 15:12:\nyou are ugly\nand on 29/11 he wrote again\nFrom: nobody\n> why\nplease help",
    ),
)
