"""Long forms as steps: what was typed waits in the session, is looked at as a whole, and is then done once.

Each step has an address of its own, so that the browser's back button leads to the step before with what was typed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.http import HttpRequest, QueryDict

from emporion.domain.refusal import Refusal
from emporion.web.shell.respond import refused_in

CHECK = "check"
SEEN = "seen"
F = TypeVar("F", bound=forms.Form)


class Steps(Generic[F]):
    """A form in steps. ``make`` gives the form for data and initial values; ``steps`` the fields of each step."""

    def __init__(
        self, request: HttpRequest, key: str, steps: Mapping[str, Sequence[str]], make: Callable[..., F]
    ) -> None:
        self.request, self.key, self.steps, self.make = request, f"steps:{key}", steps, make

    @property
    def typed(self) -> dict[str, list[str]]:
        """What was typed so far, by field."""
        return dict(self.request.session.get(self.key, {}))

    def at(self, step: str) -> F:
        """The form of a step: by POST with the errors of its fields alone, else with what was typed before."""
        if self.request.method != "POST":
            return self._begun()
        form = self.make(_data(self.typed | self._posted(step)))
        for name in [name for name in form.errors if name not in self.steps[step]]:
            del form.errors[name]
        return form

    def keep(self, step: str) -> str:
        """Keep what was typed in a step; the name of the next one."""
        self.request.session[self.key] = self.typed | self._posted(step)
        names = [*self.steps, CHECK]
        return names[names.index(step) + 1]

    def whole(self) -> F:
        """The form with all that was typed."""
        return self.make(_data(self.typed))

    def wrong(self, form: F) -> str:
        """The first step with an error; the first of all where the error is no field's; empty without errors."""
        if not form.errors:
            return ""
        return next(
            (step for step, names in self.steps.items() if set(names) & set(form.errors)), next(iter(self.steps))
        )

    def done(self, form: F, do: Callable[[], object], fields: Mapping[str, str]) -> str:
        """Do what was looked at and forget what was typed; the step with the error where it is refused."""
        try:
            do()
        except Refusal as refusal:
            refused_in(form, refusal, fields)
            return self.wrong(form)
        self.request.session.pop(self.key, None)
        return ""

    @property
    def seen(self) -> str:
        """Names what is shown to be checked, so that nothing is done that another window has changed since."""
        return hashlib.sha256(json.dumps(self.typed, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def is_as_seen(self) -> bool:
        """Whether what was looked at is what was typed last."""
        return self.request.POST.get(SEEN) == self.seen

    def answers(self, form: F) -> list[tuple[str, list[tuple[str, str]]]]:
        """What was typed as its reader checks it: each step with its fields in words."""
        return [(step, [answer_of(form, name) for name in names if name in form.fields]) for step, names in
                self.steps.items()]  # fmt: skip

    def _posted(self, step: str) -> dict[str, list[str]]:
        return {name: self.request.POST.getlist(name) for name in self.steps[step]}

    def _begun(self) -> F:
        form = self.make(None)
        for name, values in self.typed.items():
            if name in form.fields:
                many = isinstance(form.fields[name], forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
                form.initial[name] = values if many else next(iter(values), "")
        return form


def answer_of(form: forms.BaseForm, name: str) -> tuple[str, str]:
    """A field's label, and what was typed there as its choices call it."""
    field, value = form.fields[name], form.cleaned_data.get(name)
    if isinstance(field, forms.ModelMultipleChoiceField):
        text = ", ".join(field.label_from_instance(one) for one in value or ())
    elif isinstance(field, forms.ModelChoiceField):
        text = field.label_from_instance(value) if value is not None else ""
    elif isinstance(field, forms.MultipleChoiceField):
        text = ", ".join(_chosen(field, one) for one in value or ())
    elif isinstance(field, forms.ChoiceField):
        text = _chosen(field, value) if value not in (None, "") else ""
    else:
        text = "" if value is None else str(value)
    return str(field.label), text


def _chosen(field: forms.ChoiceField, value: Any) -> str:
    words = {str(key): str(word) for key, word in field.choices}  # type: ignore[misc, union-attr]
    return words.get(str(value), str(value))


def _data(typed: Mapping[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data
