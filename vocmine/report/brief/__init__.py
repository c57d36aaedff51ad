"""The brief: one page for those who decide, as a page that prints on one sheet and as Markdown for a ticket."""
