"""Liaison: the desk of an insurance liaison officer. Layers and walks: see README, "How to develop"."""

__version__ = "0.1.0"
