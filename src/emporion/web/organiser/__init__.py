"""The organiser's door: reference data and records in the back office, decisions through the rooms' actions."""
