"""Adapters: exports of other systems, folded into one row a contact."""
