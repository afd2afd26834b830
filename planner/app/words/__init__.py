"""Every word on the screen, in every language."""
