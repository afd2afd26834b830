"""Texts for sentences whose values are computed: ``<language>/<part>.json``, flat, key to text with ``{places}`` for values."""
