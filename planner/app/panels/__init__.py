"""Sections of the pages Plan and Futures."""
