"""The rules by which structure is read out of plain text, and the words and signs of many languages they look for.

This is data: a new language is a few more phrases. `RULES` names every rule; `tests/cases/rules/` holds a case for each.
"""

from typing import NamedTuple


class Rule(NamedTuple):
    """A rule, by its name in `RULES`."""

    confidence: float
    """How often it is right where it fires: measured on articles with known structure where those have
    enough of it, a sober estimate elsewhere."""
    says: str


RULES = {
    # Headers
    "kicker": Rule(0.9, "a quotation of several words before a whole headline is its kicker"),
    "title-line": Rule(0.9, "a short first line, with a blank line or a date after it, is the headline"),
    "date-line": Rule(0.95, "a line that is a date and nothing else, under or over the headline, is the article's"),
    "date-in-path": Rule(0.9, "a day in the name of the file or its folder is the article's"),
    "day-first": Rule(0.75, "03/04/2025 is the third of April, where nothing else tells"),
    "key-lines": Rule(0.97, "`Title: …`, `Date: …` and the like at the top are a header"),
    # Text
    "lead": Rule(0.97, "the first block of an article is its lead"),
    "deck": Rule(0.9, "several short lines right under the headline belong to it"),
    "sub-heading": Rule(0.96, "a short line without a full stop, with text after it, is a sub-heading"),
    "introduction": Rule(0.8, "a line that ends with a colon introduces what follows; it is no sub-heading"),
    "figures": Rule(0.97, "a line mostly of numbers is a row of a table"),
    "short-lines": Rule(0.9, "three and more short lines in a row are a list or table, no sub-headings"),
    "question-below": Rule(0.8, "a lone question right under a sub-heading begins the text"),
    "alternation": Rule(
        0.8, "short lines that take turns with long paragraphs are sub-headings, whatever they end with"
    ),
    "quoted-headings": Rule(0.8, "where sub-headings are quotations, one with a full stop inside is one too"),
    "timed-entry": Rule(0.7, "a line that begins with a time of day, as others do, heads an entry of a live ticker"),
    "day-entry": Rule(0.9, "a line that is a day heads what happened on it"),
    "numbered-heading": Rule(0.85, "short lines numbered in sequence are sub-headings"),
    "interview": Rule(0.9, "questions that take turns with answers are an interview's"),
    "speaker": Rule(0.95, "`Name: …` of two and more names in turn are what they say"),
    "list": Rule(0.95, "lines that begin with the same bullet, or are numbered in sequence, are a list"),
    "quotation": Rule(
        0.9, "words in quotation marks that a colon announces, a name signs or the text repeats stand alone"
    ),
    "byline": Rule(0.9, "`By` and a name, near the top or the end, is a byline"),
    "source-line": Rule(0.95, "`Source: …` names who the text or its facts are from"),
    "agency": Rule(0.95, "a line of news agencies and initials says who wrote it"),
    "dateline": Rule(0.95, "a place in capitals before a dash says where it was written"),
    # Furniture
    "read-also": Rule(0.95, "a prompt to read something else"),
    "linked-title": Rule(0.7, "a short line right after a prompt to read something else is that"),
    "advertisement": Rule(0.98, "the label of an advertisement"),
    "newsletter": Rule(0.95, "a prompt to subscribe or follow"),
    "share": Rule(0.95, "buttons to share or print"),
    "comments": Rule(0.95, "the way to the comments"),
    "media": Rule(0.85, "a film, a recording or pictures that are not here"),
    "photo-credit": Rule(0.9, "the credit of a picture that is not here"),
    "embed": Rule(0.98, "the bare address or signature of an embedded post"),
    "rights": Rule(0.95, "a notice of rights"),
    "published-line": Rule(0.9, "when it was published, as the page said"),
    # Formats with markup
    "bold-heading": Rule(0.85, "a short bold line without a full stop, where no other sub-headings are, is one"),
    "bold-question": Rule(0.9, "bold paragraphs that ask, each with an answer below, are an interview's questions"),
    "beside": Rule(0.8, "what stands between the parts of a web page's article, in an element of its own"),
    "caption": Rule(0.98, "the caption of a picture that is not here"),
    "signature": Rule(0.95, "what stands below a line `-- ` in a message"),
}
FURNITURE = {
    "read-also", "linked-title", "advertisement", "newsletter", "share", "comments", "media", "photo-credit", "embed", "rights",
    "published-line", "beside", "caption", "signature",
}  # fmt: skip

