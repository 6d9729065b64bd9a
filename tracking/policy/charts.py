"""Permissions on the choice of a child's charts."""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import places
from tracking.models import ChartChoice


def may_view_chart_choice(user: User, choice: ChartChoice) -> bool:
    """Agrees with `ChartChoice.objects.visible_to(user)`."""
    return places(user, choice.child).is_reading


def may_choose_charts(user: User, child: Child) -> bool:
    """Whoever treats the child: what is drawn is read for a decision that is theirs."""
    return places(user, child).is_treating
