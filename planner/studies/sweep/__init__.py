"""What the answer is at other numbers: over a range of one or two, or of every assumption at both its ends."""
