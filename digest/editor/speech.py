"""Who speaks, and who is meant: verbs of speech, titles and the words that point back, per language: data."""

from functools import cache

from digest.editor.stopwords import primary

# Verbs that stand between a quotation and the name of its speaker, in the forms that news uses.
_VERBS = {
    "de": "sagte sagt erklärte erklärt betonte betont meinte meint kritisierte kritisiert warnte warnt forderte fordert ergänzte ergänzt erläuterte erläutert berichtete berichtet schrieb schreibt kommentierte kommentiert teilte mahnte mahnt versicherte versichert bekräftigte bekräftigt unterstrich unterstreicht urteilte rief fragte fragt antwortete antwortet erzählte erzählt klagte klagt lobte lobt räumte fügte stellte zitierte so",
    "en": "said says added adds told tells wrote writes explained explains warned warns argued argues insisted insists noted notes stated states declared declares asked asks replied replies commented tweeted recalled concluded admitted acknowledged",
    "nl": "zei zegt vertelde vertelt verklaarde verklaart schreef schrijft benadrukte waarschuwde vond vindt stelde stelt aldus meldde reageerde vroeg",
    "sv": "sa sade säger berättade berättar skrev skriver förklarade förklarar menade menar betonade varnade tillade uppgav undrade",
    "da": "sagde siger fortalte fortæller skrev skriver forklarede forklarer mente mener understregede advarede tilføjede udtalte udtaler spurgte",
    "nb": "sa sier fortalte forteller skrev skriver forklarte forklarer mente mener understreket advarte uttalte uttaler spurte",
    "fi": "sanoi sanoo kertoi kertoo kirjoitti kirjoittaa totesi toteaa painotti korosti varoitti kommentoi arvioi kysyi",
    "fr": "dit déclaré déclare affirmé affirme expliqué explique ajouté ajoute souligné souligne estimé estime indiqué indique assuré assure écrit précisé précise prévenu prévient lancé lance martelé insiste insisté confié raconte raconté regretté conclut déclara répondu demande",
    "es": "dijo dice afirmó afirma declaró declara señaló señala explicó explica aseguró asegura añadió añade agregó indicó indica sostuvo manifestó expresó escribió advirtió subrayó destacó aseveró apuntó insistió comentó preguntó respondió",
    "pt": "disse diz afirmou afirma declarou declara explicou explica acrescentou acrescenta ressaltou destacou escreveu alertou garantiu comentou avaliou contou completou perguntou respondeu",
    "it": "detto dice dichiarato dichiara spiegato spiega aggiunto aggiunge affermato afferma sottolineato sottolinea scritto scrive commentato commenta avvertito ribadito concluso osservato raccontato chiesto risposto",
    "ca": "dit diu afirmat afirma declarat explicat explica assegurat assegura afegit destacat advertit escrit",
    "ro": "spus spune declarat declară afirmat afirmă precizat adăugat explicat scris subliniat transmis",
    "pl": "powiedział powiedziała mówi mówił mówiła dodał dodała podkreślił podkreśliła stwierdził stwierdziła zaznaczył zaznaczyła napisał napisała ocenił oceniła wyjaśnił wyjaśniła oświadczył oświadczyła przyznał zapytał",
    "cs": "řekl řekla říká uvedl uvedla dodal dodala prohlásil prohlásila napsal napsala vysvětlil vysvětlila upozornil upozornila zdůraznil zdůraznila sdělil sdělila konstatoval míní",
    "sk": "povedal povedala hovorí uviedol uviedla dodal dodala vyhlásil vyhlásila napísal napísala vysvetlil upozornil zdôraznil skonštatoval",
    "hr": "rekao rekla kaže izjavio izjavila dodao dodala istaknuo istaknula poručio poručila naglasio naglasila napisao napisala objasnio objasnila upozorio naveo navela",
    "sr": "рекао рекла каже изјавио изјавила додао додала истакао истакла поручио поручила нагласио навео написао",
    "sl": "rekel rekla pravi povedal povedala dejal dejala dodal dodala poudaril poudarila zapisal zapisala pojasnil pojasnila",
    "hu": "mondta mondja közölte hangsúlyozta hozzátette fogalmazott kijelentette írta nyilatkozta elmondta jelentette kiemelte",
    "tr": "dedi söyledi konuştu belirtti ifade kaydetti vurguladı açıkladı",
    "el": "είπε λέει δήλωσε δηλώνει τόνισε τονίζει ανέφερε πρόσθεσε υπογράμμισε έγραψε σημείωσε σχολίασε",
    "ru": "сказал сказала говорит говорил заявил заявила отметил отметила подчеркнул подчеркнула добавил добавила написал написала пояснил пояснила рассказал рассказала считает сообщил сообщила объяснил цитирует приводит уточнил уточнила признал ответил спросил",
    "uk": "сказав сказала каже заявив заявила зазначив зазначила наголосив наголосила підкреслив додав додала написав написала пояснив пояснила розповів розповіла вважає повідомив повідомила",
    "be": "сказаў сказала кажа заявіў заявіла адзначыў адзначыла падкрэсліў дадаў напісаў расказаў паведаміў",
    "bg": "каза казва заяви заявява отбеляза подчерта добави написа обясни коментира съобщи",
    "vi": "nói viết cho_biết cho_hay khẳng_định nhấn_mạnh phát_biểu chia_sẻ tuyên_bố giải_thích nhận_định nhận_xét bày_tỏ cảnh_báo trả_lời",
    "id": "kata ujar tutur ucap jelas tegas tulis katanya mengatakan menyatakan menegaskan menjelaskan menambahkan berkata",
    "lt": "sakė sako teigė teigia pridūrė pabrėžė rašė pareiškė",
    "lv": "teica saka sacīja norādīja uzsvēra piebilda rakstīja paziņoja",
    "et": "ütles ütleb lisas rääkis märkis rõhutas kirjutas teatas",
}
# In these a name may follow a quotation and its comma directly: “…,” Hill said.
NAME_FIRST = frozenset(["en", "vi", "tr", "fi", "hu"])
# These never have the speaker after them: `told Reuters`, `teilte mit`.
_NAME_BEFORE = frozenset(["told", "tells"])
# What may stand between a verb of speech and its speaker.
_ARTICLES = {
    "de": "der die das ein eine",
    "en": "the a an",
    "nl": "de het een",
    "fr": "le la l",
    "es": "el la un una",
    "pt": "o a um uma",
    "it": "il la lo l un una",
    "ca": "el la l en na",
    "el": "ο η",
    "vi": "ông bà anh chị cô ngài đại biểu",
    "hu": "a az",
}
# Words of East Asian texts. A name stands before one of the titles: with a title alone nobody is named.
JAPANESE_TITLES = "氏 さん 首相 大統領 社長 会長 監督 選手 知事 長官 大臣 外相 防衛相 財務相 議長 報道官 市長 教授 代表 委員長 議員 容疑者 被告 書記長 総裁 官房長官 幹事長 弁護士 医師 事務局長"
JAPANESE_VERBS = "述べ 語っ 語り 話し 強調 説明 コメント 主張 批判 訴え 答え 指摘 発言 表明 言っ"
KOREAN_TITLES = "씨 대표 대통령 장관 의원 총리 위원장 회장 사장 교수 감독 시장 지사 대변인 원장 의장 총장 변호사 선수 본부장 실장 국장"
CHINESE_VERBS = "说 說 表示 指出 称 稱 强调 強調 认为 認為 透露 坦言 介绍 介紹 写道 寫道 告诉 告訴 回应 回應"
# An unnamed person, or none: 他 “he”, 官员 “an official”.
CHINESE_NOBODY = "他 她 它 们 們 我 你 其 者 员 員 家 人 方 士 会 會 部 报 報 社 府 局 台 网 網 文 长 長 统 統 理 相"
# Words that join the parts of a name in small letters.
_JOINING = "von van zu der den de del della di da dos das do du des la le el al bin ben ibn abu af av ter ten"
PARTICLES = frozenset(_JOINING.split())
# A title before a name, in small letters; German ones are also the last part of longer words.
_TITLES = {
    "en": "president minister chancellor senator sen rep gov governor secretary general mayor chairman chairwoman chair chief ceo director judge justice prince princess king queen pope bishop archbishop cardinal captain colonel lieutenant major sergeant officer sheriff coach professor doctor dr mr mrs ms sir lord lady dame representative congressman congresswoman treasury finance foreign defence defense interior prime vice deputy former acting premier attorney spokesman spokeswoman spokesperson analyst economist strategist trader dealer researcher scientist lawyer leader member manager partner founder owner author editor",
    "de": "präsident präsidentin minister ministerin kanzler kanzlerin sprecher sprecherin chef chefin trainer trainerin meister meisterin vorsitzende vorsitzender senator senatorin richter richterin anwalt anwältin könig königin prinz prinzessin papst bischof kardinal general generalin direktor direktorin kommissar kommissarin sekretär sekretärin professor professorin doktor herr frau rat rätin experte expertin leiter leiterin manager politiker politikerin abgeordnete abgeordneter forscher forscherin autor autorin beauftragte beauftragter spieler spielerin sänger sängerin schauspieler schauspielerin kandidat kandidatin premier botschafter botschafterin läufer läuferin fahrer fahrerin reporter staatsanwältin pilot pilotin stürmer torhüter torwart stadtrat doppelgänger mörder gründer gründerin regisseur regisseurin",
    "fr": "président présidente ministre premier première chancelier chancelière sénateur sénatrice maire général colonel roi reine prince princesse pape monseigneur docteur professeur monsieur madame",
    "es": "presidente presidenta ministro ministra canciller senador senadora alcalde alcaldesa general rey reina príncipe papa doctor doctora profesor don doña señor señora",
    "it": "presidente ministro ministra cancelliere senatore senatrice sindaco generale re regina principe papa dottor professor signor signora premier",
    "pt": "presidente ministro ministra chanceler senador senadora prefeito general rei rainha príncipe papa doutor professor senhor senhora",
    "nl": "president premier minister burgemeester generaal koning koningin prins paus meneer mevrouw",
    "ru": "президент президента президенту премьер премьер-министр министр глава канцлер сенатор генерал король королева принц папа мэр губернатор депутат директор режиссёр тренер адвокат",
    "tr": "cumhurbaşkanı başbakan bakan başkan bakanı başkanı kral kraliçe",
    "vi": "ông bà anh chị thủ tướng tổng thống chủ tịch bộ trưởng",
}
# What a sentence alone leaves in the dark: words at its beginning that point to the one before it.
_POINTING = {
    "en": "neither he she it they this that these those his her their its him them such here there then but and so or however also meanwhile therefore thus instead moreover besides nor both another others yet still afterwards again earlier later",
    "de": "er sie es dieser diese dieses diesem diesen jener jene dies das ihr ihre ihren ihm ihn sein seine seinen seiner dort hier dann da damals danach davor dabei dafür dagegen daher darum darauf darin daran davon dazu deshalb deswegen doch aber und oder auch jedoch allerdings dennoch trotzdem außerdem zudem ferner so solche beide letztere ersterer denn sondern deren dessen infolge daraufhin hierbei hierzu dadurch weiter weiterhin anschließend zuvor später sonst andere ebenso zugleich gleichzeitig",
    "nl": "hij zij ze het dit dat deze die haar hun daar hier toen dan maar en ook echter daarom bovendien daarna zo",
    "sv": "han hon den det de denna detta dessa hans hennes deras där här då men och också dock därför dessutom sedan så",
    "da": "han hun den det de denne dette disse hans hendes deres der her da men og også dog derfor desuden så",
    "nb": "han hun den det de denne dette disse hans hennes deres der her da men og også derfor dessuten så",
    "fi": "hän he se ne tämä tuo nämä nuo siellä täällä silloin mutta ja myös kuitenkin siksi lisäksi sen hänen heidän",
    "fr": "il elle ils elles ce cet cette ces cela ça celui celle ceux son sa ses leur leurs là ici alors puis mais et or donc aussi ainsi cependant toutefois pourtant enfin ensuite en y selon lui",
    "es": "él ella ellos ellas este esta esto estos estas ese esa eso esos esas aquel su sus allí aquí entonces luego pero y también además sin así ahí",
    "pt": "ele ela eles elas este esta isto estes estas esse essa isso seu sua seus suas ali aqui então depois mas e também além porém assim",
    "it": "lui lei loro egli essa essi questo questa questi queste quello quella ciò suo sua suoi sue lì qui allora poi ma e anche inoltre però tuttavia così",
    "pl": "on ona ono oni one ten ta to ci te jego jej ich tam tu wtedy potem ale i a także jednak dlatego ponadto zaś",
    "cs": "on ona ono oni ten ta to ti tento tato toto jeho její jejich tam tady pak ale a také však proto navíc",
    "hr": "on ona ono oni taj ta to ovaj ova ovo njegov njezin tamo ovdje zatim ali i a također međutim zato",
    "hu": "ő ők ez az ezt azt ezek azok itt ott akkor de és is azonban ezért",
    "tr": "o onlar bu şu bunlar bunun onun orada burada sonra ama ve ayrıca ancak fakat böyle öyle",
    "el": "αυτός αυτή αυτό αυτοί εκεί εδώ τότε αλλά και επίσης όμως",
    "ru": "он она оно они это этот эта эти тот та те то его её ее их там здесь тогда потом но и а также однако поэтому кроме затем при так",
    "uk": "він вона воно вони це цей ця ці той та те його її їх там тут тоді потім але і й а також однак тому крім так",
    "bg": "той тя то те това този тази тези там тук тогава но и а също обаче затова",
    "sr": "он она оно они то тај та овај ова ово његов њен тамо овде затим али и а такође међутим зато",
    "vi": "ông bà anh chị họ nó điều đây đó này tuy nhưng và vì do ngoài bên cũng sau trước",
    "id": "dia ia mereka ini itu namun tetapi dan juga selain sementara kemudian lalu",
    "ja": "これ それ この その ここ そこ しかし また そして だが ただ なお さらに 同氏 同社 同 彼 彼女 一方 このため そのため",
    "zh": "他 她 它 这 那 此 但 而 并 不过 然而 同时 此外 另外 因此 所以",
    "ko": "그는 그녀는 이는 이에 그러나 하지만 그리고 또 또한 한편 이어 그는",
    "ar": "هو هي هم هذا هذه ذلك تلك لكن وكان كما وقد وهو وهي ولكن وأضاف وتابع كذلك",
}
_THE = "der die das the le la les el los las de het il lo gli"
THE = frozenset(_THE.split())
_GOES_ON = "der des die von vom für of for that who which de du d' del di da van dei della qui que che"
GOES_ON = frozenset(_GOES_ON.split())
"""What goes on after such a noun and says which one it is: `the company that …`."""
# Nouns that with `the` before them mean what the sentence before has named.
_KINDS = {
    "de": "organisation unternehmen konzern firma mann frau partei behörde verein gruppe opfer täter politiker politikerin verdächtige beschuldigte angeklagte maßnahme entscheidung regelung studie projekt vorfall text artikel ergebnis ort gebäude fahrzeug schiff 39-jährige",
    "en": "organisation organization company firm group man woman couple suspect victim victims defendant move decision measure study project incident article result building vehicle ship pair duo two latter former",
    "fr": "organisation entreprise société groupe homme femme suspect victime décision mesure étude projet incident géant",
    "es": "organización empresa compañía grupo hombre mujer sospechoso víctima decisión medida estudio proyecto incidente",
    "nl": "organisatie bedrijf concern groep man vrouw verdachte slachtoffer besluit maatregel onderzoek project",
    "it": "organizzazione azienda società gruppo uomo donna sospetto vittima decisione misura studio progetto",
}


@cache
def verbs(lang: str) -> frozenset[str]:
    """Return the verbs of speech of a language."""
    return frozenset(_VERBS.get(primary(lang), "").split())


@cache
def name_follows(lang: str) -> frozenset[str]:
    """Return the verbs of speech after which the speaker may be named."""
    return verbs(lang) - _NAME_BEFORE


@cache
def articles(lang: str) -> frozenset[str]:
    """Return what may stand between a verb of speech and the name of the speaker."""
    return frozenset(_ARTICLES.get(primary(lang), "").split())


@cache
def titles(lang: str) -> frozenset[str]:
    """Return the titles that stand before a person's name."""
    return frozenset(_TITLES.get(primary(lang), "").split())


@cache
def pointing(lang: str) -> frozenset[str]:
    """Return the words that point back when a sentence begins with them."""
    return frozenset(_POINTING.get(primary(lang), "").split())


@cache
def kinds(lang: str) -> frozenset[str]:
    """Return the nouns that, with an article before them, point back when a sentence begins with them."""
    return frozenset(_KINDS.get(primary(lang), "").split())
