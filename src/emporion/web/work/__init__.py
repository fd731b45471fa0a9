"""Pages of background work and of messages that wait or were given up."""
