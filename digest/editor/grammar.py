"""What the grammar of a language tells of nouns and names: data."""

import re

NOUNS_HAVE_CAPITALS = frozenset(["de"])
SYLLABLES = frozenset(["vi"])
"""Languages that write words as syllables: a single one is no term."""
DETERMINERS = {
    "de": "der die das dem den des ein eine einen einem einer eines kein keine im am vom zum zur beim ins ans ihr ihre ihren sein seine seinen dieser diese dieses diesem diesen jeder jede jedes alle alles viele mehr keine unsere",
    "en": "the a an its their his her this these of in on for no",
    "fr": "le la les l un une des du de d ce cette ces son sa ses leur leurs en",
    "es": "el la los las un una del de su sus este esta",
    "pt": "o a os as um uma do da dos das no na nos nas seu sua",
    "it": "il lo la i gli le l un uno una del della dei degli delle nel nella al alla",
    "nl": "de het een dit dat deze zijn haar hun",
    "ca": "el la els les l un una del dels al als",
    "el": "ο η το οι τα του της των τον την τους τις",
}
MANY = ("en", "n", "e", "er", "s", "ung", "heit", "keit", "ion")
_THE = "türkei schweiz ukraine iran irak libanon jemen sudan kosovo vatikan slowakei mongolei tschad kongo krim balkan"
COUNTRIES_WITH_ARTICLE = frozenset(_THE.split())
"""Names that German gives an article all the same."""
AT_PLACES = {"de": "in nach aus bei", "nl": "in uit naar te"}
"""Where nouns have articles, these stand before a noun without one mostly if it names a place."""
WITHIN_NAMES = frozenset([" ", "-", "\u00a0", ". ", ".", "’", "'", " & ", "/", "–"])
ROMANCE = frozenset(["fr", "es", "pt", "it", "ca"])
_STATES = "mỹ nga pháp anh đức ý úc lào nhật hàn ấn campuchia philippines indonesia malaysia singapore syria iran iraq ukraine cuba israel myanmar"
COUNTRIES = frozenset(_STATES.split())
"""Countries that Vietnamese names in one word, and writes before the names of their people."""
SYLLABLE = re.compile(r"(?:[bcdghklmnpqrstvx]|ch|gh|gi|kh|ngh?|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?")
_PEOPLE = "french dutch swiss soviet greek german danish polish turkish spanish swedish finnish irish british scottish welsh english thai czech iraqi israeli saudi filipino arab european american african asian mexican korean"
PEOPLES = frozenset(_PEOPLE.split())
_FORMS = "inc corp co ltd plc llc gmbh ag sa spa nv bv ab oyj asa se kg kgaa ltda tbk pt"
COMPANY = frozenset(_FORMS.split())
ORDER = frozenset(["hu", "vi", "ja", "zh", "ko"])
"""Languages in which the family name comes first."""
