"""What happens to booths: free ones are granted, halls are allocated, stands are locked."""

from emporion.domain.booths.actions.allocation import allocate, lock_stand, release_stand, unlock_stand
from emporion.domain.booths.actions.free import FreeBooths, grant_free_booth, grant_free_booths

__all__ = [
    "FreeBooths",
    "allocate",
    "grant_free_booth",
    "grant_free_booths",
    "lock_stand",
    "release_stand",
    "unlock_stand",
]
