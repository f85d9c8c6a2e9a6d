"""What the README's figures come from; and loaders of real texts that the app itself has no need of."""
