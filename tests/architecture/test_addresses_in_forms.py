"""An email address that somebody has is answered in a form as one that nobody has."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests import matrix
from tests.alike import difference
from tests.cast import Cast, planted_email
from tests.forms import LOOKING, shown, submitted


def test_a_known_address_in_a_form_is_answered_as_an_unknown_one(
    cast: Cast, say_at_the_end: Callable[[str], None]
) -> None:
    """Tova's, whom nobody here knows of, and one that nobody has."""
    world = matrix.build(cast)
    told, asked, is_taken = [], set(), False
    for actor, _, form in shown(world, ("anonymous", *LOOKING)):
        for name in form.addresses:
            if (form.action, name) in asked:
                continue
            asked.add((form.action, name))
            known, unknown = (
                DRAWN.sub(b"<drawn>", submitted(world, actor, form, name, planted_email(one)))
                for one in ("tova", "tovx")
            )
            is_taken = is_taken or unknown.startswith(b"302")
            if known != unknown:
                told.append(f"{form.action} {name} as {actor}: {difference(known=known, unknown=unknown)}")
    say_at_the_end(f"fields of forms that take an address: {len(asked)}")
    assert len(asked) > 3
    assert is_taken
    assert not told, "\n".join(told)


DRAWN = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f-]{27}|<svg.*?</svg>|Content-Length: \d+"
    rb"|[\w-]{43}|(?:[A-Z0-9]{4}[ -]){2}[A-Z0-9]{4}",
    re.DOTALL,
)
"""What is drawn by lot for each answer: ids, links and codes of invitations, pictures of them."""
