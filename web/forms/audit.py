"""Forms for filtering the audit, and for checking it against heads kept elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.vocabulary import AuditCode
from tracking.readings.clinic_audit import UNTOLD, Asked
from tracking.wording import labels
from web.forms.inputs import day_field

LONGEST_HEADS = 100_000


class AskedForm(forms.Form):
    """Filters; what is no choice of ours asks for nothing. Without `children` it is about one already."""

    child = forms.ChoiceField(label=_("Child"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)
    kind = forms.ChoiceField(label=_("What"), required=False)
    on = day_field(_("Day"), required=False)

    def __init__(
        self,
        *args: Any,
        people: Iterable[tuple[uuid.UUID, str]],
        children: Iterable[tuple[uuid.UUID, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(
            ((code.value, labels.label(AuditCode, code)) for code in AuditCode if code not in UNTOLD),
            key=lambda one: one[1],
        )
        if children is None:
            del self.fields["child"]
        for name, choices in (("child", children), ("person", people), ("kind", kinds)):
            if choices is None:
                continue
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Any")), *((str(code), words) for code, words in choices)]

    def told_in(self, query: Mapping[str, str]) -> dict[str, str]:
        """The filters of an address, as its next page keeps them."""
        return {name: query[name] for name in self.fields if query.get(name)}

    def asked(self) -> Asked:
        """As the reading takes it."""
        told = self.cleaned_data if self.is_valid() else {}
        return Asked(
            child=uuid.UUID(told["child"]) if told.get("child") else None,
            person=uuid.UUID(told["person"]) if told.get("person") else None,
            kind=AuditCode(told["kind"]) if told.get("kind") else None,
            on=told.get("on"),
        )


class HeadsForm(forms.Form):
    """Heads that were downloaded before."""

    heads = forms.FileField(
        label=_("How far it was sealed, as downloaded before"),
        required=False,
        help_text=_("With it, an audit that was written anew as a whole is found too."),
    )

    def clean_heads(self) -> str:
        """The text of the file; empty where there is none."""
        sent = self.cleaned_data["heads"]
        if sent is None:
            return ""
        if sent.size > LONGEST_HEADS:
            raise forms.ValidationError(_("This is no file of ours: it is too long."))
        return str(sent.read().decode(errors="replace"))
