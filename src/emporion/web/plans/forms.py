"""The forms of plans: a drawing, what its layers are, what the edition asks of its plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.plans.models import PlanRule
from emporion.domain.plans.rules.checks import CHECKS, IGNORE, REFUSE, USUAL, WARN
from emporion.domain.plans.rules.drawings import UNITS
from emporion.domain.plans.rules.floor import WORDS
from emporion.drawings.proposal import IGNORED, NAMES, NUMBERS, OUTLINE, ROLES, STANDS, likely_role
from emporion.language import written

OTHER = "other"
UNIT_WORDS = {
    "m": gettext_lazy("metres"), "cm": gettext_lazy("centimetres"), "mm": gettext_lazy("millimetres"),
    "ft": gettext_lazy("feet"), "in": gettext_lazy("inches"), OTHER: gettext_lazy("another length, given below"),
}  # fmt: skip
ROLE_WORDS = {
    IGNORED: gettext_lazy("nothing, leave it out"), OUTLINE: gettext_lazy("outline of the hall"),
    STANDS: gettext_lazy("stands"), NUMBERS: gettext_lazy("numbers of stands"),
    NAMES: gettext_lazy("names of places"),
}  # fmt: skip
KIND_WORDS = {"area": gettext_lazy("areas:"), "line": gettext_lazy("lines:"), "text": gettext_lazy("texts:"),
              "point": gettext_lazy("points:")}  # fmt: skip
SEVERITY_WORDS = {
    REFUSE: gettext_lazy("refuse"), WARN: gettext_lazy("warn"), IGNORE: gettext_lazy("do not check"),
}  # fmt: skip


class BringForm(forms.Form):
    """A drawing of a hall."""

    file = forms.FileField(
        label=gettext_lazy("Drawing or list of stands"), max_length=200,
        help_text=gettext_lazy("DXF, GeoJSON, SVG, Excel or CSV, up to 20 MB. Nothing changes before you say so."),
        widget=forms.ClearableFileInput(attrs={"accept": ".dxf,.geojson,.json,.svg,.xlsx,.csv"}),
    )  # fmt: skip


class LayersForm(forms.Form):
    """The unit of a drawing and what each of its layers is."""

    unit = forms.ChoiceField(
        label=gettext_lazy("A length of 1 in the drawing is"), choices=[("", "—"), *UNIT_WORDS.items()]
    )
    metres = forms.FloatField(
        label=gettext_lazy("Metres to a length of 1"), required=False, min_value=0.000001, max_value=1000,
        help_text=gettext_lazy("Only for another length, as 0.03 where a metre is 33.3 long."),
        widget=forms.NumberInput(attrs={"step": "any"}),
    )  # fmt: skip
    margin = forms.FloatField(
        label=gettext_lazy("Floor around the stands, in metres"), required=False, min_value=0, max_value=100,
        help_text=gettext_lazy(
            "Where no layer is the outline: the hall becomes as large as the stands with this around."
        ),
        widget=forms.NumberInput(attrs={"step": "any"}),
    )  # fmt: skip
    area = forms.ChoiceField(
        label=gettext_lazy("Exhibition area of new stands"), required=False,
        help_text=gettext_lazy("For stands that lie in no zone."),
    )  # fmt: skip

    def __init__(self, *given: Any, layers: Mapping[str, Counter[str]], areas: list[tuple[str, str]], **more: Any):
        super().__init__(*given, **more)
        self.layers = list(layers)
        self.fields["area"].choices = [("", "—"), *areas]  # type: ignore[attr-defined]
        for number, (layer, kinds) in enumerate(layers.items()):
            self.fields[f"layer_{number}"] = forms.ChoiceField(
                label=layer, choices=_roles(), initial=likely_role(layer, kinds), help_text=_counted(kinds)
            )

    @property
    def rows(self) -> list[forms.BoundField]:
        """The fields of layers."""
        return [self[f"layer_{number}"] for number in range(len(self.layers))]

    @property
    def roles(self) -> dict[str, str]:
        """What was chosen of each layer, by its name."""
        return {layer: self.cleaned_data[f"layer_{number}"] for number, layer in enumerate(self.layers)}

    @property
    def metres_of_one(self) -> float:
        """Metres to a length of one."""
        unit = self.cleaned_data["unit"]
        return float(self.cleaned_data["metres"]) if unit == OTHER else UNITS[unit]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("unit") == OTHER and not found.get("metres"):
            self.add_error("metres", _("Give the metres to a length of 1 in the drawing."))
        roles = {found.get(f"layer_{number}") for number in range(len(self.layers))}
        if roles <= {IGNORED, NUMBERS, NAMES, None}:
            self.add_error(None, _("Say of at least one layer that it holds stands, the outline or another part."))
        return found


def _roles() -> list[tuple[str, str]]:
    return [(role, str(ROLE_WORDS.get(role) or written(WORDS[role]))) for role in ROLES]


def _counted(kinds: Mapping[str, int]) -> str:
    return " · ".join(f"{KIND_WORDS[kind]} {count:,}" for kind, count in sorted(kinds.items()))


class RulesForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the edition asks of its plans, and whether a fault is refused, warned of or not looked for."""

    class Meta:
        model = PlanRule
        fields = ("least_aisle_m", "exit_depth_m", "source")
        labels = {
            "least_aisle_m": gettext_lazy("Least width of a way, in metres"),
            "exit_depth_m": gettext_lazy("Depth kept free before an emergency exit, in metres"),
            "source": gettext_lazy("Where these rules stand"),
        }  # fmt: skip
        help_texts = {"source": gettext_lazy("As in: fire code of the city, section 4.2")}

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        set_ones = {**USUAL, **self.instance.severities}
        for code, words in CHECKS.items():
            self.fields[code] = forms.ChoiceField(
                label=str(written(words)), choices=list(SEVERITY_WORDS.items()), initial=set_ones[code]
            )

    @property
    def severities(self) -> dict[str, str]:
        """What was chosen, by the code of a check."""
        return {code: self.cleaned_data[code] for code in CHECKS}
