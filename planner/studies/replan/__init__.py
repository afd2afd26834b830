"""Planning anew with an approved plan under way: what has happened is held, the rest is decided again."""
