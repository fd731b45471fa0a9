"""The organiser's desk: long lists by what they are filtered by, what acting on many would do, decisions taken back."""
