"""Voice-of-customer text mining."""
