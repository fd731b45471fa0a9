"""Schedules in the shapes in which states and others publish them, turned into the plain form."""
