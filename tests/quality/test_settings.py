"""What a coordinator decides, and criteria that are versions."""

import pytest
from django.urls import reverse

from havn.common.errors import NotAllowed, Refused
from havn.quality.actions.settings import BOUNDS, save_criteria, save_settings
from havn.quality.models import CriteriaVersion, QualitySettings
from havn.quality.queries.criteria import criteria_now, criteria_numbered, havns_criteria
from havn.quality.queries.settings import quality_of
from havn.quality.rules.criteria import MOST, Criterion, criteria_from, unscored, why_not, with_texts
from tests.accounts.factories import signed_in_client
from tests.quality.conftest import Team
from tests.vault.factories import PASSWORD

WARM = Criterion("warm", "four", {"en": "Warm?", "nb": "Varmt?"})
SAFE = Criterion("safe", "yes-no", {"en": "Safe?"})


def test_what_comes_with_havn_is_whole_in_each_language() -> None:
    rows = havns_criteria()
    assert why_not(rows) is None
    assert len({frozenset(one.texts) for one in rows}) == 1
    assert {"en", "nb", "da"} <= set(rows[0].texts)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "none"),
        ([WARM, SAFE], None),
        ([WARM, WARM], "twice"),
        ([Criterion("x", "ten", {"en": "?"})], "scale"),
        ([Criterion("x", "four", {"en": " "})], "text"),
        ([Criterion("x", "four", {"en": "x" * 301})], "long"),
        ([Criterion(f"c{number}", "four", {"en": "?"}) for number in range(MOST + 1)], "many"),
    ],
)
def test_what_criteria_are(rows: list[Criterion], why: str | None) -> None:
    assert why_not(rows) == why
    if why:
        with pytest.raises(ValueError, match=why):
            criteria_from([one.as_row() for one in rows])


def test_a_text_is_said_in_english_where_there_is_no_other() -> None:
    assert (WARM.said_in("nb"), SAFE.said_in("nb")) == (("Varmt?", "nb"), ("Safe?", "en"))
    assert Criterion("x", "four", {"fi": "?"}).said_in("nb") == ("?", "fi")


def test_changed_in_one_language_the_others_stay() -> None:
    changed = with_texts([WARM, SAFE], language="nb", texts={"warm": "", "safe": "Trygt?"}, scales={"safe": "four"})
    assert changed == [
        Criterion("warm", "four", {"en": "Warm?"}),
        Criterion("safe", "four", {"en": "Safe?", "nb": "Trygt?"}),
    ]
    assert with_texts([SAFE], language="en", texts={"safe": ""}, scales={}) == []
    assert with_texts([WARM, SAFE], language="en", texts={"safe": "S"}, scales={}, removed=["warm"])[0].code == "safe"
    assert unscored([WARM, SAFE], {"warm": 0, "safe": 0}) == ["warm"]


def test_a_change_is_a_new_version_and_the_old_one_stays(team: Team) -> None:
    number = save_criteria(actor=team.kari.user, service=team.service, seen=0, criteria=[WARM])
    assert (number, criteria_now(team.service.pk)) == (1, (1, [WARM]))
    assert save_criteria(actor=team.kari.user, service=team.service, seen=1, criteria=[WARM]) == 1
    with pytest.raises(Refused, match="Somebody else"):
        save_criteria(actor=team.kari.user, service=team.service, seen=0, criteria=[SAFE])
    assert save_criteria(actor=team.kari.user, service=team.service, seen=1, criteria=[SAFE]) == 2
    assert criteria_numbered(team.service.pk, 1) == [WARM]
    assert criteria_numbered(team.service.pk, 0) == havns_criteria()
    with pytest.raises(NotAllowed):
        save_criteria(actor=team.anna.user, service=team.service, seen=2, criteria=[WARM])


def test_the_page_of_criteria(team: Team) -> None:
    lead, address = signed_in_client(team.kari.user, password=PASSWORD), reverse("quality:criteria")
    save_criteria(actor=team.kari.user, service=team.service, seen=0, criteria=[WARM, SAFE])
    page = lead.get(address, {"criteria": "nb"}).content.decode()
    assert "Varmt?" in page
    assert 'lang="en" id="elsewhere-safe">Safe?' in page
    sent = {"seen": 1, "criteria": "nb", "text-warm": "Var\x00mt", "text-safe": "", "text": "Ny?", "scale": "yes-no"}
    assert lead.post(address, sent).status_code == 302
    number, rows = criteria_now(team.service.pk)
    assert (number, [one.texts for one in rows]) == (
        2,
        [{"en": "Warm?", "nb": "Varmt"}, {"en": "Safe?"}, {"nb": "Ny?"}],
    )
    refused = lead.post(address, {**sent, "seen": 2, "remove": [one.code for one in rows], "text": ""})
    assert refused.status_code == 409
    assert "at least one criterion" in refused.content.decode()
    assert CriteriaVersion.objects.count() == 2


def test_settings_have_their_bounds(team: Team) -> None:
    kept = quality_of(team.service.pk)
    values = {**{name: getattr(kept, name) for name in BOUNDS}, "sample_each": "all"}
    for name, (low, high) in BOUNDS.items():
        assert low <= values[name] <= high
        for wrong in (low - 1, high + 1):
            with pytest.raises(Refused):
                save_settings(
                    actor=team.kari.user, service=team.service, values={**values, name: wrong}, reasons=["suicide"]
                )
    with pytest.raises(NotAllowed):
        save_settings(actor=team.anna.user, service=team.service, values=values, reasons=[])


def test_the_page_of_settings(team: Team) -> None:
    lead, address = signed_in_client(team.kari.user, password=PASSWORD), reverse("quality:settings")
    page = lead.get(address).content.decode()
    assert 'value="suicide" checked' in page
    assert 'value="gaming" >' in page
    sent = {name: low for name, (low, _high) in BOUNDS.items()}
    assert lead.post(address, {**sent, "sample_each": "person", "hard_reasons": ["gaming"]}).status_code == 302
    kept = QualitySettings.objects.get()
    assert (kept.hard_reasons, kept.keep_weeks, kept.sample_each) == (["gaming"], 2, "person")
    assert lead.post(address, {**sent, "keep_weeks": 99, "sample_each": "all"}).status_code == 400
    assert lead.post(address, {**sent, "sample_each": "all", "hard_reasons": ["no-such"]}).status_code == 400
    team.hard()
    page = signed_in_client(team.anna.user, password=PASSWORD).get(reverse("helpline:desk")).content.decode()
    assert "How are you now?" not in page
