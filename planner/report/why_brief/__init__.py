"""One page in plain sentences for those who sign: every number in it is computed, and each says where it comes from."""
