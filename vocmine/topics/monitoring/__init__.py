"""Monitoring: topics and other keys day by day, with ids that last, and alarms."""
