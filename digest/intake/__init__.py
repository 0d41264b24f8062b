"""Intake: what becomes of a seed on its way into `content/`, and what is remembered of it."""
