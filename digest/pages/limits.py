"""Limits: how much of what there is a page or a feed shows."""

HOME_DAYS = 7
"""Editions on the front page beneath the latest."""
HOME_LINES = 8
"""Headlines of each of these."""
STORIES = 50
"""Stories on the page of them all; of older ones the articles and topics lead to them."""
TOPIC_STORIES = 6
"""Stories that a topic's page names."""
STORY_TEXTS = 12
"""Articles of a story of which the texts are read for its key passages, the weightiest of each day first."""
TOPIC_CARDS = 50
"""Articles that a topic's first page shows whole; the rest of their month are headlines there, and what is before has pages by year, so that the page stays light."""
TOPIC_NEIGHBOURS = 6
"""Topics that a topic's page names because they share most articles with it."""
DAY_TOPICS = 8
"""Topics that an edition names, those of most of its articles."""
FEED_ENTRIES = 50
TOPIC_ENTRIES = 20
"""Entries of a topic's feed."""
EDITIONS = 14
"""Entries of the feed of editions."""
NEWS_DAYS = 2
"""Newest days with articles that the sitemap of news holds: search engines want two days, and no clock shows here."""
NEWS_ARTICLES = 1000
"""Most that a sitemap of news may hold."""
GUIDE_TOPICS = 30
"""Topics that language models are told of, those with most articles."""
