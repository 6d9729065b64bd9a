"""Every sentence a reminder may say, in every language, channel and kind: none presses, blames or tells."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import uuid

import pytest
from django.conf import settings

from tests.cast import Cast
from tracking.models.notices import NoticeKind
from tracking.reminders.channels import Letter
from tracking.reminders.channels.email import compose
from tracking.reminders.channels.words import words_of
from tracking.vocabulary.reminders import ReminderKind

PRESSING = {
    "en": (
        *(
            "miss",
            "forgot",
            "forget",
            "overdue",
            "late",
            "should",
            "must",
            "have to",
            "streak",
            "fail",
            "hurry",
        ),
        *("still not", "again and again", "ignored", "remember to", "don't", "percent", "%"),
    )
}
"""What no reminder says, by language, with its inflections: each language of the product has its list."""

TELLING = {
    "en": (
        *("child", "baby", "son", "daughter", "mother", "father", "massage", "stroke", "therap", "clinic"),
        *("program", "diary", "sleep", "bedtime", "health", "care", "symptom", "diagnos", "treat", "doctor"),
        *("hospital", "medic"),
    )
}
"""What would tell somebody who looks at the screen whose health it is about."""

SOUNDS_LIKE = {"en": ("son", "late", "miss", "care", "treat", "must", "fail", "child", "stroke")}
"""Words that other words contain; these are looked for as words of their own."""

KINDS = [
    *((kind,) for kind in ReminderKind),
    (ReminderKind.REMINDER, ReminderKind.DIARY),
    (ReminderKind.REMINDER, ReminderKind.GENTLE),
    (ReminderKind.DIARY, ReminderKind.GENTLE),
    (NoticeKind.MESSAGE,),
    (NoticeKind.PROGRAM_VERSION, NoticeKind.REPORT_SHARED, NoticeKind.MESSAGE),
    (NoticeKind.FLAG,),
    (*[NoticeKind.MESSAGE] * 120, *[NoticeKind.FLAG] * 14),
    (NoticeKind.URGENT_FLAG,),
    (NoticeKind.FLAG_UNREAD,),
    (NoticeKind.FLAG_UNREAD, NoticeKind.URGENT_FLAG),
]
TO_STAFF = {NoticeKind.FLAG, NoticeKind.URGENT_FLAG, NoticeKind.FLAG_UNREAD}


def letter(language: str, kinds: tuple[str, ...], *, is_tonight: bool) -> Letter:
    return Letter(
        key=uuid.uuid4(),
        recipient_id=uuid.uuid4(),
        child_ids=(uuid.uuid4(),),
        address="a@example.org",
        locale=language,
        is_to_staff=not TO_STAFF.isdisjoint(kinds),
        is_tonight=is_tonight,
        kinds=kinds,
        expires_at=dt.datetime(2026, 3, 1, 21, 30, tzinfo=dt.UTC),
    )


def by_mail(told: Letter) -> str:
    message = compose(told)
    page = re.sub(r"<!doctype html>|<[^>]*>", " ", str(message.alternatives[0][0]))
    return "\n".join([message.subject, re.sub(r"http\S+", "", str(message.body)), page])


CHANNELS = {"email": by_mail, "short": lambda told: "\n".join(words_of(told))}
"""A push and a text message say the same few words."""


def every_message() -> list[tuple[str, str, tuple[str, ...], bool]]:
    languages = [code for code, _ in settings.LANGUAGES]
    return list(itertools.product(languages, CHANNELS, KINDS, (True, False)))


def found_in(text: str, words: tuple[str, ...], language: str) -> list[str]:
    whole = SOUNDS_LIKE.get(language, ())
    return [
        word
        for word in words
        if re.search(rf"\b{re.escape(word)}(s|ed|ing)?\b" if word in whole else re.escape(word), text.lower())
    ]


def test_every_language_has_its_list() -> None:
    languages = {code for code, _ in settings.LANGUAGES}
    assert languages <= set(PRESSING)
    assert languages <= set(TELLING)


@pytest.mark.parametrize(("language", "channel", "kinds", "is_tonight"), every_message())
def test_no_message_presses_or_tells(
    language: str, channel: str, kinds: tuple[str, ...], is_tonight: bool
) -> None:
    text = CHANNELS[channel](letter(language, kinds, is_tonight=is_tonight))
    assert not found_in(text, PRESSING[language], language)
    assert not found_in(text, TELLING[language], language)
    assert not set("!\u00a1\uff01") & set(text)


@pytest.mark.parametrize(
    "sentence",
    ["You missed it", "do not forget", "3 overdue", "it should be done", "failed", "A streak of 4"],
)
def test_what_is_banned_would_be_found(sentence: str) -> None:
    assert found_in(sentence, PRESSING["en"], "en")


def test_short_words_fit_a_lock_screen_and_a_text_message() -> None:
    for language, _channel, kinds, is_tonight in every_message():
        title, body = words_of(letter(language, kinds, is_tonight=is_tonight))
        assert 0 < len(title) <= 40
        assert 0 < len(body) <= 80


def test_the_last_one_says_so_and_how_to_go_on_or_pause() -> None:
    last = by_mail(letter("en", (ReminderKind.GENTLE,), is_tonight=True))
    assert "rests from now on" in last
    assert "bring it back" in last
    assert "pause" in last
    assert "rests" not in by_mail(letter("en", (ReminderKind.REMINDER,), is_tonight=True))


def test_nothing_of_the_cast_is_in_any_message(cast: Cast) -> None:
    for language, channel, kinds, is_tonight in every_message():
        text = CHANNELS[channel](letter(language, kinds, is_tonight=is_tonight))
        assert not [word for word in cast.planted_words() if word in text]
