"""Listening: the TLS front, certificates, and who may connect."""
