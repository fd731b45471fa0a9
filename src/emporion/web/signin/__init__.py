"""Everybody's door: signing in and out, opening an account, and the way on to one's own part of the fair."""
