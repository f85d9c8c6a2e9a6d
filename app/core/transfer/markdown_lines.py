"""What lines of Markdown are, for those who read more out of a note than its words."""

from __future__ import annotations

import re
from typing import Final

HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
"""Its signs, as many as its rank, and its words."""
FENCE: Final = re.compile(r"\s{0,3}(?:```|~~~)")
"""Where code begins or ends."""
