"""Work that takes longer than a page, or that nobody asks for: the outbox, long actions, nightly runs."""
