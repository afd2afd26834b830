"""Verbs about many solves."""
