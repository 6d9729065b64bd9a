"""Meanings of the fields of errors."""

from __future__ import annotations

REFUSALS: dict[str, str] = {
    "FieldProblem.code": "Stable: the same as of a refusal, or which rule the input broke.",
    "Problem.title": "The status in words, in the language asked for.",
    "Problem.status": "The HTTP status again, 400 to 599.",
    "Problem.code": "Stable, for programs. Read one you do not know by the status.",
    "Problem.detail": "Why, in a sentence for people, in the language asked for.",
    "Problem.errors": "Every input at fault; empty where it is no single input's.",
}
