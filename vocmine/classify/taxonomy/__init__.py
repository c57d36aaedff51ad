"""The list of contact reasons: its file, its checks, its patterns, and what becomes of it when it changes."""