# A phrase begins a line. One with a colon stands alone, or before a colon or dash; one with a full stop stands alone.
PHRASES = {
    "read-also": """
        lesen sie auch; lesen sie hier:; lesen sie mehr; lesen sie dazu; lesen sie weiter; lesen sie jetzt; lies auch; lesetipp:
        mehr zum thema; mehr zu diesem thema; mehr dazu:; mehr lesen.; zum thema:; siehe auch:; auch interessant:; passend zum thema
        das könnte sie auch interessieren; weitere artikel:; weitere artikel zum thema; weiterführende links.; weiterführende artikel.
        themenverwandte artikel.; empfohlene artikel.; weiterlesen:
        read more:; read more about; read more from; read more on; read also; also read:; also read |; read next:; read:; related:
        related articles:; related stories:; related story:; related news:; related coverage:; see also:; more on this story:
        more on this topic:; more on this:; recommended stories.; recommended for you.; recommended reading:; you may also like:
        you might also like:; don't miss:; don’t miss:; further reading:; in case you missed it:; what to read next.; most read.
        keep reading:; continue reading:; explore more:; more stories:; up next:
        lire aussi; à lire aussi; a lire aussi; lire également; à lire également; à lire:; a lire:; lire:; lire la suite; voir aussi
        à voir aussi; sur le même sujet:; pour aller plus loin:; à écouter aussi; lisez aussi; pour en savoir plus:
        lea también; lea además; lea más:; lee también; leer también; lee además; le puede interesar; te puede interesar; puede interesarle
        también te puede interesar; también le puede interesar; quizás te interese; noticias relacionadas.; noticia relacionada.; ver también:
        sigue leyendo:; siga leyendo:; leer más:; artículos relacionados.; te recomendamos:; más sobre este tema:; contenido relacionado.
        llegeix també; llegiu també
        leia também; leia mais; leia ainda; veja também; saiba mais:; notícias relacionadas.; ler mais:; continue a ler:; artigos relacionados.
        confira também:; leia a seguir:; relacionadas:
        leggi anche; leggi pure; leggi tutto:; leggi di più:; per approfondire:; vedi anche; articoli correlati.; potrebbe interessarti
        ti potrebbe interessare; continua a leggere:
        lees ook; lees meer; lees verder; bekijk ook; meer over dit onderwerp:; gerelateerde artikelen.; zie ook:
        läs också; läs även; läs mer; läs vidare:; se också:; se även:; relaterade artiklar.
        læs også; læs mere; les også; les mer; les mer om; se også:; relaterede artikler.; relaterte artikler.; lestu líka; lesa meira:
        lue myös; lue lisää; katso myös; aiheesta lisää:; loe ka:; loe lisaks:; lasi arī:; lasi vēl:; taip pat skaitykite:; skaitykite taip pat:
        czytaj także; czytaj też; czytaj również; czytaj więcej; czytaj dalej:; przeczytaj także; przeczytaj też; przeczytaj również
        zobacz także; zobacz też; zobacz również; polecamy:; więcej na ten temat:; powiązane artykuły.; powiązane tematy.
        čtěte také; čtěte též; čtěte i:; přečtěte si:; přečtěte si také; přečtěte si i; související články.; související:; více k tématu:
        mohlo by vás zajímat; mohlo by vás také zajímat; čítajte aj; čítajte tiež; prečítajte si:; prečítajte si aj; prečítajte si tiež
        súvisiace články.; súvisiaci článok:; mohlo by vás zaujímať; pročitajte i; pročitajte još; pročitaj još; pročitajte više; čitajte i
        preberite tudi; preberite še; lexoni gjithashtu; lexo edhe; olvassa el:; olvassa el ezt is; olvasta már?; kapcsolódó cikk:
        kapcsolódó cikkek:; kapcsolódó cikkeink:; ez is érdekelheti:; további cikkek:; citește și; citeşte şi; citeste si; citește mai mult
        citiți și; vezi și:; articole similare.; te-ar putea interesa; pe aceeași temă:
        прочетете още; прочетете също; вижте още; четете още; още по темата:; свързани статии.; прочитајте још; прочитајте и
        читайте также; читать также; читайте по теме; читайте ещё; читайте еще; смотрите также; по теме:; материалы по теме:; читать далее.
        ранее по теме:; ещё по теме:; еще по теме:; читайте також; читати також; також читайте; читайте більше; дивіться також; за темою:
        матеріали за темою:; чытайце таксама; διαβάστε επίσης; διαβάστε ακόμα; διαβάστε ακόμη; διαβάστε περισσότερα; δείτε επίσης; δείτε ακόμα
        σχετικά άρθρα.; bunları da okuyun; bunu da okuyun; ayrıca okuyun; ilgili haberler:; ilgili haber:; okumaya devam et:
        bunlar da ilginizi çekebilir; ilginizi çekebilir:; devamını oku.; haberin devamı.; həmçinin oxuyun; oxuyun:
        اقرأ أيض; اقرأ ايض; إقرأ أيض; اقرأ المزيد; اقرأوا أيض; شاهد أيض; شاهد ايض; طالع أيض; انظر أيض; مواضيع ذات صلة; أخبار ذات صلة
        موضوعات متعلقة; قد يهمك أيض; قد يهمك:; بیشتر بخوانید; همچنین بخوانید; مطالب مرتبط; اخبار مرتبط; بخوانید:; یہ بھی پڑھیں; مزید پڑھیں
        קראו גם; קרא גם; קראו עוד; ראו גם; עוד בנושא:; כתבות נוספות.; यह भी पढ़ें; ये भी पढ़ें; इसे भी पढ़ें; और पढ़ें; यह भी पढ़े; संबंधित खबरें; हे ही वाचा
        আরও পড়ুন; আরো পড়ুন; மேலும் படிக்க; இதையும் படிக்க; ఇవి కూడా చదవండి; ഇതും വായിക്കുക; baca juga; baca selengkapnya; baca lagi:; lihat juga:
        simak juga:; tonton juga:; artikel terkait.; berita terkait.; berita berkaitan.; soma pia; soma zaidi:; basahin din:
        đọc thêm; xem thêm; tin liên quan.; bài liên quan.; có thể bạn quan tâm; tin cùng chuyên mục.; อ่านเพิ่มเติม; อ่านต่อ; อ่านประกอบ; ข่าวที่เกี่ยวข้อง
        อ่านข่าวที่เกี่ยวข้อง; 関連記事; 関連ニュース; 【関連; 関連:; あわせて読みたい; 合わせて読みたい; あわせて読む; 続きを読む; おすすめ記事; こちらもおすすめ
        관련기사; 관련 기사; 관련 뉴스; 함께 보면 좋은; 추천 기사; 더보기.; 더 보기.; 相关阅读; 相關閱讀; 延伸阅读; 延伸閱讀; 相关新闻; 相關新聞; 相关报道
        相關報導; 更多阅读; 阅读更多; 閱讀更多; 推荐阅读; 推薦閱讀; 查看更多""",
    "advertisement": """
        anzeige.; werbung.; advertisement.; advertisements.; - advertisement -; article continues below; story continues below
        article continues after; scroll to continue; sponsored content.; sponsored.; publicité.; la suite après la publicité; publicidad.
        publicidade.; continua após a publicidade; pubblicità.; advertentie.; annons.; annonce.; annonse.; mainos.; reklama.; reklam.; inzerce.
        hirdetés.; publicitate.; oglas.; реклама.; διαφήμιση.; إعلان.; اعلان.; تبلیغات.; פרסומת.; विज्ञापन.; বিজ্ঞাপন.; iklan.; advertisement - scroll to continue
        scroll to continue with content; scroll untuk melanjutkan; quảng cáo.; โฆษณา.; 広告.; 廣告.; 广告.; 광고.; [広告].; advertising.""",
    "newsletter": """
        newsletter.; newsletter:; abonnieren sie unseren; abonnieren sie den; jetzt newsletter; melden sie sich für unseren newsletter; folgen sie uns
        folgen sie der; jetzt abonnieren.; sign up for our; sign up to our; sign up for the newsletter; sign up here:; sign up now.; subscribe to our
        subscribe to the; subscribe now.; subscribe.; get our newsletter; get the latest; follow us on; follow us:; join our whatsapp
        join our telegram; join us on; download our app; download the app; support our journalism; become a member.; to get more stories
        inscrivez-vous à; inscrivez-vous gratuitement; abonnez-vous; suivez-nous; recevez la newsletter; recevez gratuitement; suscríbete
        suscríbase; síguenos; síganos; sigue nuestro; recibe nuestra; apúntate a; assine a nossa; assine nossa; assine já; inscreva-se; siga-nos
        siga o; receba a nossa; iscriviti alla; iscriviti a; seguici su; ricevi la; abbonati; abonneer je; volg ons; schrijf je in
        prenumerera på; följ oss; följ vår; abonnér; følg os; tilmeld dig; følg oss; meld deg på; abonner på; tilaa uutiskirje; seuraa meitä
        zapisz się do; obserwuj nas; śledź nas; dołącz do nas; sledujte nás; přihlaste se k; odebírejte; prihláste sa na; iratkozzon fel
        kövessen minket; abonează-te; urmărește-ne; абонирайте се; последвайте ни; подписывайтесь на; подпишитесь на; подписаться.; следите за нами
        підписуйтесь на; підписуйтеся на; підпишіться на; читайте нас; ακολουθήστε; εγγραφείτε; bizi takip edin; abone ol; تابعنا على; تابعونا على
        اشترك في; اشتركوا في; ما را در; הירשמו ל; עקבו אחרינו; हमें फॉलो करें; हमारे व्हाट्सएप; ikuti kami; dapatkan update; theo dõi chúng tôi; đăng ký nhận
        ติดตามเรา; メルマガ登録; 登録はこちら; フォローする; 구독하기; 네이버에서; 关注我们; 關注我們; 扫码关注; 追蹤我們""",
    "share": """
        share.; share this.; share this article.; share this story.; share on facebook; share on twitter; teilen.; artikel teilen.; auf facebook teilen
        drucken.; partager.; partager cet article.; partager sur facebook; compartir.; compartir en; compartilhar.; compartilhe; partilhar.; condividi.
        condividi su; delen.; deel dit artikel; dela.; dela artikeln; del.; del artiklen; jaa.; jaa artikkeli; udostępnij.; sdílet.; zdieľať.
        megosztás.; distribuie.; сподели.; поделиться.; поделиться новостью; поширити.; κοινοποίηση.; paylaş.; شارك.; مشاركة.; اشتراک گذاری; שתפו.
        शेयर करें; bagikan.; bagikan:; chia sẻ.; แชร์.; シェアする; 공유하기.; 分享到; 分享.; copy link.; link kopieren.; copied to clipboard; print this article""",
    "comments": """
        kommentare.; zu den kommentaren; diskutieren sie mit; schreiben sie einen kommentar; comments.; leave a comment; join the conversation
        post a comment; view comments; add a comment; commentaires.; laisser un commentaire; réagissez; comentarios.; deja un comentario
        comentários.; deixe um comentário; commenti.; lascia un commento; reacties.; reageer; kommentarer.; kommentoi; komentarze.; skomentuj
        diskuse.; komentáře.; komentari.; comentarii.; коментари.; комментарии.; оставить комментарий; коментарі.; σχόλια.; yorumlar.; yorum yap
        التعليقات.; تعليقات.; תגובות.; komentar.; bình luận.; コメントを書く; コメント.; 댓글.; 评论.; 留言.""",
    "media": """
        video:; im video:; videos:; bildergalerie:; fotostrecke:; podcast:; audio:; empfohlener externer inhalt; an dieser stelle finden sie
        watch:; watch now:; watch |; watch live:; listen:; listen |; listen now:; listen to this article; play video.; in pictures:; photos |; gallery:
        photo gallery:; your browser does not support; this video can not be played; loading….; loading....; please enable javascript; vidéo:
        en vidéo:; en images:; regardez:; écoutez:; vídeo:; galería:; fotogalería:; escucha:; mira:; guarda:; guarda il video; ascolta:; fotogallery:
        bekijk:; beluister:; se video:; se videoen:; katso video; wideo:; zobacz wideo; fotogalerie:; galerie:; galéria:; videó:; видео:; смотрите видео
        фоторепортаж:; відео:; βίντεο:; δείτε το βίντεο; izle:; شاهد:; فيديو:; شاهد الفيديو; ویدیو:; צפו:; वीडियो:; देखें वीडियो; tonton:; nonton:; ảnh:
        ชมคลิป; 【動画】; 動画:; 【写真】; 【画像】; [동영상]; [포토]; 视频:; 影片:; 圖輯:""",
    "photo-credit": """
        foto:; fotos:; bild:; bilder:; bildquelle:; titelbild:; photo:; photos:; photo by:; photograph:; picture:; image:; images:; image credit:
        image source:; photo credit:; picture credit:; crédit photo:; crédits photo:; crédit:; © photo:; imagen:; imágenes:; fotografía:; crédito:
        imagem:; fotografia:; crediti:; credit:; credits:; credit |; beeld:; kuva:; kuvat:; zdjęcie:; fot.:; snímek:; fotó:; fotók:; фото:; снимка:; снимки:
        φωτογραφία:; fotoğraf:; الصورة:; تصوير:; عکس:; צילום:; फोटो:; फाइल फोटो; ảnh minh họa; ภาพ:; 写真:; 撮影:; 사진:; 사진=; 사진 =; 图片来源; 圖片來源; 图片:; 圖:""",
    "rights": """
        all rights reserved; alle rechte vorbehalten; tous droits réservés; todos los derechos reservados; todos os direitos reservados
        tutti i diritti riservati; copyright ©; copyright (c); все права защищены; усі права захищені; wszelkie prawa zastrzeżone; حقوق النشر
        جميع الحقوق محفوظة; 無断転載; 무단 전재; 무단전재; 저작권자; ⓒ; 版权所有; 版權所有; riproduzione riservata; © riproduzione riservata""",
    "published-line": """
        veröffentlicht:; veröffentlicht am; stand:; aktualisiert:; aktualisiert am; erstellt:; published:; published on; published at; updated:
        updated on; last updated; first published; last modified:; posted on; posted:; publié le; mis à jour le; modifié le; publicado el
        publicado:; actualizado el; actualizado:; publicado em; atualizado em; pubblicato il; aggiornato il; gepubliceerd op; bijgewerkt op; publicerad:
        uppdaterad:; publiceret:; opdateret:; publisert:; oppdatert:; julkaistu:; päivitetty:; opublikowano:; aktualizacja:; publikováno:; aktualizováno:
        publikované:; megjelent:; frissítve:; publicat:; actualizat:; публикувано:; обновена:; опубликовано:; обновлено:; опубліковано:; оновлено:
        δημοσιεύθηκε:; δημοσίευση:; ενημερώθηκε:; yayınlanma:; güncelleme:; نشر في; تاريخ النشر; آخر تحديث; פורסם:; עודכן:; प्रकाशित:; diterbitkan:
        cập nhật:; 公開日:; 更新日:; 更新:; 掲載日:; 입력:; 입력 2; 수정:; 승인:; 发布时间; 發布時間; 更新时间; 更新時間""",
}
BUTTONS = """facebook twitter x whatsapp telegram linkedin pinterest email e-mail mail print link copy messenger reddit flipboard viber vk ok
    instagram threads bluesky mastodon line kakao xing tumblr pocket share teilen drucken sms youtube tiktok"""
