"""The machine editor: which articles tell of one event, what they are about, and what to show of them."""
