"""The law of market access, pure: schedules, dates and facts come in as arguments."""
