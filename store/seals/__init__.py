"""Keys, slow hashes and sealed boxes: what makes rows unreadable without a passphrase."""
