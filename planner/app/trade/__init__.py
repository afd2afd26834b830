"""A trade-off asked for on the screen: what is asked, the work that finds it, and what was found before."""
