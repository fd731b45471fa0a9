"""What is wrong with an installation, and how to fix it: one module for each part that is looked at."""
