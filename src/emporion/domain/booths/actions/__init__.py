"""What happens to booths: free ones are granted, halls are allocated, stands are locked."""

from emporion.domain.booths.actions.allocation import allocate, lock_stand, release_stand, unlock_stand
from emporion.domain.booths.actions.free import FreeBooths, grant_free_booth, grant_free_booths
from emporion.domain.booths.actions.stands import change_stand, put_on_stand

__all__ = [
    "FreeBooths",
    "allocate",
    "change_stand",
    "grant_free_booth",
    "grant_free_booths",
    "lock_stand",
    "put_on_stand",
    "release_stand",
    "unlock_stand",
]
