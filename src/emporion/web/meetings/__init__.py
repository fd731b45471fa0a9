"""Meetings of a person, a delegation and an edition: days, calendars, sheets on paper, the organiser's timetable."""
