"""Abbreviations with a full stop, per language, so that it does not end a sentence there: data."""

from functools import cache

from digest.editor.stopwords import primary

# A name or a number always follows these: their full stop never ends a sentence. Small letters, without the last
# full stop; those of several parts are written without blank space (`z.b` is `z. B.` and `z.B.`).
_NEVER = {
    "": "dr prof mr mrs ms st mme mlle msgr vs ca hrsg ing mag dipl",
    "en": """
messrs rev hon gen lt col capt cmdr cpl sgt maj adm gov sen rep reps sens pres supt det insp pvt ft mt e.g i.e cf viz al
approx est dept pp nos jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri ave blvd rd
""",
    "de": """
hr fr frl str bzw d.h z.b z.t u.a u.ä o.ä i.d.r u.u v.a s.o s.u m.e i.a i.v z.zt o.g u.g sog gen evtl ggf vgl inkl exkl
einschl zzgl abzgl bspw insb max min tel geb gest verst phil med jur rer nat habil univ stv ltd dir präs vors abs bd bde
kap anm abb aufl hl gem lt ggü usf od entspr mind okt nov dez jan febr feb apr aug sept mio mrd tsd rd a.a.o
i.e v.l.n.r v.r.n.l z.hd u.v.m a.d a.m
""",
    "nl": "dhr mevr mw drs ir mr jhr ds bijv bv d.w.z m.a.w o.a t.a.v i.p.v n.a.v t.o.v m.b.t i.v.m o.l.v ca jl resp incl excl blz pag tel jan feb apr aug sept okt nov dec mln mld",
    "sv": "t.ex bl.a d.v.s s.k f.d fr.o.m t.o.m m.a.o p.g.a jfr kap tel hr fr jan feb apr aug sept okt nov dec milj mdr ca",
    "da": "f.eks bl.a dvs d.v.s s.k ca kl hr fru fhv pga p.g.a jf kap tlf jan feb apr aug sept okt nov dec mio mia kr",
    "nb": "f.eks bl.a dvs d.v.s s.k ca kl hr fru pga p.g.a jf kap tlf jan feb apr aug sept okt nov des mill mrd kr",
    "fi": "esim mm ts ns klo puh ent eur milj mrd tri prof toht",
    "fr": "m mm mgr me av bd p pp art chap cf env ex n tél vol hab janv févr avr juil sept oct nov déc éd",
    "es": "sr sra sres sras srta d dña dra lic gral cnel cap ing arq avda pág págs núm tel ej p.ej dpto ee ff ca aprox",
    "pt": "sr sra srs sras dra eng gen cel cap av pág págs núm tel p.ex ex aprox exmo dep",
    "it": "sig sigg sig.ra dott avv ing arch on sen geom rag prof gen col cap mons pag pagg tel es p.es ecc.mo",
    "ca": "sr sra srs dra av pàg núm tel p.ex aprox",
    "ro": "dl dna dr ing av gen col str nr tel art ex lt cca",
    "pl": "prof dr inż mgr hab red ks gen płk mjr kpt por św ul al pl nr tel tzn tzw np m.in ok im woj pow gm art ust pkt poz str zob por r ww pt",
    "cs": "ing mgr bc mudr judr phdr rndr doc gen plk mjr kpt por sv ul nám č čís tel tzv např tj mj resp cca str odst obr",
    "sk": "ing mgr bc mudr judr phdr rndr doc gen plk sv ul nám č tel tzv napr tj resp cca str ods obr",
    "hr": "gosp gđa mr ing sv ul br tel tzv npr tj itd str čl god",
    "sl": "g gdč mag inž sv ul št tel t.i npr tj oz str čl",
    "hu": "id ifj özv dr prof gr br st ún pl kb ill vö stb u tel ker jan febr márc ápr jún júl aug szept okt nov dec",
    "tr": "sn doç yrd av alb yzb tğm org korg tuğg bk bkz vb örn çev haz cad sok mah apt tel yy",
    "lt": "prof doc gerb pan pvz t.y vyr jaun dir red gen plk šv g pr a.a kun nr tel mln mlrd tūkst",
    "lv": "prof doc gen plkv sv piem t.i u.c nr tel milj mljrd tūkst",
    "et": "hr pr prl mag dots kin kol kpt st s.o nt vt lk tel nr mln mld",
    "el": "κ κκ κα δρ καθ αγ αρ σελ τηλ βλ π.χ δηλ λ.χ",
    "ru": """
г гг ул пр просп пер пл д корп кв стр рис табл им проф акад доц канд ген полк майор кап лейт св о обл р с пос дер тел см ср
напр т.е т.к т.н т.о тов гр мин сек тыс млн млрд руб коп долл янв февр фев апр авг сент окт нояб дек
""",
    "uk": "м вул просп пров пл буд кв обл смт с проф акад доц ген полк майор кап св о р тел див напр т.зв т.б тис млн млрд грн коп дол ім рр",
    "be": "г вул пр пл д кв вобл праф акад ген св р тэл гл напр т.зв тыс млн млрд руб ім",
    "bg": "г гр ул бул пл проф акад доц инж ген полк св о тел вж напр т.нар т.е чл ал млн млрд лв хил",
    "sr": "г проф др инж ген пук св ул бр тел тзв нпр тј чл год мил",
    "ar": "د أ م ص ج هـ ق.م",
    "fa": "د م ص ه.ش ه.ق",
    "he": "ד עמ",
    "hi": "डॉ श्री प्रो सं",
    "bn": "ডা ড মো প্রো",
    "vi": "ts ths gs pgs bs ks tp th.s p.v q",
    "id": "bpk ibu sdr drs ir h hj tgl hlm jl kol letjen mayjen brigjen jend tn ny",
    "hy": "պրոֆ դոկտ",
}
# These stand inside a sentence or at its end: only a word that usually begins a sentence shows that one begins.
_MAY = {
    "": "etc inc ltd co corp bros jr sr esq p.m a.m u.s u.k u.n u.s.a d.c b.c a.d ph.d m.d plc s.a s.p.a n.v b.v cie",
    "de": "usw u.s.w etc pp ff f v.chr n.chr u.a.m o.ä u.ä e.v d.j d.m a.d z s.a gmbh",
    "nl": "enz e.d e.a v.chr n.chr",
    "sv": "etc osv o.s.v m.m m.fl f.kr e.kr",
    "da": "osv o.s.v m.m m.fl f.kr e.kr",
    "nb": "osv o.s.v m.m m.fl f.kr e.kr",
    "fi": "jne jms yms ym ym.s ekr jkr",
    "fr": "etc av.j.-c apr.j.-c",
    "es": "etc uds ud vds a.c d.c ee.uu s.a s.l",
    "pt": "etc a.c d.c s.a ltda",
    "it": "ecc a.c d.c s.r.l",
    "ro": "etc ș.a î.hr d.hr",
    "pl": "itd itp r in p.n.e n.e zł gr tys mln mld",
    "cs": "atd apod aj př.n.l n.l r kč tis mil",
    "sk": "atď apod a.i pred n.l r",
    "hr": "itd sl pr.kr",
    "sl": "itd ipd pr.kr",
    "hu": "stb i.e i.sz",
    "tr": "vs vd m.ö m.s",
    "lt": "kt t.t m d",
    "lv": "utt u.t.t",
    "et": "jne jms ekr pkr",
    "el": "κ.λπ κλπ κ.ά π.χ μ.χ",
    "ru": "т.д т.п др пр н.э г гг в вв руб коп долл тыс млн млрд",
    "uk": "т.д т.п ін н.е р рр ст грн тис млн млрд",
    "be": "д.п г.д інш н.э г руб",
    "bg": "т.н др пр.хр г лв",
    "sr": "итд сл п.н.е",
    "vi": "v.v",
    "id": "dll dsb dst",
}
_NUMBERED = (
    "no nr nos art arts fig figs vol vols ed p pp abs abb kap sec ch par s z rn ziff št č br čl nº n° núm № ст гл п"
)
BEFORE_NUMBERS = frozenset(_NUMBERED.split())
"""Abbreviations in front of a number only: elsewhere `no.` is a word at the end of its sentence."""
# Where `17.` is an ordinal: the article or preposition before it tells, or that the number is no larger than a day.
_ORDINALS = {
    "de": "der die das den dem des am im vom zum zur beim bis ab seit und oder ein eine einen einem einer eines ihr ihre ihren sein seine seinen als",
    "da": "den det de og",
    "nb": "den det de og",
    "fi": "",
    "cs": "",
    "sk": "",
    "sl": "",
    "hr": "",
    "sr": "",
    "pl": "",
    "et": "",
    "lv": "",
    "hu": "a az",
    "tr": "",
}


@cache
def never_ends(lang: str) -> frozenset[str]:
    """Return the abbreviations of `lang` after which a sentence always goes on."""
    return frozenset(f"{_NEVER['']} {_NEVER.get(primary(lang), '')}".split()) - may_end(lang)


@cache
def may_end(lang: str) -> frozenset[str]:
    """Return the abbreviations of `lang` after which a sentence may go on or end."""
    return frozenset(f"{_MAY['']} {_MAY.get(primary(lang), '')}".split())


@cache
def before_ordinals(lang: str) -> frozenset[str] | None:
    """Return the words that an ordinal such as `17.` follows; None where ordinals are written without a full stop."""
    words = _ORDINALS.get(primary(lang))
    return None if words is None else frozenset(words.split())
