"""The version of harness and data, part of every signature."""

__version__ = "0.1.0"
