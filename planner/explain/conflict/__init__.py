"""Why no plan exists: the smallest set of rules that clash, and the cheapest ways out of it."""
