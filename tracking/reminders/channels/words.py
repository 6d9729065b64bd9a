"""The words of messages in the language of whoever reads them, and the page they open."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tracking.reminders.channels import Letter
from tracking.wording.reminders import ReminderWords, reminder_words


def said(letter: Letter) -> ReminderWords:
    """Everything the letter says."""
    with translation.override(letter.locale or settings.LANGUAGE_CODE):
        return reminder_words(letter.kinds, is_tonight=letter.is_tonight)


def words_of(letter: Letter) -> tuple[str, str]:
    """Title and body, for where there is room for a line or two."""
    words = said(letter)
    return words.title, words.body


def page_of(letter: Letter) -> str:
    """The path of tonight's page; of several children the page on which to choose."""
    if len(letter.child_ids) > 1:
        return reverse("home")
    return reverse("family_tonight", kwargs={"child": letter.child_ids[0]})
