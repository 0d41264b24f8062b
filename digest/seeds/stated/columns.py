"""Columns: which column of a table holds what of an article, as settings say or as people name it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from digest.seeds.record import Fired

GUESSED = 0.9
"""How sure it is that a column called by a well-known name holds what the name says."""
_NOT_IN_NAMES = re.compile("[\\s_\\-./:()\"'#*\u0307]+")


def _folded(name: str) -> str:
    """Return the name of a column as all its spellings have it (a dotted capital I leaves U+0307 behind)."""
    return _NOT_IN_NAMES.sub("", unicodedata.normalize("NFKC", name).casefold())


KNOWN = {
    field: [_folded(name) for name in names.split()]
    for field, names in {
        "title": "title headline hed head titel überschrift ueberschrift schlagzeile titre titular título titulo"
        " titolo títol tytuł tytul nadpis naslov cím titlu titull rubrik tittel overskrift otsikko pealkiri kop başlık başlik"
        " baslik заголовок название τίτλος כותרת عنوان العنوان عنوانخبر शीर्षक শিরোনাম หัวข้อ tiêuđề tieude judul tajuk 标题"
        " 標題 題名 タイトル 見出し 제목",
        "date": "date datetime pubdate published publishdate datepublished publicationdate publishedat publisheddate"
        " publishedon firstpublished created createdat datecreated firstcreated posted postedat timestamp day datum"
        " veröffentlicht veroeffentlicht erschienen erscheinungsdatum fecha data dato päivämäärä pvm kuupäev tarih"
        " дата опубликовано ημερομηνία תאריך تاريخ التاريخ تاریخ तारीख दिनांक তারিখ วันที่ ngày ngayđăng tanggal tarikh 日期 发布时间"
        " 發布時間 日付 公開日 날짜",
        "text": "text body content fulltext articletext articlebody articlecontent maintext bodytext story article inhalt"
        " volltext artikeltext artikel beitrag texte contenu corps texto cuerpo contenido conteúdo conteudo testo contenuto"
        " corpo treść tresc tekst szöveg obsah brødtekst brodtext innehåll innhold sisältö teksti tekstas metin içerik icerik"
        " haber текст содержание содержимое κείμενο תוכן טקסט نص النص محتوى المحتوى متن पाठ লেখা เนื้อหา nộidung noidung isi"
        " kandungan 正文 内容 內容 本文 본문 내용 bodyhtml bodyxhtml html",
        "updated": "updated updatedat dateupdated lastupdated modified modifiedat datemodified lastmod lastmodified"
        " aktualisiert geändert actualizado modifié 更新 更新日 更新时间",
        "kicker": "kicker overline topline dachzeile spitzmarke antetítulo antetitulo surtitre occhiello vinjett",
        "summary": "summary description abstract excerpt lead lede teaser subtitle subheadline deck standfirst dek vorspann"
        " zusammenfassung beschreibung untertitel chapeau chapô résumé description entradilla resumen resumo lid sommario"
        " ingress tómtắt sapo özet лид аннотация описание ملخص 摘要 导语 要約 概要 요약",
        "authors": "authors author byline writer creator by autor autoren verfasser auteur auteurs autores autore autori"
        " författare forfatter kirjoittaja yazar автор авторы συντάκτης כותב كاتب الكاتب نویسنده tácgiả tacgia penulis 作者"
        " 记者 著者 記者 기자",
        "topics": "topics topic tags tag keywords keyword categories category subjects subject section rubric rubrik ressort thema themen"
        " kategorie kategorien schlagworte schlagwörter catégorie catégories motsclés categoría categorías temas sección"
        " categoria tema kategoria kategori тема темы рубрика теги τομέας קטגוריה قسم تصنيف chuyênmục danhmục 分类 標籤 标签"
        " カテゴリ タグ 카테고리",
        "source": "source publisher publication outlet site sitename newspaper agency provider domain quelle herausgeber"
        " medium zeitung agentur fuente medio fonte testata éditeur journal källa kilde lähde kaynak источник издание πηγή"
        " מקור مصدر المصدر منبع nguồn nguon sumber 来源 來源 出典 媒体 출처",
        "url": "url link href permalink canonical canonicalurl originalurl sourceurl articleurl weburl adresse lien enlace"
        " ссылка رابط 链接 網址 リンク 링크",
        "lang": "lang language languagecode inlanguage locale sprache langue idioma lingua język språk kieli dil язык γλώσσα שפה لغة زبان"
        " ngônngữ bahasa 语言 言語 언어",
        "image": "image imageurl urltoimage topimage leadimage mainimage imagehref imgurl thumbnail picture photo bild bildurl imagen"
        " immagine foto resim изображение صورة 图片 画像 이미지",
        "caption": "caption imagecaption imagealt bildunterschrift légende pie didascalia",
    }.items()
}
"""What people call the columns that hold a field; the first that is there counts."""


class Columns(NamedTuple):
    """Which column holds which field."""

    names: Mapping[str, str]
    fired: Fired
    """How that is known, for people."""


def find(names: Sequence[str], wanted: Mapping[str, str]) -> Columns:
    """Find out which of the columns `names` holds which field: first as `wanted` says, then by well-known names."""
    found = {field: name for field, name in wanted.items() if name in names and field in KNOWN}
    folded: dict[str, str] = {}
    for name in names:
        if name not in found.values():
            folded.setdefault(_folded(name), name)
    for field, known in KNOWN.items():
        alias = next((alias for alias in known if alias in folded), None)
        if alias is not None and field not in found:
            found[field] = folded.pop(alias)  # a name may mean one thing in one language, one in another
    unused = [name for name in names if name not in found.values()]
    said = ", ".join(f"{field}: {name}" for field, name in found.items())
    said += f"; not used: {', '.join(unused)}" if unused else ""
    return Columns(found, Fired("columns", 1.0 if wanted.keys() >= found.keys() else GUESSED, said[:300]))
