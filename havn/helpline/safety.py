"""What the child's side says on safety and confidentiality. Each text needs a person's approval in each language; until
then English stands beside it.

Every sentence of these pages is either here or in the list of plain ones that `tests/helpline/test_safety_texts.py`
keeps, so that a new one cannot be forgotten.
"""

from django.utils.translation import gettext_noop

from havn.helpline.safety_easy import ALOUD, EASY

# Before a talk or a letter.
BEFORE = {
    "chat-stays": gettext_noop("What you tell us stays with us"),
    "chat-unseen": gettext_noop("We do not see who you are, where you are or which phone you use."),
    "chat-who-reads": gettext_noop(
        "Only the people who answer here can read what you write. %(days)s days after the last message it is "
        "destroyed. A locked copy can be left for up to %(backup_days)s days more, in case a computer breaks down."
    ),
    "chat-danger": gettext_noop(
        "If you or another child is in serious danger and we know who it is, we have to get help. We tell you first "
        "whenever we can."
    ),
    "chat-example-kept": gettext_noop(
        "Sam writes that some boys at school keep hitting him. We talk about what could help, and nobody else gets "
        "to know."
    ),
    "chat-example-danger": gettext_noop(
        "Another day Sam writes that he has swallowed many pills, and he tells us his address. Then we call an "
        "ambulance, and we tell Sam that we are doing it."
    ),
    "adult-danger": gettext_noop(
        "If a child is in serious danger and we know who it is, we have to get help. We tell you first whenever we can."
    ),
    "adult-example-kept": gettext_noop(
        "A father writes that somebody threatens to show pictures of his daughter. We talk about what he can do "
        "tonight, and nobody else gets to know."
    ),
    "adult-example-danger": gettext_noop(
        "Another day a mother writes that a grown-up hits her child, and she tells us the name and the address. Then "
        "we have to tell the people whose job it is to protect children, and we tell her that we are doing it."
    ),
    "danger-tick-hint": gettext_noop(
        "Then we try to take you sooner. You need not tick it to talk with us, and you can take it back."
    ),
    "shared-phone": gettext_noop(
        "Does someone share this phone with you? The button at the top leaves fast, and so does pressing Shift three "
        "times. It does not empty the browser's history."
    ),
    "without-the-code": gettext_noop(
        "In the chat there is a return code. With it you can come back later from any phone. Who leaves without it "
        "cannot open the talk again."
    ),
    "letter-leave-out": gettext_noop(
        "Leave out your full name, address and school, so that nobody can know it is you."
    ),
    "adult-letter-leave-out": gettext_noop(
        "Leave out full names, addresses and schools, so that nobody can know who it is about."
    ),
}
# While waiting, writing and after.
DURING = {
    "leader-reads": gettext_noop("Someone who leads the shift may read along to help."),
    "code-opens": gettext_noop("Anyone who has the code can read the talk."),
    "copy-where": gettext_noop("Keep it only where nobody else looks."),
    "danger-heading": gettext_noop("If you are in danger now"),
    "adult-danger-heading": gettext_noop("If a child is in danger now"),
    "danger-call": gettext_noop("Call this number if you can. They help at once, day and night."),
    "danger-go": gettext_noop("Go to a grown-up you trust, or to a place with people, if you can."),
    "danger-unseen": gettext_noop("We do not see where you are. If you tell us, we can send help."),
    "danger-told": gettext_noop("You told us that you are in danger. We try to take you sooner."),
    "danger-told-here": gettext_noop("You told us that you are in danger. The one you write with sees it."),
    "adult-danger-told": gettext_noop("You told us that a child is in danger. We try to take you sooner."),
    "adult-danger-told-here": gettext_noop("You told us that a child is in danger. The one you write with sees it."),
    "danger-tell": gettext_noop("Tell them that I'm in danger now"),
    "adult-danger-tell": gettext_noop("Tell them that a child is in danger now"),
    "danger-take-back": gettext_noop("I am not in danger any more"),
    "adult-danger-take-back": gettext_noop("The child is not in danger any more"),
    "danger-tell-hint": gettext_noop("Then we try to take you sooner. You can take it back."),
    "danger-tell-hint-here": gettext_noop("The one you write with sees it at once. You can take it back."),
    "imminent-call": gettext_noop("Call now if you can, or ask someone near you to call. We stay here with you."),
    "delete-what": gettext_noop(
        "Everything you and we have written is destroyed, and nobody can bring it back. The talk ends, and the return "
        "code stops working."
    ),
    "delete-copies": gettext_noop("Copies kept in case of a breakdown are gone after %(days)s days."),
    "code-unwanted": gettext_noop(
        "You said that you do not want a code. When you press Done, the talk cannot be opened from your side again."
    ),
    "code-needed": gettext_noop(
        "With the return code you can read this talk again, copy it and go on with it. Without it nobody can, not even "
        "you."
    ),
    "code-unwanted-leaving": gettext_noop(
        "You said that you do not want a code. When you leave, nobody can open this talk from your side again."
    ),
    "code-gone": gettext_noop(
        "No code any more? Then the talk stays closed to everyone, and you can simply begin a new one."
    ),
    "code-note": gettext_noop("Note it now. Without the code nobody can open the answer, not even you."),
    "visit-closed": gettext_noop(
        "Your visit on this device is closed. That happens after a while without a sign from you, so that nobody else "
        "can read along. With the return code you open the talk again."
    ),
    "closes-here": gettext_noop("This closes the talk on this device. After ten minutes it closes by itself."),
    "history-left": gettext_noop("On a shared phone: the browser's history may still show that this page was open."),
    "only-a-number": gettext_noop("Only a number is kept, nothing that leads to you."),
}
# What the log of a talk says by itself (`words.py`), by the code of the event.
EVENTS = {
    "danger": gettext_noop("You told us that you are in danger now. If you can, call %(number)s. We are still here."),
    "danger-over": gettext_noop("You told us that you are not in danger any more."),
    "imminent": gettext_noop(
        "Your safety comes first now. Call %(number)s if you can, or ask someone near you to call. We stay here with "
        "you."
    ),
}
ADULT_EVENTS = {
    "danger": gettext_noop(
        "You told us that a child is in danger now. If you can, call %(number)s. We are still here."
    ),
    "danger-over": gettext_noop("You told us that the child is not in danger any more."),
    "imminent": gettext_noop(
        "Safety comes first now. Call %(number)s if you can, or ask someone near you to call. We stay here with you."
    ),
}


def event_key(code: str, *, adult: bool) -> str:
    """Under which key the sentence of an event is approved; "" for an event that says nothing on safety."""
    if code not in EVENTS:
        return ""
    return f"adult-event-{code}" if adult else f"event-{code}"


SAFETY_TEXTS = {
    **BEFORE,
    **DURING,
    **EASY,
    **ALOUD,
    **{event_key(code, adult=False): text for code, text in EVENTS.items()},
    **{event_key(code, adult=True): text for code, text in ADULT_EVENTS.items()},
}
