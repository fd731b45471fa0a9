"""The visitor's door: the registration and badge, whom to meet, the day, the unit's deals."""
