"""How each format of the database became the next; Alembic runs what is in `versions`."""
