"""The same site as digest's, with Pelican's own means."""

SITENAME = "Bench"
SITEURL = "https://digest.example"
AUTHOR = "Bench"
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "de"
SECTIONS = ["Energie", "Wahlen", "Handel", "Verkehr", "Bildung"]
DESCRIPTION = "Nachrichten des Tages, gesammelt und geordnet."

PATH = "content"
OUTPUT_PATH = "public"
ARTICLE_PATHS = [""]
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["neighbours", "pelican.plugins.sitemap"]
SITEMAP = {"format": "xml"}

ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
TAG_URL = "topics/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
DAY_ARCHIVE_URL = "days/{date:%Y-%m-%d}/"
DAY_ARCHIVE_SAVE_AS = DAY_ARCHIVE_URL + "index.html"
CATEGORY_SAVE_AS = ""
AUTHOR_SAVE_AS = ""

DIRECT_TEMPLATES = ["index", "archive", "tags", "days"]
ARCHIVE_SAVE_AS = "archive/index.html"
TAGS_SAVE_AS = "topics/index.html"
DAYS_SAVE_AS = "days/index.html"
PAGINATED_TEMPLATES = {"archive": 50, "tag": 50}
DEFAULT_PAGINATION = 50
PAGINATION_PATTERNS = [
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]

FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 50
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None

# Plain Markdown, as the others read it; metadata lines need "meta".
MARKDOWN: dict[str, object] = {
    "extensions": ["markdown.extensions.meta"],
    "extension_configs": {},
    "output_format": "html5",
}
