"""The words of messages that have room for a line or two, in the language of whoever reads them."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from tracking.reminders.channels import Letter


def words_of(letter: Letter) -> tuple[str, str]:
    """Title and body; the title is a mail's subject."""
    with translation.override(letter.locale or settings.LANGUAGE_CODE):
        title = render_to_string("emails/reminder-subject.txt", {"is_tonight": letter.is_tonight})
        return " ".join(title.split()), gettext("Everything for it is here.")


def page_of(letter: Letter) -> str:
    """The path of tonight's page; of several children the page on which to choose."""
    if len(letter.child_ids) > 1:
        return reverse("home")
    return reverse("family_tonight", kwargs={"child": letter.child_ids[0]})
