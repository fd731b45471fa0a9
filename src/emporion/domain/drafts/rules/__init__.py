"""What may be drafted of a plan, how a command is taken back, where an exhibitor is placed."""
