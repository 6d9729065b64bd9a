"""Forms for children, their homes, their caregivers, and invitations."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.models import Child, ChildHome, ClinicMembership, Family
from clinic.vocabulary import (
    CareTeamKind,
    DischargeReason,
    EpisodeState,
    GrantKind,
    SharingMode,
)
from tracking.services.archiving import Given
from tracking.services.precautions import RECORDABLE
from tracking.vocabulary.body import ObservationRegion
from tracking.vocabulary.reasons import PrecautionCode
from tracking.wording import labels
from web.forms.inputs import code_field, day_field, long_text, typed_code_field, weekdays_field, zone_field

YES_NO_UNKNOWN = (("", _("not known")), ("yes", _("yes")), ("no", _("no")))


class ChildForm(forms.Form):
    """Who the child is. What only the care team sets is left out for others."""

    first_name = forms.CharField(label=_("First name"), max_length=100)
    last_name = forms.CharField(label=_("Last name"), required=False, max_length=100)
    nickname = forms.CharField(
        label=_("Called at home"), required=False, max_length=100, help_text=_("What the family's pages say.")
    )
    born_on = day_field(_("Born on"))
    gestation_weeks = forms.IntegerField(
        label=_("Weeks of pregnancy at birth"),
        required=False,
        min_value=20,
        max_value=45,
        help_text=_("Completed weeks; under 37 the age is corrected. Empty: not known."),
    )
    gestation_days = forms.IntegerField(
        label=_("and days"), required=False, min_value=0, max_value=6, initial=0
    )
    had_neonatal_care = forms.BooleanField(
        label=_("Was in neonatal intensive care"),
        required=False,
        help_text=_("The stop rule is then the gentler one, unless set otherwise."),
    )
    is_moving_about = forms.ChoiceField(
        label=_("Rolls, crawls or walks"), choices=YES_NO_UNKNOWN, required=False
    )

    CLINICAL = ("had_neonatal_care", "is_moving_about")

    def child(self) -> dict[str, Any]:
        """What the service is told of the child."""
        told = {name: self.cleaned_data[name] for name in ChildForm.base_fields if name in self.cleaned_data}
        told["gestation_days"] = told["gestation_days"] or 0
        if "is_moving_about" in told:
            told["is_moving_about"] = {"yes": True, "no": False}.get(told["is_moving_about"])
        return told


class NewChildForm(ChildForm):
    """A child to be enrolled, with a first home."""

    home_name = forms.CharField(
        label=_("Name of the home"), max_length=200, help_text=_("As the clinic calls it: “Fay's home”.")
    )
    zone = zone_field()
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    contact_email = forms.EmailField(label=_("E-mail address of the home"), required=False)
    address = long_text(_("Address"), required=False, most=2000)
    state = forms.ChoiceField(
        label=_("Care"),
        choices=lambda: labels.choices(
            EpisodeState, [EpisodeState.ACTIVE, EpisodeState.WAITING, EpisodeState.REFERRED]
        ),
        initial=EpisodeState.ACTIVE,
    )

    HOME = ("home_name", "zone", "phone", "contact_email", "address")

    @property
    def home_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.HOME]


class EditChildForm(ChildForm):
    """What the clinic knows of a child in care."""

    sharing_mode = code_field(
        _("What one home sees of the other"),
        SharingMode,
        widget=forms.RadioSelect,
        help_text=_("Only where the child has two homes."),
    )

    def __init__(self, *args: Any, is_team: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_team:
            for name in self.CLINICAL:
                del self.fields[name]

    def changes(self) -> dict[str, Any]:
        told = self.child()
        return {**told, "sharing_mode": self.cleaned_data["sharing_mode"]}

    @staticmethod
    def initial_of(child: Child) -> dict[str, Any]:
        moving = {True: "yes", False: "no", None: ""}[child.is_moving_about]
        names = (*ChildForm.base_fields, "sharing_mode")
        return {name: getattr(child, name) for name in names} | {"is_moving_about": moving}


class PrecautionForm(forms.Form):
    """A precaution or an allergy. What the library needs of it is demanded by the service."""

    code = forms.ChoiceField(
        label=_("What it is"),
        choices=lambda: [("", gettext("Choose")), *labels.choices(PrecautionCode, RECORDABLE)],
    )
    region = code_field(_("Part of the body"), ObservationRegion, required=False, empty=_("no one part"))
    substance = forms.CharField(
        label=_("Substance"), required=False, max_length=100, help_text=_("For an allergy: what to.")
    )
    from_on = day_field(_("From"), required=False, help_text=_("Empty: from today."))
    until_on = day_field(_("Until"), required=False, help_text=_("The last day it applies; empty: open."))
    note = long_text(_("Note"), required=False, most=1000)

    def told(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        if told["from_on"] is None:
            del told["from_on"]
        return told


class HomeForm(forms.Form):
    """A household, and the days the child is there; of a home that is there already, from when on."""

    name = forms.CharField(label=_("Name of the home"), max_length=200)
    weekdays = weekdays_field(_("The child is here on"), help_text=_("None ticked: every day."))
    zone = zone_field()
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    contact_email = forms.EmailField(label=_("E-mail address"), required=False)
    address = long_text(_("Address"), required=False, most=2000)

    def household(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name] for name in ("name", "zone", "phone", "contact_email", "address")
        }

    @staticmethod
    def initial_of(home: ChildHome, weekdays: Iterable[int]) -> dict[str, Any]:
        """`weekdays` are those of the week in force."""
        family = home.family
        return {
            "name": family.name,
            "weekdays": sorted(weekdays),
            "zone": family.zone,
            "phone": family.phone,
            "contact_email": family.contact_email,
            "address": family.address,
        }


class KnownHomeForm(HomeForm):
    """A home that is there already: other days hold from a day on."""

    from_on = day_field(_("These days hold from"), help_text=_("Earlier days keep the week they had."))

    field_order = ("name", "weekdays", "from_on")


class SwapForm(forms.Form):
    """One day at another home than the week says."""

    on = day_field(_("On"))

    def __init__(self, *args: Any, families: Iterable[Family], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.families = {str(family.pk): family for family in families}
        self.fields["family"] = forms.ChoiceField(
            label=_("The child is at"),
            required=False,
            choices=[
                ("", _("as the week says")),
                *((pk, family.name) for pk, family in self.families.items()),
            ],
        )

    def family(self) -> Family | None:
        """The home chosen; None: as the week says."""
        return self.families.get(self.cleaned_data["family"])


class InvitationForm(forms.Form):
    """Somebody who is to care for the child."""

    kind = code_field(_("As"), GrantKind, widget=forms.RadioSelect)
    relationship = forms.CharField(
        label=_("Who they are to the child"),
        required=False,
        max_length=60,
        help_text=_("Mother, grandfather, nanny …"),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_(
            "The link is sent there and opens for this address alone. Empty: you hand over a letter."
        ),
    )
    last_on = day_field(
        _("Access ends after"), required=False, help_text=_("A last day, for a while. Empty: for good.")
    )


class HelperForm(forms.Form):
    """Somebody whom a guardian asks to help at home."""

    relationship = forms.CharField(
        label=_("Who they are to the child"),
        required=False,
        max_length=60,
        help_text=_("Grandmother, nanny, friend …"),
    )
    email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        help_text=_("Leave it out to show a code, or print a letter."),
    )
    last_on = day_field(
        _("Their last day"), required=False, help_text=_("For a holiday, say. Leave it out: for good.")
    )


class TypedCodeForm(forms.Form):
    """The code of a printed letter."""

    code = typed_code_field(_("The code in your letter"))


def staff_field(label: Any, memberships: Iterable[ClinicMembership], **more: Any) -> forms.ChoiceField:
    """One of the clinic's staff, by the id of their account."""
    choices = [(str(one.user_id), one.user.name) for one in memberships]
    blank = [("", _("nobody"))] if not more.get("required", True) else [("", _("Choose"))]
    return forms.ChoiceField(label=label, choices=[*blank, *choices], **more)


