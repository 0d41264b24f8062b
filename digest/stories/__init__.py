"""Stories: which articles tell of one event, where a story's page is, and what else is worth reading."""
