"""Batches started and watched on the screen, each in a folder of its own among the results."""
