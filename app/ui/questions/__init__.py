"""Questions to write on: which packs are asked, and what they ask."""
