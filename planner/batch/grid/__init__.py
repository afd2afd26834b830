"""Grids of scenarios: every combination of a few changes, or a random sample of them, as small variants of a base."""
