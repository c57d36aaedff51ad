"""The first screen: five questions that a busy reader has, each answered in a line, and what stands behind it."""
