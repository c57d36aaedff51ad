"""Render: the numbers of a report as a page, a workbook and figures."""
