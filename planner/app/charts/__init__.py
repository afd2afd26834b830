"""Pictures: each a pure function from an object of the report to an Altair chart."""
