"""Discovery: which topics a set of texts has, and the rule that gives a text its topic."""
