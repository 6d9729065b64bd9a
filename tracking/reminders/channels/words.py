"""The words of messages in the recipient's language, and the page they open."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tracking.models.notices import AT_ONCE, NoticeKind
from tracking.reminders.channels import Letter
from tracking.wording.notices import notice_words
from tracking.wording.reminders import ReminderWords, reminder_words


def said(letter: Letter) -> ReminderWords:
    """Everything the letter says."""
    with translation.override(letter.locale or settings.LANGUAGE_CODE):
        if is_notice(letter):
            return notice_words(letter.kinds, is_to_staff=letter.is_to_staff)
        return reminder_words(letter.kinds, is_tonight=letter.is_tonight)


def is_notice(letter: Letter) -> bool:
    """Whether it tells what happened; else it reminds. No message does both."""
    return letter.kinds[0] in NoticeKind.values


def words_of(letter: Letter) -> tuple[str, str]:
    """Title and body, for where there is room for a line or two."""
    words = said(letter)
    return words.title, words.body


PAGES = {NoticeKind.MESSAGE: "family_messages", NoticeKind.REPORT_SHARED: "family_reports"}
"""What a family's notice opens that tells of one kind; tonight's page where it is not here."""


def page_of(letter: Letter) -> str:
    """The path of the page it opens; of several children the one on which to choose.

    For staff the caseload, or the flags, of whichever clinic is theirs: the address names none.
    """
    if letter.is_to_staff:
        return reverse("home") + ("?to=flags" if set(AT_ONCE) & set(letter.kinds) else "")
    if len(letter.child_ids) > 1:
        return reverse("home")
    kinds = set(letter.kinds)
    page = PAGES.get(NoticeKind(letter.kinds[0])) if is_notice(letter) and len(kinds) == 1 else None
    return reverse(page or "family_tonight", kwargs={"child": letter.child_ids[0]})


def wishes_of(letter: Letter) -> str:
    """The path of the page on which to change how, and whether, messages like it come."""
    if is_notice(letter):
        return reverse("own_ways")
    return reverse("family_reminders", kwargs={"child": letter.child_ids[0]})
