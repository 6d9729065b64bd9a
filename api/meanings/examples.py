"""What a request may say, to be read: an example of every body is put together of these.

`"Session.outcome"` is for one shape, `"reason"` for whatever is called that. A body shows what it needs and
what stands here; what is neither here nor needed is left out of it. Nothing here is anybody's.
"""

from __future__ import annotations

from typing import Any

AN_ID = "01980000-0000-7000-8000-000000000001"
A_DAY = "2026-11-26"
AN_INSTANT = "2026-11-26T18:55:00-05:00"

EXAMPLES: dict[str, Any] = {
    # ---- signing in and joining ----
    "Address.email": "fay@example.org",
    "Credentials.email": "fay@example.org",
    "password": "a long password of one's own",
    "SecondFactor.code": "123456",
    "SignInCode.code": "K7QM-2R9T-XW4H",
    "refresh_token": "the refresh token of this device",
    "Passkey.name": "Fay's phone",
    "key": "K7QM-2R9T-XW4H",
    "Join.name": "Fay",
    "Join.email": "fay@example.org",
    "spoken_languages": ["en", "es"],
    "Wishes.reminders_by": "web_push",
    "Wishes.notices_by": "email",
    "Wishes.quiet_from": "21:30",
    "Wishes.quiet_until": "07:00",
    "Browser.endpoint": "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "Browser.p256dh": "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u"
    "-Ts1XbjhazAkj7I99e8QcYP7DkM",
    "Browser.auth": "tBHItJI5svbpez7KI4CCXg",
    "Number.number": "+1 555 010 0123",
    "Code.code": "1234-5678",
    "reading_language": "en",
    # ---- entries ----
    "zone": "America/New_York",
    "Session.outcome": "stopped",
    "Session.ended_by": "child",
    "Session.minutes": 3.5,
    "Session.state_before": "quiet_alert",
    "Session.state_after": "drowsy",
    "Session.cues": [{"code": "ds_look_away", "moment": "during", "at_seconds": 170}],
    "Bedtime.lights_out_at": "2026-11-26T19:42:00-05:00",
    "Bedtime.asleep_at": "2026-11-26T20:01:00-05:00",
    "Observation.stimulus": "sunscreen_lotion",
    "Observation.responses": ["withdraw", "cry"],
    "Observation.intensity": 3,
    "Observation.recovery_minutes": 4,
    "Observation.region": "hands",
    "TrackedStimulus.stimulus": "cloth_tag",
    "stimuli": ["cloth_tag"],
    "CheckIn.how_it_was": 2,
    "CheckIn.how_sure": 4,
    "Concern.kind": "temperature",
    "Concern.temperature": 38.2,
    "Concern.temperature_unit": "celsius",
    "Withdrawal.base_revision": 1,
    "Operation.do": "put",
    "Operation.kind": "observation",
    "Operation.id": AN_ID,
    "Operation.body": {
        "stimulus": "cloth_tag",
        "intensity": 2,
        "occurred_at": AN_INSTANT,
        "zone": "America/New_York",
    },
    # ---- words ----
    "Message.body": "She liked the legs best tonight.",
    "SafeguardingNote.body": "What was seen, and what was said.",
    "Words.words": "Hello, little feet.",
    "Sign.words": "Turns her head to the window.",
    "Discharge.words": "Go on with what she asks for.",
    "ConcernPlan.text": "Call the clinic before the next session.",
    "Text.text": "Leave this part out for now.",
    "Adoption.text": "Leave this part out for now.",
    "Adoption.credential": "OTR/L",
    "OwnStrategy.text": "Let her touch it first.",
    "OwnStrategy.name": "First the hands",
    "Strategy.code": "warned_first",
    "Goal.title": "Wear any shirt",
    "GoalChange.title": "Wear any shirt",
    "ladder": ["takes it off", "5 minutes with help", "30 minutes", "a morning", "all day, any shirt"],
    "Assessment.totals": [{"score": "performance", "value": 3.5}],
    "Total.score": "performance",
    "Total.value": 3.5,
    "Label.name": "Follow-up",
    "Class.title": "Thursday mornings",
    "Keeping.reason": "To be compared at the next visit.",
    "Discard.reason": "Told by phone already.",
    "Closing.reason": "Called the family; all is well.",
    "Snooze.reason": "The family is away until Monday.",
    "Snooze.until_at": "2026-11-30T09:00:00-05:00",
    "GlassReason.reason": "Called by the emergency room about this child.",
    "NamedChild.reason": "Called by the emergency room about this child.",
    "NamedChild.first_name": "Robin",
    "GlassReview.review": "Read as told; the family was informed.",
    "Return.remark": "Say how long it held.",
    "Acknowledgement.will_do": "Calls this afternoon.",
    # ---- choices ----
    "Export.format": "csv",
    "AskPlan.questions": ["state_before", "cues"],
    "Charts.charts": ["body_map", "cue_balance"],
    "ErasureRequest.about": "child",
    "Contact.state": "planned",
    "ContactChange.starts_at": AN_INSTANT,
    "opens": "09:00",
    "closes": "17:00",
    "RoutineTime.at": "18:30",
    "Numbers.values": {"no_logs_flag_after_days": 5},
    "within_minutes": 60,
    "minutes": 45,
    "weekdays": [0, 1, 2],
    "credential": {"id": "…", "type": "public-key", "response": {}},
    "Shown.stroke": "leg-long-glide",
    "Shown.grant": AN_ID,
    "Attendance.strokes": ["leg-long-glide"],
}

BY_FORMAT: dict[str, str] = {"uuid": AN_ID, "date": A_DAY, "date-time": AN_INSTANT}
