"""The verb that says why."""
