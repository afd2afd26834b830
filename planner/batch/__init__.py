"""Batches of scenarios: every one solved once, whatever happens to the others."""
