"""Start: the window painted from plain rows, then the store opened beside it; or one command without a window."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app import paths


def main(words: list[str] | None = None) -> int:
    """Run Northing with the words of the command line; returns the exit code."""
    words = sys.argv[1:] if words is None else words
    os.umask(0o077)  # whatever is written here is its writer's own
    journal, in_background, write, look = paths.default_journal(), False, False, False
    _keep_libraries_to_oneself()
    if words:
        from app import cli

        options = cli.arguments(words)
        if options.command == "lock":
            return _lock(Path(options.journal or journal))
        if options.command:
            return cli.run(options)
        if options.self_test:
            from app.ui.selftest import run as self_test

            return self_test()
        journal, in_background = options.journal or journal, options.in_background
        write, look = options.write, options.look
        if options.passphrase_file and not cli.has_unlocked(options):
            return cli.REFUSED
    from app.ui.kit.lean import start_lean

    start_lean(paths.code_file())
    from app.ui.start import run

    return run(Path(journal), in_background=in_background, write=write, look=look)


def _lock(journal: Path) -> int:
    """Lock the journal that a window shows; the command line itself keeps none open."""
    from app import cli
    from app.ui.kit.instance import ask_to_lock

    if ask_to_lock(journal):
        print(f"No window shows “{journal}” any more.")
        return cli.DONE
    print(f"“{journal}” stays open: it has no passphrase, or something is not saved yet.", file=sys.stderr)
    return cli.REFUSED


def _keep_libraries_to_oneself() -> None:
    """Let a browser or file list that is opened from here find its own libraries, not the ones of a frozen app."""
    if getattr(sys, "frozen", False) and sys.platform == "linux":
        before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
        os.environ.pop("LD_LIBRARY_PATH", None)
        if before:
            os.environ["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    sys.exit(main())
