"""Naming: what a topic is called, and the words and quotes people read of it."""
