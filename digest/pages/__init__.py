"""Pages: the parts that stand on them, each as a value or as the words that say it to machines."""
