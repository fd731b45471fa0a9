def of(edition, group): return []
def over_editions(edition, key, scope): return None
