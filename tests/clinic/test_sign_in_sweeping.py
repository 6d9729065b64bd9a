"""What is left of sign-ins that are over goes by night; what still opens something stays."""

from __future__ import annotations

import datetime as dt

from allauth.idp.oidc.models import Client as App
from allauth.idp.oidc.models import Token
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from clinic import rls
from clinic.jobs import as_system
from clinic.models import Child, User
from clinic.services import sign_in_sweeping
from clinic.tasks import sweep_sign_ins
from tests.cast import Cast


def sign_in(user: User, key: str, *, days: int) -> None:
    """A sign-in of `user` that is over in so many days, with its device."""
    Session.objects.create(session_key=key, session_data="", expire_date=rls.now() + dt.timedelta(days=days))
    UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="")


def token(user: User, mark: str, *, days: int | None) -> None:
    app, _ = App.objects.get_or_create(name="Their Diary")
    ends = None if days is None else rls.now() + dt.timedelta(days=days)
    Token.objects.create(type="at", hash=mark, client=app, user=user, expires_at=ends)


def left() -> tuple[set[str], set[str], set[str]]:
    """Keys of sessions, keys of devices, marks of tokens."""
    return (
        set(Session.objects.values_list("session_key", flat=True)),
        set(UserSession.objects.values_list("session_key", flat=True)),
        set(Token.objects.values_list("hash", flat=True)),
    )


def test_what_is_over_goes_and_what_still_opens_something_stays(cast: Cast) -> None:
    for user in (cast.fay, cast.olga):
        sign_in(user, f"over {user.pk.hex[-8:]}", days=-1)
        sign_in(user, f"open {user.pk.hex[-8:]}", days=1)
        token(user, f"over {user.pk}", days=-1)
        token(user, f"open {user.pk}", days=1)
    token(cast.fay, "for good", days=None)
    UserSession.objects.create(user=cast.fay, session_key="ended", ip="127.0.0.1", user_agent="")
    sweep_sign_ins()
    keys = {f"open {user.pk.hex[-8:]}" for user in (cast.fay, cast.olga)}
    marks = {f"open {user.pk}" for user in (cast.fay, cast.olga)} | {"for good"}
    assert left() == (keys, keys, marks)


def test_it_goes_in_batches_and_sees_nothing_else(cast: Cast) -> None:
    for number in range(3):
        token(cast.fay, f"over {number}", days=-1)
    with as_system(rls.SIGNING_IN):
        assert [sign_in_sweeping.remove_some(limit=2) for _each in range(3)] == [2, 1, 0]
        assert not Child.objects.exists()
