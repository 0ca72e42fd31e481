"""Wijkbaten: from filled Excel forms to computed workbooks and a council letter."""

__version__ = "0.1.0"
