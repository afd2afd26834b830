"""What is lost by beginning with one plan when another world comes."""
