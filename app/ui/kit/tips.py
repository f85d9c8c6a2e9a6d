"""Tooltips of what somebody typed."""

from __future__ import annotations


def plain_tip(text: str) -> str:
    """`text` for a tooltip that shows it as it stands: Qt would take ``<b>`` in it for markup."""
    if "<" not in text:
        return text
    from html import escape  # rarely needed, and slow to import

    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'
