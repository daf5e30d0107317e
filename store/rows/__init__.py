"""The tables, and one door to whichever engine holds them: a file, or a server.

Which of the two it is, `store/engines/` alone knows. What is one engine's own lies behind the
door: in `store/file/` for SQLite, in `store/server/` for PostgreSQL.
"""
