"""What guardians agree to: item by item, by rows that are never changed, one's "no" always enough."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from clinic import consents as rules
from clinic import rls
from clinic.consents import Word, counts_in_research, shows_media, standing
from clinic.errors import Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import AuditEvent, CaregiverGrant, Child, Consent, ConsentText, User
from clinic.services import consents, enrolment
from clinic.vocabulary import AuditCode, ConsentKind, ConsentStanding, SharingMode
from tests.cast import Cast
from tests.factories import consent_text
from tracking.readings.consents import consents_of, own_consents, standings_of

DAY = dt.timedelta(days=1)
NOT_GIVEN, WAITING, GIVEN, WITHDRAWN = ConsentStanding


# ---- the rule, by table ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "for_one", "for_every"),
    [
        ("", NOT_GIVEN, NOT_GIVEN),
        ("f+", GIVEN, WAITING),
        ("f+ g+", GIVEN, GIVEN),
        ("f-", WITHDRAWN, WITHDRAWN),
        ("f+ g-", WITHDRAWN, WITHDRAWN),
        ("f+ f- g+", WITHDRAWN, WITHDRAWN),
        ("f- f+", GIVEN, WAITING),
        ("g- f+ g+", GIVEN, GIVEN),
        ("x-", NOT_GIVEN, NOT_GIVEN),  # somebody who is a guardian no more
        ("x+ f+", GIVEN, WAITING),
    ],
)
def test_how_guardians_stand_together(
    said: str, for_one: ConsentStanding, for_every: ConsentStanding
) -> None:
    words = [Word(one[0], one[1] == "+") for one in said.split()]
    assert standing(words, guardians={"f", "g"}, needs_every=False) is for_one
    assert standing(words, guardians={"f", "g"}, needs_every=True) is for_every


def test_media_are_shown_until_somebody_says_no_and_research_counts_only_who_agreed() -> None:
    assert [one for one in ConsentStanding if shows_media(one)] == [NOT_GIVEN, WAITING, GIVEN]
    assert [one for one in ConsentStanding if counts_in_research(one)] == [GIVEN]


# ---- words ----------------------------------------------------------------------------------------------


def give(cast: Cast, by: User, kind: ConsentKind, text: ConsentText) -> Consent:
    with rls.acting_as(by):
        return consents.give(by=by, child=cast.cleo, kind=kind, text=text.pk, now=rls.now())


def withdraw(cast: Cast, by: User, kind: ConsentKind) -> Consent:
    with rls.acting_as(by):
        return consents.withdraw(by=by, child=cast.cleo, kind=kind, now=rls.now())


def paper(cast: Cast, by: User, **told: Any) -> Consent:
    with rls.acting_as(by):
        return consents.record_paper(by=by, child=cast.cleo, now=rls.now(), **told)


def test_a_word_is_a_row_that_is_never_changed(cast: Cast) -> None:
    text = consent_text(cast.harbor, ConsentKind.RECORD)
    given = give(cast, cast.fay, ConsentKind.RECORD, text)
    assert (given.giver, given.text, given.is_on_paper) == (cast.fay, text, False)
    assert give(cast, cast.fay, ConsentKind.RECORD, text) == given, "the same again is the same word"
    withdraw(cast, cast.fay, ConsentKind.RECORD)
    assert withdraw(cast, cast.fay, ConsentKind.RECORD).is_given is False
    assert list(Consent.objects.in_order().values_list("is_given", flat=True)) == [True, False]
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(pk=given.pk).update(is_given=False)
    codes = [AuditCode.GAVE_CONSENT, AuditCode.WITHDREW_CONSENT]
    told = AuditEvent.objects.filter(child_id=cast.cleo.pk, code__in=codes)
    assert list(told.order_by("at", "id").values_list("code", "detail")) == [
        ("gave_consent", "record"),
        ("withdrew_consent", "record"),
    ]


def test_only_guardians_agree_and_only_to_what_the_clinic_has_adopted(cast: Cast) -> None:
    adopted = consent_text(cast.harbor, ConsentKind.MEDIA)
    draft = consent_text(cast.harbor, ConsentKind.RESEARCH, is_adopted=False)
    elsewhere = consent_text(cast.elsewhere, ConsentKind.MEDIA)
    for who in (cast.nan, cast.rex, cast.tess, cast.otto, cast.finn):
        with pytest.raises(Forbidden):
            give(cast, who, ConsentKind.MEDIA, adopted)
        with pytest.raises(Forbidden):
            withdraw(cast, who, ConsentKind.MEDIA)
    for kind, text in [
        (ConsentKind.RESEARCH, draft),
        (ConsentKind.MEDIA, elsewhere),
        (ConsentKind.SHARING, adopted),
    ]:
        with pytest.raises(consents.WordingChanged):
            give(cast, cast.fay, kind, text)
    newer = consent_text(cast.harbor, ConsentKind.MEDIA)
    with pytest.raises(consents.WordingChanged):
        give(cast, cast.fay, ConsentKind.MEDIA, adopted)
    assert give(cast, cast.fay, ConsentKind.MEDIA, newer).text == newer


def test_who_never_agreed_may_refuse_photos_and_sharing_but_has_no_record_to_take_back(cast: Cast) -> None:
    with pytest.raises(consents.NothingToTakeBack):
        withdraw(cast, cast.fay, ConsentKind.RECORD)
    assert withdraw(cast, cast.fay, ConsentKind.MEDIA).is_given is False


def test_a_clinic_says_whether_one_guardian_suffices(cast: Cast) -> None:
    give(cast, cast.fay, ConsentKind.RESEARCH, consent_text(cast.harbor, ConsentKind.RESEARCH))
    assert standings_of(cast.cleo)[ConsentKind.RESEARCH] is WAITING
    with rls.acting_as(cast.tess), pytest.raises(Forbidden):
        consents.set_rule(
            by=cast.tess, clinic=cast.harbor, kind=ConsentKind.RESEARCH, needs_every=False, now=rls.now()
        )
    with rls.acting_as(cast.otto):
        cast.cleo.clinic = consents.set_rule(
            by=cast.otto, clinic=cast.harbor, kind=ConsentKind.RESEARCH, needs_every=False, now=rls.now()
        )
    assert standings_of(cast.cleo)[ConsentKind.RESEARCH] is GIVEN


def test_a_guardian_reads_their_own_words_and_never_anothers(cast: Cast) -> None:
    text = consent_text(cast.harbor, ConsentKind.RESEARCH)
    give(cast, cast.greg, ConsentKind.RESEARCH, text)
    (greg,) = [
        one for one in own_consents(cast.greg, cast.cleo, language="en") if one.kind == ConsentKind.RESEARCH
    ]
    assert greg.is_given
    fays = own_consents(cast.fay, cast.cleo, language="en")
    assert [one.is_given for one in fays] == [None] * 4
    assert cast.greg.name not in str(fays)


def test_whoever_is_a_guardian_no_more_holds_nothing_up(cast: Cast) -> None:
    withdraw(cast, cast.greg, ConsentKind.MEDIA)
    assert standings_of(cast.cleo)[ConsentKind.MEDIA] is WITHDRAWN
    CaregiverGrant.objects.filter(user=cast.greg).update(revoked_at=rls.now())
    assert standings_of(cast.cleo)[ConsentKind.MEDIA] is NOT_GIVEN
    media = consents_of(cast.cleo)[2]
    assert [one.counts for one in media.said] == [False]


# ---- on paper -------------------------------------------------------------------------------------------


def test_a_paper_is_written_down_with_its_day_and_who_signed(cast: Cast) -> None:
    grant = CaregiverGrant.objects.get(child=cast.cleo, user=cast.greg)
    on = rls.now().date() - 40 * DAY
    row = paper(cast, cast.opal, kind=ConsentKind.MEDIA, is_given=True, on=on, grant=grant)
    assert (row.giver, row.on, row.is_on_paper, row.recorded_by) == (cast.greg, on, True, cast.opal)
    named = paper(cast, cast.tess, kind=ConsentKind.MEDIA, is_given=True, on=on, name="Gran Ada")
    assert (named.giver, named.giver_name) == (None, "Gran Ada")
    said = consents_of(cast.cleo)[2].said
    assert {(one.name, one.is_on_paper, one.recorded_by) for one in said} == {
        (cast.greg.name, True, cast.opal.name),
        ("Gran Ada", True, cast.tess.name),
    }


def test_an_old_paper_does_not_undo_a_later_no(cast: Cast) -> None:
    withdraw(cast, cast.fay, ConsentKind.MEDIA)
    grant = CaregiverGrant.objects.get(child=cast.cleo, user=cast.fay)
    on = rls.now().date() - 40 * DAY
    paper(cast, cast.tess, kind=ConsentKind.MEDIA, is_given=True, on=on, grant=grant)
    assert standings_of(cast.cleo)[ConsentKind.MEDIA] is WITHDRAWN


def test_a_name_on_paper_takes_back_what_the_same_name_gave(cast: Cast) -> None:
    on = local_day(rls.now(), cast.harbor.zone)
    paper(cast, cast.tess, kind=ConsentKind.RECORD, is_given=True, on=on, name="Gran Ada")
    assert standings_of(cast.cleo)[ConsentKind.RECORD] is GIVEN
    paper(cast, cast.tess, kind=ConsentKind.RECORD, is_given=False, on=on, name=" gran ada ")
    assert standings_of(cast.cleo)[ConsentKind.RECORD] is WITHDRAWN


@pytest.mark.parametrize("who", ["asha", "theo", "fay", "nan", "tova"])
def test_who_takes_no_papers_in_writes_none_down(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        paper(
            cast,
            cast.people()[who],
            kind=ConsentKind.MEDIA,
            is_given=True,
            on=local_day(rls.now(), cast.harbor.zone),
            name="Gran Ada",
        )


def test_a_paper_of_tomorrow_of_nobody_or_of_who_is_no_guardian_is_refused(cast: Cast) -> None:
    today = rls.now().date() - DAY
    nan = CaregiverGrant.objects.get(child=cast.cleo, user=cast.nan)
    finn = CaregiverGrant.objects.get(child=cast.fern, user=cast.finn)
    for field, told in [
        ("on", {"on": today + 5 * DAY, "name": "Gran Ada"}),
        ("on", {"on": cast.cleo.born_on - DAY, "name": "Gran Ada"}),
        ("name", {"on": today}),
        ("grant", {"on": today, "grant": nan}),
        ("grant", {"on": today, "grant": finn}),
    ]:
        with pytest.raises(Invalid) as refused:
            paper(cast, cast.tess, kind=ConsentKind.MEDIA, is_given=True, **told)
        assert refused.value.field == field


# ---- what taking back does ------------------------------------------------------------------------------


def sharing_mode(cast: Cast) -> str:
    return Child.objects.values_list("sharing_mode", flat=True).get(pk=cast.cleo.pk)


def test_sharing_that_is_taken_back_closes_the_homes_and_is_opened_over_nobodys_head(cast: Cast) -> None:
    text = consent_text(cast.harbor, ConsentKind.SHARING)
    give(cast, cast.greg, ConsentKind.SHARING, text)
    withdraw(cast, cast.greg, ConsentKind.SHARING)
    assert sharing_mode(cast) == SharingMode.OWN_ONLY
    cast.cleo.refresh_from_db()

    def open_up() -> None:
        with rls.acting_as(cast.tess), transaction.atomic():
            enrolment.change_child(
                by=cast.tess, child=cast.cleo, sharing_mode=SharingMode.FULL, now=rls.now()
            )

    with pytest.raises(enrolment.SharingRefused):
        open_up()
    cast.cleo.refresh_from_db()
    give(cast, cast.greg, ConsentKind.SHARING, text)
    assert sharing_mode(cast) == SharingMode.OWN_ONLY, "the team opens it again, nobody else"
    open_up()
    assert sharing_mode(cast) == SharingMode.FULL


def test_the_query_of_standing_withdrawals_is_the_rule(cast: Cast) -> None:
    """Any two words of guardians, of one of before, of a name on paper; any three of the guardians."""
    now = rls.now()
    on = local_day(now, cast.harbor.zone)
    cast.cleo.clinic.refresh_from_db()
    givers: list[tuple[User | None, str]] = [
        (cast.fay, ""),
        (cast.greg, ""),
        (cast.rex, ""),
        (None, "Gran Ada"),
    ]
    words = list(itertools.product(givers, [True, False]))
    cases = [*itertools.product(words, repeat=2), *itertools.product(words[:4], repeat=3)]
    for case in cases:
        child = Child.objects.create(
            clinic=cast.harbor, first_name="C", born_on=cast.cleo.born_on, created_at=now
        )
        for user in (cast.fay, cast.greg):
            CaregiverGrant.objects.create(
                clinic=cast.harbor,
                child=child,
                family=cast.fays_home,
                user=user,
                kind="guardian",
                valid_from=now - DAY,
            )
        Consent.objects.bulk_create(
            Consent(
                clinic=cast.harbor,
                child=child,
                kind=ConsentKind.MEDIA,
                is_given=is_given,
                giver=giver,
                giver_name=name,
                on=on,
                at=now + place * dt.timedelta(minutes=1),
                is_on_paper=True,
                recorded_by=cast.tess,
            )
            for place, ((giver, name), is_given) in enumerate(case)
        )
        by_rule = standings_of(child)[ConsentKind.MEDIA]
        by_row = Consent.objects.standing_withdrawals().filter(child=child).exists()
        assert by_row is (by_rule is WITHDRAWN), case
        assert rules.shows_media(by_rule) is not by_row
