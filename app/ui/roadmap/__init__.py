"""The personal roadmap: a board, a timeline, and the steps on both."""
