"""The draft wording of consents, and what withdrawing each one does.

The texts are our own; no guardian is asked with them until a clinic adopts them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from clinic.vocabulary import ConsentKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DRAFT: dict[ConsentKind, _StrPromise] = {
    ConsentKind.RECORD: _(
        "The clinic keeps a record of the massage program, of what we write here and of what the care team"
        " writes, so that it can treat my child. Only the care team, the guardians and the people they invite"
        " can read in it, each as much as they need."
    ),
    ConsentKind.SHARING: _(
        "What is written at my home about my child may be read at the other guardian's home, and theirs at"
        " mine, as far as the clinic has set. Nobody there reads my address, phone, e-mail or where I was."
    ),
    ConsentKind.MEDIA: _(
        "Photos and recordings of my child that I or people I invite send may be seen and heard by the care"
        " team, for the treatment alone. They are not passed on."
    ),
    ConsentKind.RESEARCH: _(
        "My child may be counted, without a name and only in groups, in figures with which the clinic looks"
        " at how its work helps."
    ),
}

ONCE_TAKEN_BACK: dict[ConsentKind, _StrPromise] = {
    ConsentKind.RECORD: _(
        "Nothing is deleted by this. Your care team is told, and talks with you about what is to go on and"
        " what is to be erased."
    ),
    ConsentKind.SHARING: _("From then on each person reads only their own entries."),
    ConsentKind.MEDIA: _(
        "From then on no new photos reach the clinic, and those it has are hidden from the team, until you"
        " agree again."
    ),
    ConsentKind.RESEARCH: _("From then on your child is in no such figures."),
}
"""What guardians read beside each item: what taking it back does."""
