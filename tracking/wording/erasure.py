"""The words that replace an erased person's name."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext

from clinic.models import Clinic


def name_instead(clinic: Clinic, *, was_staff: bool) -> str:
    """What stands where the name of a caregiver or of a member of staff stood, in the clinic's language."""
    with translation.override(clinic.locale):
        return gettext("Former member of staff") if was_staff else gettext("Former caregiver")
