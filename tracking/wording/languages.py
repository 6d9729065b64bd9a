"""Names of languages, in the reader's language and in their own.

They are Django's, about a hundred. A language without a name is shown by its tag.
"""

from __future__ import annotations

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info


def language_name(tag: str) -> str:
    """As the reader says it, "Arabic"; empty for an empty tag."""
    if not tag:
        return ""
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag


def language_choices() -> list[tuple[str, str]]:
    """(tag, "Arabic (العربيّة)") of every language that has a name, by that name."""
    named = []
    for tag, info in LANG_INFO.items():
        if "name" in info:
            name, own = language_name(tag), info["name_local"]
            named.append((tag, name if own.casefold() == name.casefold() else f"{name} ({own})"))
    return sorted(named, key=lambda one: one[1].casefold())
