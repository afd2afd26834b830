"""Planner for scarce solar-cell equipment: whom to sign, what to order, when, shipped when."""

__version__ = "0.1.0"
