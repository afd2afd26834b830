"""Prices and values by re-solving: one file per question."""
