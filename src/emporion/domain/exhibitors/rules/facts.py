"""What an applicant states, in one place: forms, lists and the model take their fields from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class ApplicationFacts:
    """The fields of an application that its applicant fills, apart from the records that it names.

    ``joint_stand``: applications with the same code share one stand; ``stand``: standard or raw; ``area_m2``: the
    space it asks, 0 for a co-exhibitor; ``buyers_wanted``, ``least_purchases``: whom it wants to meet, in words and by
    purchasing size (0: any). Each is a field of the same name of the model.
    """

    joint_stand: str = ""
    stand: str = "standard"
    area_m2: int = 0
    open_sides: int = 1
    requests_free_booth: bool = False
    contact_email: str = ""
    buyers_wanted: str = ""
    least_purchases: int = 0

    @classmethod
    def among(cls, values: Mapping[str, Any]) -> Self:
        """The facts among the values of a form, whose other fields are left out."""
        return cls(**{name: values[name] for name in FACTS if name in values})

    def values(self) -> dict[str, Any]:
        """Every fact by its name, also of a row that holds more than these."""
        return {name: getattr(self, name) for name in FACTS}


FACTS = tuple(field.name for field in fields(ApplicationFacts))
# What may change at any time: where answers go, and whom the exhibitor wants to meet. The review decides on the others.
CHANGEABLE = ("contact_email", "buyers_wanted", "least_purchases")
REVIEWED = tuple(name for name in FACTS if name not in CHANGEABLE)
