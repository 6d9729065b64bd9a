"""What one family of the demo knows of its child: signs, strategies that help, words of its own."""

from __future__ import annotations

import datetime as dt
import uuid

from clinic.models import CaregiverGrant, Child, User
from clinic.services import languages
from tracking.services import family_words, signs, strategies

SIGNS = (
    ("enough", "تفرك أذنها", "ar", "ds_hand_face"),
    ("more", "تمدّ قدمها الأخرى", "ar", "ep_offer"),
    ("enough", "Goes very quiet and stares at the lamp", "en", ""),
)
STRATEGIES = (
    ("warned_first", "", "Say “now I touch your hand”, wait for a breath, then touch.", ["sunscreen_lotion"]),
    ("", "Her own washcloth first", "Let her hold and squeeze it before you wash.", ["groom_face_wash"]),
)
WORDS = (("leg-long-glide", "هكذا ندلّك الساق، من فوق إلى تحت", "ar", True),)


def plant_understanding(child: Child, *, guardian: User, therapist: User, now: dt.datetime) -> None:
    """Signs and words in Arabic, and the therapist's strategies, through the services everybody uses."""
    grant = CaregiverGrant.objects.select_related("user", "child", "family").get(user=guardian, child=child)
    languages.set_languages(
        by=guardian, grant=grant, spoken=["ar", "en"], reading="ar", needs_interpreter=True, now=now
    )
    guardian.reading_language = "ar"
    for number, (asks_for, words, language, cue) in enumerate(SIGNS):
        signs.tell_sign(
            by=guardian,
            child=child,
            client_id=uuid.uuid5(child.id, f"sign {number}"),
            asks_for=asks_for,
            words=words,
            language=language,
            cue=cue,
            now=now,
        )
    for number, (code, name, text, stimuli) in enumerate(STRATEGIES):
        strategies.prescribe_strategy(
            by=therapist,
            child=child,
            client_id=uuid.uuid5(child.id, f"strategy {number}"),
            code=code,
            name=name,
            text=text,
            stimuli=stimuli,
            language="en",
            now=now,
        )
    for about, words, language, is_shared in WORDS:
        family_words.keep_family_words(
            by=guardian,
            child=child,
            family=grant.family,
            about=about,
            words=words,
            language=language,
            is_shared=is_shared,
            now=now,
        )
