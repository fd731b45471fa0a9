"""How days and times are written where a template leaves it to Django: in the back office."""
