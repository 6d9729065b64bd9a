"""Languages by their BCP 47 tags in lower case: "en", "ar", "zh-hant", "pt-br".

Any well-formed tag is accepted, because a family may speak a language that we cannot name. Names of languages
are in `tracking.wording.languages`.
"""

from __future__ import annotations

import re

LONGEST_TAG = 16

_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})?", re.ASCII)


def language_tag(told: str) -> str | None:
    """The tag in its one spelling here ("zh_Hant" is "zh-hant"); None for what is no tag at all."""
    tag = told.strip().replace("_", "-").lower()
    return tag if len(tag) <= LONGEST_TAG and _TAG.fullmatch(tag) else None
