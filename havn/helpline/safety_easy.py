"""What the pages in easy words say on safety and confidentiality: one idea in each sentence (see `easy.py`).

They promise what the texts of `safety.py` promise, no more. Approved by a person in each language as all of them.
"""

from django.utils.translation import gettext_noop

EASY = {
    "easy-stays": gettext_noop("What you write stays with us."),
    "easy-unseen-who": gettext_noop("We do not see who you are."),
    "easy-unseen-where": gettext_noop("We do not see where you are."),
    "easy-who-reads": gettext_noop("Only the people who answer here can read it."),
    "easy-leader-reads": gettext_noop("A leader here can read along to help."),
    "easy-destroyed": gettext_noop("After %(days)s days we destroy what you wrote."),
    "easy-copy": gettext_noop("A locked copy can stay for %(backup_days)s days more."),
    "easy-danger-when": gettext_noop("Sometimes a child is in big danger."),
    "easy-danger-must": gettext_noop("If we know who it is, we must get help."),
    "easy-danger-first": gettext_noop("We tell you first if we can."),
    "easy-danger-tick": gettext_noop("If you tick this, we try to answer sooner."),
    "easy-danger-undo": gettext_noop("You can take it back later."),
    "easy-leave-fast": gettext_noop("The button at the top closes this page fast."),
    "easy-history": gettext_noop("Your phone can still show that you were here."),
    "easy-code-get": gettext_noop("In the chat you can get a code."),
    "easy-code-back": gettext_noop("With the code you can come back."),
    "easy-code-without": gettext_noop("Without the code you cannot open the talk again."),
    "easy-leave-out-name": gettext_noop("Do not write your full name."),
    "easy-leave-out-where": gettext_noop("Do not write where you live."),
    "easy-leave-out-school": gettext_noop("Do not write the name of your school."),
    "easy-adult-leave-out-name": gettext_noop("Do not write full names."),
    "easy-adult-leave-out-where": gettext_noop("Do not write where people live."),
    "easy-adult-leave-out-school": gettext_noop("Do not write the names of schools."),
    "easy-letter-note": gettext_noop("Write the code down now."),
    "easy-letter-without": gettext_noop("Without the code nobody can open the answer."),
}
# Where a page can be read aloud, in easy words or not.
ALOUD = {"aloud-heard": gettext_noop("Other people near you can hear it.")}
