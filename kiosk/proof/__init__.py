"""Proof that nothing leaves: a whole visit in a network that leads nowhere and hears everything."""
