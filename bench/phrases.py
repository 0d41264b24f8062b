"""The words and sentences the made-up news is put together from."""

from __future__ import annotations


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SUBJECTS = _names(
    "Energie Wahlen Handel Verkehr Bildung Gesundheit Wohnen Klima Forschung Landwirtschaft "
    "Steuern Migration Sicherheit Raumfahrt Medien Justiz Arbeit Tourismus Kultur Fußball "
    "Fischerei Pflege Börse Trinkwasser Stromnetze Häfen Museen Schulen Zölle Bergbau "
    "Glasfaser Brücken Impfstoffe Satelliten Ernte Mieten Renten Streiks Wälder Küsten"
)
PLACES = _names(
    "Bremen Norwegen Kanada Polen Wien Leipzig Chile Indien Marokko Estland "
    "Österreich Rumänien Schottland Lübeck Genf Triest Porto Kenia Südkorea Thüringen "
    "Uruguay Vietnam Flandern Mähren Kärnten Jütland Galicien Tromsø Győr Besançon "
    "Zypern Senegal Namibia Island Québec Perth Graz Rostock Münster Görlitz"
)
FIRST_NAMES = _names(
    "Almut Bruno Cem Dörte Emil Friederike Gregor Hülya Ivo Jule Kaspar Lieselotte Mats Noémie Ole Paula Quirin Rüdiger Svenja Thilo Uta Valentin Wolfgang Yara Zdeněk"
)
LAST_NAMES = _names(
    "Ahrens Bäumler Claasen Dünnwald Eßer Feldkamp Großmann Harnisch Itzenplitz Jürgens Kühnert Lohmann Mühlbauer Niehoff Özdil Preuß Rödl Schmöller Tietjen Ullrich Voß Weißgerber"
)
DAYS = _names("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag")
OFFICES = (
    "Staatsministerin",
    "Landrat",
    "Senatorin",
    "Kommissionsmitglied",
    "Fraktionschef",
    "Abteilungsleiterin",
    "Hafenmeister",
    "Vorstandssprecherin",
    "Richterin",
    "Chefökonom",
)
BODIES = (
    "das Umweltministerium",
    "der Rechnungshof",
    "die Handelskammer",
    "das Landgericht",
    "die Universität",
    "der Stadtrat",
    "die Bundesbank",
    "das Büro Hansen & Söhne",
    "der Mieterbund",
    "die Aufsichtsbehörde",
    "das Bündnis für Nahverkehr",
    "der Landkreistag",
)
QUOTES = (
    "Darauf haben viele lange gewartet",
    "Mit diesem Ergebnis kann niemand zufrieden sein",
    "Wir stehen erst am Anfang, und das wissen alle Beteiligten",
    "Es geht um Vertrauen, nicht um Zahlen",
    "Ein solcher Fehler darf sich nicht wiederholen!",
    "Die Rechnung zahlen am Ende die Kleinen",
    "Jetzt ist der richtige Zeitpunkt",
    "Wer so plant, plant an den Menschen vorbei",
)
KICKERS = (
    "Beschluss nach langer Nacht",
    "Ein Gutachten und seine Folgen",
    "Neue Wege für {place}",
    "Ärger um {subject}",
    "Was {person} jetzt vorhat",
    "Überraschung in {place}",
    "Zahlen, die aufhorchen lassen",
    "Ein Jahr danach",
)
TITLES = (
    "{place} ordnet {subject} neu",
    "{subject}: {office} {person} legt Entwurf vor",
    "In {place} wächst der Widerstand gegen Pläne für {subject}",
    "Wie {place} bei {subject} den Anschluss sucht",
    "{number} Millionen Euro für {subject} in {place}",
    "{subject} bleibt Streitfall zwischen {place} und {place2}",
    "Prüfbericht zu {subject} belastet {person}",
    "{place2} folgt dem Beispiel von {place} – mit Abstrichen",
    "Studie: {subject} verändert {place} schneller als erwartet",
    "Einigung über {subject} rückt näher",
)
LEADS = (
    "{place} will bei {subject} vorangehen. {Body} sieht darin ein Wagnis, das sich für beide Seiten lohnen könnte.",
    "Seit Monaten wird in {place} über {subject} gestritten. Nun liegt ein Vorschlag auf dem Tisch, mit dem kaum noch jemand gerechnet hatte.",
    "{office} {person} hat neue Zahlen zu {subject} vorgelegt – und damit nicht nur Beifall geerntet.",
    "Für {subject} beginnt in {place} eine neue Zeit. Wer davon profitiert, ist noch offen.",
)
HEADINGS = (
    "Widerspruch aus {place2}",
    "Was bisher bekannt ist",
    "Die nächsten Schritte",
    "{person} bleibt gelassen",
    "Geld allein reicht nicht",
    "Ein Blick nach {place}",
    "Lehren aus dem Vorjahr",
)
SENTENCES = (
    "{Body} bestätigte am {day}, dass die Vorbereitungen in {place} früher begonnen haben als zunächst angenommen.",
    "„{quote}“, sagte {office} {person} am Rande einer Sitzung in {place}.",
    '"{quote}", schrieb {person2} in einer Stellungnahme, die am {day} veröffentlicht wurde.',
    "Für die kommenden {few} Jahre sind {number} Millionen Euro eingeplant, die zu gleichen Teilen aus {place} und {place2} stammen sollen.",
    "Im Haushalt fehlt dafür bislang eine Deckung, wie {body} in einem Vermerk von {few} Seiten festhält.",
    "Ähnliche Versuche hatte es vor {few} Jahren in {place2} gegeben; sie endeten damals ohne ein greifbares Ergebnis.",
    "Nach Berechnungen, an denen {body} beteiligt war, sinken die laufenden Kosten um {number} Prozent, sofern der Zeitplan hält.",
    "{person} warb dafür, {subject} nicht länger als Randthema zu behandeln, und verwies auf gute Erfahrungen in {place2}.",
    "Skeptisch äußerte sich dagegen {person2}: Der Entwurf lasse wichtige Fragen unbeantwortet und schaffe neue Abhängigkeiten.",
    "Anwohner in {place} klagen seit Längerem über fehlende Auskünfte und haben {number} Einwände schriftlich eingereicht.",
    "Über den Antrag soll am {day} abgestimmt werden, eine Mehrheit gilt trotz einzelner Gegenstimmen als wahrscheinlich.",
    "Aus den Unterlagen geht hervor, dass {body} schon früh auf Mängel hingewiesen hatte – gehört wurde der Hinweis offenbar nicht.",
    "Wer künftig für {subject} zuständig ist, will {office} {person} erst nach der Sommerpause entscheiden.",
    "Die Zahl der Betriebe, die in {place} von {subject} leben, ist binnen {few} Jahren um {number} Prozent gewachsen.",
    "Dass ausgerechnet {place2} nun zum Vorbild wird, hätte noch vor kurzem kaum jemand für möglich gehalten.",
    "Ein Sprecher erklärte, man nehme die Bedenken ernst und werde die Ergebnisse der Prüfung vollständig offenlegen.",
    "Zusätzlichen Druck erzeugt ein Urteil vom {day}, nach dem {subject} in {place} anders geregelt werden muss als bisher.",
    "Rund {number} Fachleute aus {few} Ländern haben an dem Bericht mitgeschrieben, der auch unbequeme Empfehlungen enthält.",
    "Im Vergleich mit {place2} schneidet {place} nach wie vor schlecht ab, vor allem im ländlichen Raum und bei kleinen Trägern.",
    "{office} {person2} kündigte an, das Gespräch mit allen Seiten zu suchen, bevor endgültige Verträge unterschrieben werden.",
    "Unklar ist, ob die Frist bis zum Jahresende (eine Vorgabe aus {place2}) überhaupt eingehalten werden kann.",
    "Für viele Familien ändert sich dadurch wenig, für den Mittelstand in {place} dagegen eine ganze Menge.",
)
