"""PostgreSQL as the store's engine: one server for several hosts, each with its tablets."""
