"""How a call ends."""

from typing import Final

DONE: Final = 0
MISUSED: Final = 2
REFUSED: Final = 3
