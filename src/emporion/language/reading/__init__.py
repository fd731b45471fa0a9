"""What people write, read alike at every door: amounts, days, times and countries, in lists, forms and commands.

Nothing is guessed: what two readers would read in two ways is refused, or decided by the rest of its column.
"""
