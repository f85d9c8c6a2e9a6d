"""What computer this is, as far as somebody who helps may know."""

from __future__ import annotations

import platform


def system() -> str:
    """Such as ``Linux 6.1.0 x86_64``; `platform.platform` would start another program for the same."""
    return f"{platform.system()} {platform.release()} {platform.machine()}"
