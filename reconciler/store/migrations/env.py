"""Alembic's way in: it runs on the connection, and in the transaction, that it is given."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transaction_per_migration=False,
    transactional_ddl=False,  # the transaction is not ours to begin or end
)
context.run_migrations()
