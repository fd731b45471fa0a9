"""What a plan must keep, what two plans differ in, and which modules a drawn floor leaves free."""
