"""Of an answer only the new words are kept, whichever program and language it was written with."""

import pytest

from havn.mailbox.rules.html_text import words_of_html
from havn.mailbox.rules.quotes import own_words
from tests.mailbox.samples import SAMPLES


@pytest.mark.parametrize(("whole", "new"), [one[1:] for one in SAMPLES], ids=[one[0] for one in SAMPLES])
def test_the_new_words_alone(whole: str, new: str) -> None:
    assert own_words(whole) == new


def test_a_quote_in_html_is_found_too() -> None:
    gmail = (
        '<div dir="ltr">thank you so much</div><br><div class="gmail_quote"><div>On Sun, Nov 29, 2026 at 3:12 PM '
        'The Helpline &lt;<a href="mailto:help@centre.example">help@centre.example</a>&gt; wrote:<br></div>'
        "<blockquote><p>You are not alone.</p><p>Kim</p></blockquote></div>"
    )
    assert own_words(words_of_html(gmail)) == "thank you so much"


def test_html_becomes_its_visible_words() -> None:
    html = (
        "<html><head><title>no</title><style>p{}</style></head><body><p>Hi&nbsp;there,<br>second  line</p><ul><li>one"
        '</li><li>two</li></ul><script>alert(1)</script><a href="https://x.example/a">look</a> <b>bold</b></body>'
    )
    assert words_of_html(html) == "Hi there,\nsecond line\n\n- one\n- two\n\nlook (https://x.example/a) bold"


@pytest.mark.parametrize("html", ["<", "<!", "<![", "<p", "</", "&#xffffffffff;", "<a href=", "<blockquote>" * 5000])
def test_broken_html_raises_nothing(html: str) -> None:
    assert isinstance(words_of_html(html), str)
