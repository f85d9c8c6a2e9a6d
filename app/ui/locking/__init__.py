"""A journal with a passphrase on screen: asking for it, choosing it, and working on the file meanwhile."""
