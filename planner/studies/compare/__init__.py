"""Two answers side by side: what the difference in cost is made of, and what is decided otherwise."""
