"""The timetable of any event from two lists: reading them, solving, writing the workbook; no database is needed."""
