"""Feeds: their entries, their archives, and the formats in which they are written."""
