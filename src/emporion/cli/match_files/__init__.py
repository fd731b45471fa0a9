"""Suggestions for two lists, exhibitors and visitors, read from files and written into a workbook."""
