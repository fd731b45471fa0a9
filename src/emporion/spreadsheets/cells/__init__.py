"""From a cell's text to its value: each function gives a reader that says what is wrong and how to fix it."""
