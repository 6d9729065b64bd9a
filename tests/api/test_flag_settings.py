"""What a clinic sets about its flags, over the API: read by all staff, changed by owners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clinic.models import User
from tests.api.client import Answer, App
from tests.cast import Cast

AppOf = Callable[[User], App]
SETTINGS = "/api/v1/clinics/harbor/flag-settings"


def of(answer: Answer, what: str, **named: str) -> dict[str, Any]:
    """The one of a list that is called so."""
    [(name, value)] = named.items()
    found: dict[str, Any] = next(one for one in answer[what] if one[name] == value)
    return found


def test_an_owner_sets_hours_and_days_off_which_staff_read(cast: Cast, app_of: AppOf) -> None:
    ottos, tesss = app_of(cast.otto), app_of(cast.tess)
    assert tesss.get(SETTINGS)["is_usual"] is True
    monday = {"weekday": 0, "opens": "08:30:00", "closes": "12:00:00"}
    kept = ottos.put(f"{SETTINGS}/hours", {"hours": [monday]})
    assert (kept["hours"], kept["is_usual"]) == ([monday], False)
    turned = ottos.put(f"{SETTINGS}/hours", {"hours": [monday | {"closes": "08:00:00"}]})
    assert (turned.status, turned.fields) == (400, {"closes": "invalid"})

    closed = ottos.post(f"{SETTINGS}/closures", {"from_on": "2026-12-24", "reason": "Holidays"})
    [closure] = closed["closures"]
    assert (closed.status, closure["until_on"], closure["reason"]) == (201, "2026-12-24", "Holidays")
    assert tesss.get(SETTINGS)["closures"] == [closure]
    assert ottos.delete(f"{SETTINGS}/closures/{closure['id']}")["closures"] == []


def test_an_owner_sets_numbers_and_switches_a_rule_off(cast: Cast, app_of: AppOf) -> None:
    ottos = app_of(cast.otto)
    changed = ottos.patch(f"{SETTINGS}/numbers", {"values": {"no_logs_flag_after_days": 9}})
    number = of(changed, "numbers", name="no_logs_flag_after_days")
    assert (number["value"], number["default"], number["is_set"]) == (9, 7, True)
    back = ottos.patch(f"{SETTINGS}/numbers", {"values": {"no_logs_flag_after_days": None}})
    assert of(back, "numbers", name="no_logs_flag_after_days")["is_set"] is False
    refused = ottos.patch(f"{SETTINGS}/numbers", {"values": {"no_logs_flag_after_days": 90}})
    assert (refused.status, refused["errors"][0]["field"]) == (400, "no_logs_flag_after_days")

    short = ottos.put(f"{SETTINGS}/rules/fever_any", {"is_on": False, "reason": "No"})
    assert (short.status, list(short.fields)) == (400, ["reason"])
    off = ottos.put(f"{SETTINGS}/rules/no_logs", {"is_on": False, "reason": "Paper families"})
    assert [(one["code"], one["reason"], one["set_by"]) for one in off["off"]] == [
        ("no_logs", "Paper families", cast.otto.name)
    ]
    assert ottos.put(f"{SETTINGS}/rules/no_logs", {"is_on": True})["off"] == []
    assert ottos.put(f"{SETTINGS}/rules/no_rule", {"is_on": True}).status == 404


def test_an_owner_names_who_reads_and_never_nobody(cast: Cast, app_of: AppOf) -> None:
    ottos = app_of(cast.otto)
    told = {"within_minutes": 45, "readers": ["care_team", "owner"], "owner": str(cast.otto.pk)}
    kept = ottos.put(f"{SETTINGS}/responses/urgent", told)
    assert of(kept, "responses", severity="urgent") == {"severity": "urgent", **told}
    stranger = ottos.put(f"{SETTINGS}/responses/urgent", told | {"owner": str(cast.tess.pk)})
    assert (stranger.status, list(stranger.fields)) == (400, ["owner"])
    nobody = ottos.put(f"{SETTINGS}/responses/urgent", told | {"readers": ["cover"]})
    assert (nobody.status, nobody.code) == (409, "nobody_reads")


def test_a_therapist_words_and_adopts_what_families_read(cast: Cast, app_of: AppOf) -> None:
    tesss, text = app_of(cast.tess), f"{SETTINGS}/texts/no_logs"
    drafted = of(tesss.put(text, {"text": "How are you?"}), "texts", code="no_logs")
    assert (drafted["text"], drafted["is_adopted"], drafted["adopted"]) == ("How are you?", False, None)
    adopted = tesss.put(f"{text}/adoption", {"text": "How is it going?", "credential": "OTR/L"})
    spoken = of(adopted, "texts", code="no_logs")["adopted"]
    assert (spoken["text"], spoken["name"], spoken["credential"]) == (
        "How is it going?",
        cast.tess.name,
        "OTR/L",
    )
    unsigned = tesss.put(f"{text}/adoption", {"text": "Hello", "credential": "MD"})
    assert (unsigned.status, unsigned.code) == (409, "credential_needed")
    assert app_of(cast.asha).put(text, {"text": "Hello"}).status == 403