"""A line of nothing but these, two and more, is a row of buttons."""

SOURCES = """quelle; quellen; source; sources; fuente; fuentes; fonte; fontes; fonti; font; bron; källa; källor; kilde; kilder; lähde; źródło; zdroj;
    zdroje; forrás; források; sursa; surse; izvor; vir; източник; источник; источники; джерело; джерела; крыніца; πηγή; πηγές; kaynak; المصدر; المصادر;
    منبع; מקור; स्रोत; সূত্র; sumber; nguồn; theo; ที่มา; 出典; 出所; 情報源; 출처; 자료; 来源; 來源; 资料来源; 資料來源; 稿源; chanzo; heimild; allikas"""
"""Before a colon."""
AGENCIES = """dpa; dpa-afx; dpa-infocom; afp; ap; reuters; epd; kna; sid; apa; sda; ats; keystone-sda; keystone-ats; ansa; agi; adnkronos; efe; europa press; lusa
    tass; itar-tass; ria; interfax; ukrinform; unian; belta; azertac; xinhua; kyodo; jiji; yonhap; pti; ani; ians; anadolu; aa; ntb; tt; ritzau; stt; bns; leta
    pap; čtk; ctk; tasr; mti; agerpres; bta; tanjug; fena; cna; cnn; bbc; belga; anp; aap; upi; bloomberg; dow jones; canadian press; the canadian press; cp
    associated press; the associated press; agence france-presse; press association; pa media; bernama; antara; vna; ttxvn; nhk; afxp; rtr; bwa; idowa; télam
    agência brasil; agencia brasil; estadão conteúdo; wafa; sana; irna; isna; fars; zdf; ard; wam; kuna; qna; 共同; 時事; 新华社; 新華社; 中新社; 中央社
    연합뉴스; 뉴시스; 뉴스1; رويترز; أ ف ب; د ب أ; واس"""
