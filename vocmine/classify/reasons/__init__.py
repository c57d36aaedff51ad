"""Contact reasons: one estimator from no labels to many, and its parts."""
