"""How care goes on and ends in the demo: drafts that wait, a discharge, a stay in hospital."""

from __future__ import annotations

import datetime as dt

from clinic.localtime import local_day
from clinic.models import Child, User
from clinic.vocabulary import DischargeReason
from tracking.management.demo.people import Planted
from tracking.services import archiving, cosigning, goals, notes, stopping_everything
from tracking.services.archiving import Given

DRAFTING, DISCHARGED, IN_HOSPITAL = "Cleo", "Ezra", "Wren"
SINCE_DISCHARGE = dt.timedelta(days=3)


def go_their_way(planted: Planted, therapists: dict[str, User], *, now: dt.datetime) -> None:
    """Write them for the clinic that has these children; `therapists` by the child's first name."""
    if DRAFTING not in planted.children:
        return
    tess = therapists[DRAFTING]
    _draft(planted.children[DRAFTING], planted.staff["asha"], planted.staff["stella"], tess, now)
    discharged_at = now - SINCE_DISCHARGE
    child = planted.children[DISCHARGED]
    archiving.discharge_child(
        by=therapists[DISCHARGED],
        child=child,
        reason=DischargeReason.GOALS_MET,
        given=Given(
            words="Keep the legs and feet before bed as long as you both enjoy it. Tags out, seams outside, "
            "and the firm hug first when a day was loud. Call us whenever something worries you.",
            summary="Ezra wears what he is given on most mornings, and bedtime is short again. Both changed "
            "alongside the program; why, a diary cannot say.",
            keeps_steps=True,
            follow_up_on=local_day(now, child.clinic.zone),
        ),
        now=discharged_at,
    )
    child = planted.children[IN_HOSPITAL]
    since = local_day(now, child.clinic.zone) - dt.timedelta(days=1)
    stopping_everything.set_in_hospital(by=therapists[IN_HOSPITAL], child=child, since=since, now=now)


def _draft(child: Child, asha: User, stella: User, tess: User, now: dt.datetime) -> None:
    """Three drafts that wait for Tess, and one she returned."""
    hours = [now - dt.timedelta(hours=back) for back in (49, 26, 25, 4)]
    notes.write_note(
        by=asha,
        child=child,
        body="Showed Fay the long glide again: slower, and both hands stay on. Cleo offered the other foot.",
        now=hours[0],
    )
    note = notes.write_note(by=stella, child=child, body="Cleo liked the session today.", now=hours[1])
    goals.set_goal(
        by=stella,
        child=child,
        title="Hands on the face without turning away",
        own_words="I would love to wash her face without tears",
        ladder=[
            "turns away and cries at every touch of the face",
            "turns away, settles within a minute",
            "lets the cheeks be touched with the song",
            "lets the whole face be washed with the song",
            "leans into the cloth",
        ],
        set_on=local_day(hours[2], child.clinic.zone),
        now=hours[2],
    )
    draft = cosigning.ask_for_cosigning(by=stella, child=child, subject=note, now=hours[1])
    assert draft is not None
    remark = "What did you see that told you so? A cue or two, please."
    cosigning.return_draft(by=tess, draft=draft, remark=remark, now=hours[3])
