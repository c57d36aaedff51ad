"""How a whole column is read: order of day and month, zone, unit, scale, decided by its name and all its cells."""
