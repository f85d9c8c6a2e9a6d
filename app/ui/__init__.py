"""What is on screen. No SQL here: pages ask `app.core` and show what it says."""