AGENCY_WORDS = "mit material von; mit informationen von; with; with files from; with agencies; avec; con información de; com informações de; con; mit; and; und; et; y; e"

BYLINES = """von; by; additional reporting by; with reporting by; edited by; editing by; translated by; mitarbeit; redaktion; written by; reported by; reporting by; story by; words by; text by; interview by; interview von; ein interview von; ein gastbeitrag von; eine analyse von
    ein kommentar von; eine kolumne von; par; propos recueillis par; por; texto de; di; a cura di; door; av; af; text; texte; testo; tekst; teksti; autor
    autorin; autoren; author; authors; auteur; auteurs; autore; autori; autora; autores; författare; forfatter; kirjoittaja; reporter; redakcja; szerző; írta; de la; yazan; haber
    автор; авторы; автори; текст; автор текста; κείμενο; συντάκτης; γράφει ο; γράφει η; του; της; كتب; كتبت; بقلم; الكاتب; إعداد; نویسنده; מאת; लेखक; oleh; penulis; tác giả; pv
    文; 取材・文; 取材; 執筆; 記者; 记者; 本报记者; 本報記者; 作者; 撰文; 撰稿; 编辑; 編輯; 글; 글·사진; 취재"""
"""Before a name; those of scripts without capital letters before a colon, slash or bar as well."""
NAME_PARTICLES = "von van de der den del della di da dos das do du des la le el al bin ibn ben ten ter zu zur af av y e i d' o' dr. prof."
NAME_JOINERS = "and und et y e i och og en ja ve a dan și şi и і та и και и و & +"

