"""Tooltips of what somebody typed."""

from __future__ import annotations

import html


def plain_tip(text: str) -> str:
    """`text` for a tooltip that shows it as it stands: Qt would take ``<b>`` in it for markup."""
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>' if "<" in text else text
