"""The rules that read the structure of an article out of its text: data."""