YOU = (
    r"\b(?:you|your|yours|you['’](?:re|ve|d|ll)|vous|votre|vos|toi|usted|ustedes|tú|contigo|você|vocês|o senhor|a senhora|voi|jij|jou|jouw|jullie|"
    r"dir|dich|dein(?:e[mnrs]?)?|euch|eue?r(?:e[mnrs]?)?|\w+st du|"
    r"(?:har|kan|vill|vil|ville|är|er|tycker|synes|syns|tror|tänker|tenker|føler|känner|gör|gjør|gør|mener|menar|skal|ska|kommer|blev|ble|var|fik|fick|fikk) du|"
    r"dig|din|ditt|\w+t u|sinä|sinun|sinulle|teidän|teille|vy|vás|vám|vámi|váš|vaše|tebe|tobě|вы|вас|вам|вами|ваш\w*|ты|тебя|тебе|ви|вие|"
    r"ön|önnek|önt|önök|dumneavoastră|dvs|siz|sizin|sizi|size|sizce|sen|senin|εσείς|σας|εσύ|σου|أنت|أنتم|لديك|شما|آپ|אתה|אתם|שלך|आप|आपके|आपको|आपकी|आपका|"
    r"anda|kamu|kalian|bạn)\b|您|你|あなた|당신|คุณ"
)
"""Words with which people are asked, that mean little else in any language."""
YOU_IN_CAPITALS = r"(?<=[\w,;] )(?:Sie|Ihnen|Ihre?[mnrs]?|Lei|Pan|Pani|Pana|Panią|De|Dem|Deres|U)\b"
"""Words that mean it only with a capital inside a sentence."""
ME = (
    r"\b(?:I|I['’](?:m|ve|d|ll)|my|we|our|ich|mir|mich|mein\w*|wir|uns|je|nous|moi|yo|mi|nosotros|io|noi|eu|meu|minha|nós|ik|wij|mijn|jag|jeg|mig|meg|min|"
    r"minä|minun|olen|ja|mnie|mam|jestem|já|jsem|mě|jsme|ja|som|én|nekem|vagyok|mie|sunt|я|мне|меня|мы|мой|мені|мене|ми|аз|ние|ben|benim|biz|εγώ|μου|εμείς|"
    r"أنا|نحن|من|ما|אני|אנחנו|मैं|मैंने|हम|saya|kami|tôi|chúng tôi)\b|\bj['’]|我|私|僕|俺|저는|제가|나는|우리|ผม|ดิฉัน"
)
"""Words with which people speak of themselves; in answers to personal questions they tell an interview from advice."""
QUESTION_SIGNS = ("――", "──", "——", "―", "Q.", "Q:", "Q：", "問")
"""Before an interviewer's question."""

