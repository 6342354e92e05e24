"""Widgets that know nothing of the field."""
