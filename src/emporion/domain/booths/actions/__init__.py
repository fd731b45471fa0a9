"""What happens to booths: free ones are granted, halls are allocated, stands are locked."""

from emporion.domain.booths.actions.allocation import allocate, lock_stand, release_stand, unlock_stand
from emporion.domain.booths.actions.construction import set_construction_rules
from emporion.domain.booths.actions.drafts import draft_allocation, drop_draft, publish_draft
from emporion.domain.booths.actions.free import FreeBooths, grant_free_booth, grant_free_booths
from emporion.domain.booths.actions.stands import change_stand, put_on_stand

__all__ = [
    "FreeBooths",
    "allocate",
    "change_stand",
    "draft_allocation",
    "drop_draft",
    "grant_free_booth",
    "grant_free_booths",
    "lock_stand",
    "publish_draft",
    "put_on_stand",
    "release_stand",
    "set_construction_rules",
    "unlock_stand",
]