QUOTES = {
    '"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "‚": "‘’", "'": "'", "‹": "›", "›": "‹", "”": "”", "「": "」", "『": "』", "《": "》", "〈": "〉",
    "❝": "❞", "〝": "〟", "‟": "”",
}  # fmt: skip
"""A quotation mark that opens, and those that close it."""
CLOSERS = "\"'”“’‘»«›‹」』》〉)）]】*†  "
"""What may stand behind an end mark."""
STOPS = ".。．｡।॥።։۔؞།༎။၊។៕᠃᠉⸼꓿"
ASKS = "?？؟՞;⸮፧"
CALLS = "!！՜"
COLONS = ":：፡፦："
OPEN_ENDS = ",،、，-–—―/&+=<"
"""A line that ends with one of these goes on."""
BULLETS = "•·▪‣◦●○*+–—-‐・∙⁃"
DASHES = "–—-‐"

KEYS = {
    "title": """title; headline; head; titel; überschrift; schlagzeile; titre; título; titulo; titular; titolo; kop; rubrik; overskrift; otsikko; tytuł; titulek; nadpis
        titlu; naslov; cím; заголовок; название; заглавие; наслов; τίτλος; başlık; العنوان; عنوان; כותרת; शीर्षक; শিরোনাম; judul; tajuk; tiêu đề; หัวข้อ; タイトル; 見出し
        題名; 제목; 标题; 標題""",
    "kicker": "kicker; dachzeile; spitzmarke; overline; eyebrow; surtitre; antetítulo; antetitulo; antetítulo; occhiello; chapeau kicker",
    "date": """date; published; published at; published on; publication date; pubdate; datum; veröffentlicht; veröffentlicht am; erscheinungsdatum; publié le; date de publication
        fecha; fecha de publicación; publicado; data; data de publicação; data di pubblicazione; pubblicato; gepubliceerd; dato; publicerad; publiceret; publisert; päivämäärä
        data publikacji; datum vydání; dátum; megjelent; dată; дата; дата публикации; опубликовано; дата на публикуване; датум; ημερομηνία; tarih; التاريخ; تاريخ; تاریخ; תאריך
        दिनांक; तारीख; তারিখ; tanggal; tarikh; ngày; วันที่; 日付; 公開日; 掲載日; 날짜; 입력; 日期; 发布日期; 發布日期; 时间""",
    "updated": """updated; last updated; modified; last modified; lastmod; aktualisiert; geändert; mis à jour le; actualizado; atualizado; aggiornato; bijgewerkt; uppdaterad
        opdateret; oppdatert; päivitetty; zaktualizowano; aktualizováno; frissítve; actualizat; обновлено; обновена; оновлено; ενημερώθηκε; güncelleme; آخر تحديث; עודכן; 更新日; 수정; 更新""",
    "authors": """author; authors; by; byline; written by; autor; autorin; autoren; von; auteur; auteurs; par; autores; por; autore; autori; di; door; författare; forfatter
        kirjoittaja; autorzy; autoři; szerző; автор; авторы; автори; аутор; συντάκτης; συγγραφέας; yazar; الكاتب; المؤلف; نویسنده; מאת; लेखक; penulis; tác giả; 著者; 筆者; 記者; 기자; 글쓴이; 作者; 记者""",
    "summary": """summary; lead; lede; teaser; abstract; description; dek; subtitle; vorspann; zusammenfassung; unterzeile; chapô; chapeau; résumé; entradilla; resumen; bajada
        resumo; lide; sommario; sintesi; samenvatting; ingress; sammanfattning; zajawka; perex; résumé; лид; аннотация; περίληψη; özet; ملخص; 要約; 요약; 摘要; 导语""",
    "publisher": """source; publisher; publication; site; newspaper; medium; agency; quelle; medium; zeitung; agentur; éditeur; fuente; medio; fonte; testata; bron; källa; kilde; lähde
        źródło; zdroj; forrás; sursă; sursa; източник; источник; джерело; извор; πηγή; kaynak; المصدر; منبع; מקור; स्रोत; sumber; nguồn; 出典; 媒体; 媒體; 출처; 来源; 來源""",
    "url": "url; link; address; original; permalink; canonical; canonical url; adresse; enlace; lien; collegamento; indirizzo; ссылка; адрес; رابط; 網址; 网址; 链接",
    "lang": "language; lang; sprache; langue; idioma; lingua; taal; språk; sprog; kieli; język; jazyk; nyelv; limbă; язык; език; мова; γλώσσα; dil; اللغة; שפה; 言語; 언어; 语言",
    "topics": """tags; tag; topics; topic; keywords; category; categories; section; rubric; themen; thema; schlagworte; schlagwörter; stichworte; rubrik; ressort; mots-clés; rubrique
        catégorie; thèmes; etiquetas; categoría; sección; temas; palavras-chave; categoria; seção; etichette; argomenti; parole chiave; sezione; trefwoorden; rubriek; kategori
        ämnen; emner; tagi; kategoria; słowa kluczowe; kategorie; štítky; címkék; etichete; категория; рубрика; теги; ключевые слова; категорія; етикети; etiketler; الوسوم; القسم
        キーワード; カテゴリ; 태그; 标签; 關鍵字; 分类""",
    "image": "image; lead image; bild; foto; imagen; immagine",
    "caption": "caption; image caption; bildunterschrift; bildtext; légende; pie de foto; didascalia",
    "text": "text; body; content; article; inhalt; artikel; texte; corps; texto; cuerpo; corpo; testo; tekst; brödtext; текст; κείμενο; metin; النص; 本文; 본문; 正文",
}
"""What a header line of the form `Key: value` states, by the keys that say so. After `text` the text begins."""
