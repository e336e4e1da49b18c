"""Formats that are read: one module a format."""
