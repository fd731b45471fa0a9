"""A Django database backend that starts the embedded PostgreSQL by itself on the first connection."""
