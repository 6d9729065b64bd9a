"""Words that change in place keep their past, or it is said why none of it is lost."""

from __future__ import annotations

from tests.architecture.test_languages import words_of
from tests.architecture.test_rows import PASTS, Past, histories, ours

ONCE = "written with the row, and never again"
LAST_STEP = "written once, with the step that ends it"

WORDS_WITHOUT_HISTORY = {
    "clinic.ConsentText": "a draft until it is adopted; from then on a new version is a new row",
    "clinic.BreakGlass": "a reason written with the row, a review with the step that ends it",
    "clinic.Invitation": ONCE,
    "clinic.User": "a person's own name; the audit says when it was changed, nobody needs the old one",
    "tracking.Assessment": ONCE,
    "tracking.CheckIn": ONCE,
    "tracking.ChildStrategy": ONCE,
    "tracking.ClinicClosure": ONCE,
    "tracking.Cosigning": LAST_STEP,
    "tracking.Flag": LAST_STEP,
    "tracking.FlagAcknowledgement": ONCE,
    "tracking.FlagSnooze": ONCE,
    "tracking.FlagText": "another text is another row; adopting fills columns that were empty",
    "tracking.GoalRating": ONCE,
    "tracking.LibraryText": "of the library's version, written by its loader",
    "tracking.Message": ONCE,
    "tracking.PhotoKeeping": ONCE,
    "tracking.PresetWords": "of the library's version, written by its loader",
    "tracking.PushSubscription": ONCE,
    "tracking.QuarantinedEntry": LAST_STEP,
    "tracking.RecordHold": ONCE,
    "tracking.Report": "a draft until it is signed, and from then on a file that nobody changes",
    "tracking.StrokeWords": "of the library's version, written by its loader",
    "tracking.Supervision": ONCE,
    "tracking.TrackedStimulus": ONCE,
    "tracking.WordingAdoption": ONCE,
}
"""Tables with words somebody wrote which no trigger keeps, each with why no word of the past is lost."""

KEPT_BY_TRIGGER = {Past.HISTORY, Past.REVISIONS, Past.APPEND_ONLY, Past.PUBLISHED}


def test_words_that_change_in_place_have_their_history_or_a_reason() -> None:
    without = {
        model._meta.label
        for model in ours()
        if PASTS[model._meta.label] not in KEPT_BY_TRIGGER and list(words_of(model))
    }
    assert without == set(WORDS_WITHOUT_HISTORY)


def test_no_history_says_who_or_why() -> None:
    """Who did what is the audit's to say, in one place and without words (docs/adr/0012)."""
    for history in histories().values():
        names = {field.name for field in history._meta.get_fields()}
        assert not {name for name in names if "context" in name}, history._meta.label