class JoinTeamForm(forms.Form):
    """A place on the care team."""

    def __init__(
        self, *args: Any, staff: list[ClinicMembership], treating: list[ClinicMembership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["therapist"] = staff_field(_("Who"), staff)
        self.fields["kind"] = forms.ChoiceField(
            label=_("As"),
            choices=labels.choices(CareTeamKind, [CareTeamKind.MEMBER, CareTeamKind.LEAD]),
        )
        self.fields["supervisor"] = staff_field(
            _("Supervised by"), treating, required=False, help_text=_("For assistants and students.")
        )


class CoverForm(forms.Form):
    """A dated place on the care team, for a colleague who is away."""

    until_on = day_field(_("Until"), help_text=_("The last day."))

    def __init__(self, *args: Any, treating: list[ClinicMembership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["therapist"] = staff_field(_("Who covers"), treating)
        self.order_fields(["therapist", "until_on"])


class ToForm(forms.Form):
    """To whom a place is handed over, or under whom it is."""

    def __init__(self, *args: Any, treating: list[ClinicMembership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = staff_field(_("To"), treating)


class CaseloadForm(ToForm):
    """Which of somebody's children are handed over, and to whom; all of them at first."""

    places = forms.MultipleChoiceField(label=_("Children"), widget=forms.CheckboxSelectMultiple)

    field_order = ("places", "to")

    def __init__(
        self,
        *args: Any,
        treating: list[ClinicMembership],
        places: list[tuple[uuid.UUID, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, treating=treating, **kwargs)
        field = self.fields["places"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(pk), name) for pk, name in places]
        field.initial = [str(pk) for pk, _name in places]
        self.order_fields(self.field_order)

    def chosen(self) -> list[uuid.UUID]:
        """The places, as the service takes them."""
        return [uuid.UUID(one) for one in self.cleaned_data["places"]]


class EpisodeForm(forms.Form):
    """The state of care."""

    state = forms.ChoiceField(
        label=_("Care"),
        choices=lambda: labels.choices(
            EpisodeState,
            [EpisodeState.REFERRED, EpisodeState.WAITING, EpisodeState.ACTIVE, EpisodeState.ON_HOLD],
        ),
    )


class DischargeForm(forms.Form):
    """The end of an episode of care."""

    reason = code_field(_("Why"), DischargeReason)
    on = day_field(_("On"))
    words = long_text(
        _("To go on with"),
        required=False,
        most=8000,
        help_text=_("The maintenance plan, in words for everybody who cares for the child."),
    )
    keeps_steps = forms.BooleanField(
        label=_("The steps they know may go on, without reminders"), required=False
    )
    summary = long_text(
        _("Summary"), required=False, most=8000, help_text=_("For the guardians; the team reads it too.")
    )
    follow_up_on = day_field(
        _("Look again on"), required=False, help_text=_("That day the caseload asks somebody to.")
    )

    def __init__(self, *args: Any, gives: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not gives:
            for name in ("words", "keeps_steps", "summary", "follow_up_on"):
                del self.fields[name]

    def told(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        reason, on = DischargeReason(told.pop("reason")), told.pop("on")
        return {"reason": reason, "on": on, "given": Given(**told)}


class SinceForm(forms.Form):
    """The day something began."""

    on = day_field(_("Since"))


class DiedForm(forms.Form):
    """The day, and that whoever tells it was asked again."""

    on = day_field(_("Day"))
    is_sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
