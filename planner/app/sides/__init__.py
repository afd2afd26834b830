"""Answers to lay side by side: those in the results folders, and those of scenarios, solved where they are not yet."""
