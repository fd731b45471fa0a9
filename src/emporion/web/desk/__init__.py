"""The organiser's desk: long lists, deciding about one and about many, each thing with its history."""
