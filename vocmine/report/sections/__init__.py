"""Sections: what each part of the report says, as plain numbers."""
