"""Who may unlock the desk, by what, and how good a passphrase is."""
