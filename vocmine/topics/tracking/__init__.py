"""Incidents: related alerts as one thing that lasts, with its contacts counted to the last day, and what it costs."""
