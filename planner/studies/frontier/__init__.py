"""Trade-offs: the plans that cannot be better in one measure without being worse in another."""
