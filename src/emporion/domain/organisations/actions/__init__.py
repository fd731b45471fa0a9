"""What happens to organisations: recognised in bulk, registered one by one, likely duplicates listed and decided."""
