"""Words that are never a topic: what every text of a language is made of, and what all news is made of."""

from functools import cache

# Articles, pronouns, prepositions, conjunctions, auxiliaries, adverbs: the words that hold a text together. With a
# capital letter they begin a sentence, so the splitter of sentences asks for them too.
_FUNCTION = {
    "en": """
a an the this that these those he she it they we you i his her its their our your my him them us me who whom whose
which what when where why how and or but nor so yet if then than as at by for from in into of off on onto out over to
under up with without within about above across after against along among around before behind below between beyond
during except inside near since through throughout toward towards until upon via despite is are was were be been being
am has have had having do does did done will would shall should can could may might must not no any some all both each
every either neither few many more most much less least several such same other another own only just also too very
still already even ever never again once here there now today yesterday tomorrow soon later ago however although though
while because whether unless like per one two three four five six seven eight nine ten first second third last next
new old well back down far long often perhaps almost nearly quite rather instead meanwhile moreover therefore thus
""",
    "de": """
der die das den dem des ein eine einen einem einer eines er sie es wir ihr ich du man sich ihn ihm ihnen ihre ihren
ihrem ihrer ihres sein seine seinen seinem seiner seines unser unsere mein meine dein kein keine keinen keinem keiner
dieser diese dieses diesen diesem jener jene jenes jenen jeder jede jedes jeden jedem alle allen aller alles wer was
wen wem wo wann warum wie wieso welche welcher welches welchen und oder aber denn sondern doch jedoch sowie weder noch
wenn als ob dass daß weil da damit obwohl während bevor nachdem bis seit sobald solange falls indem so auch nur schon
bereits noch nicht nie immer wieder oft sehr mehr meist viel viele vielen weniger wenig einige einigen etwa rund fast
kaum ganz gar eher wohl sogar hier dort dann nun jetzt heute gestern morgen bald später zuvor danach dabei dafür dagegen
daher darum darauf darin daran davon dazu damals deshalb deswegen trotzdem außerdem zudem allerdings dennoch inzwischen
mittlerweile zunächst zuletzt schließlich unterdessen insgesamt in im an am auf aus bei beim mit nach von vom vor zu zum
zur um für über unter durch gegen ohne zwischen hinter neben wegen trotz statt laut gemäß ab ist sind war waren sei
seien wäre wären wird werden wurde wurden worden würde hat haben hatte hatten habe hätte kann können konnte konnten
könnte muss müssen musste soll sollen sollte sollten will wollen wollte darf dürfen mag möchte eins zwei drei vier fünf
sechs sieben acht neun zehn erste ersten erster zweite zweiten dritte letzte letzten nächste nächsten neue neuen neuer
neues alte alten andere anderen anderer beide beiden mal nichts etwas jemand niemand ja nein
""",
    "nl": """
de het een en of maar want dus dat die dit deze hij zij ze wij we jij je ik u men zich hem haar hun hen ons onze mijn
zijn wie wat waar wanneer waarom hoe welke als dan toen omdat hoewel terwijl voordat nadat tot sinds in op aan uit bij
met naar van voor over onder door tegen zonder tussen achter naast om te ter ten is was waren ben bent wordt worden werd
werden heeft hebben had hadden kan kunnen kon konden moet moeten moest zal zullen zou zouden wil willen mag niet geen ook
nog al alleen er hier daar nu vandaag gisteren morgen later weer zeer meer meest veel weinig alle alles elke andere
eerste tweede laatste nieuwe oude volgens echter daarom bovendien intussen
""",
    "sv": """
den det de en ett och eller men för att som han hon vi ni jag du man sig honom henne dem oss sin sitt sina hans hennes
deras denna detta dessa vem vad var när varför hur om då medan innan efter sedan i på av från till med utan under över
vid mot mellan genom hos är var vara blir blev har hade kan kunde ska skulle måste vill inte ingen inget också bara
redan än nu här där idag igår mer mest mycket många få alla allt varje andra första sista nya nytt enligt dock därför
dessutom samtidigt
""",
    "da": """
den det de en et og eller men for at som der han hun vi i jeg du man sig ham hende dem os sin sit sine hans hendes deres
denne dette disse hvem hvad hvor hvornår hvorfor hvordan om da mens før efter siden på af fra til med uden under over ved
mod mellem gennem er var være bliver blev har havde kan kunne skal skulle må vil ikke ingen intet også kun allerede nu
her i dag går mere mest meget mange få alle alt hver andre første sidste nye nyt ifølge dog derfor desuden samtidig
""",
    "nb": """
den det de en ei et og eller men for å at som han hun vi dere jeg du man seg ham henne dem oss sin sitt sine hans hennes
deres denne dette disse hvem hva hvor når hvorfor hvordan om da mens før etter siden i på av fra til med uten under over
ved mot mellom gjennom er var være blir ble har hadde kan kunne skal skulle må vil ikke ingen også bare allerede nå her
der dag går mer mest mye mange få alle alt hver andre første siste nye nytt ifølge likevel derfor dessuten samtidig
""",
    "fi": """
ja tai mutta että kun jos koska vaikka niin kuin se ne hän he me te minä sinä tämä tuo nämä nuo joka jotka mikä mitä kuka
missä milloin miksi miten on oli ovat olivat ole olla ollut oleva ei eivät eikä myös vain jo vielä nyt täällä siellä
tänään eilen huomenna enemmän paljon moni monet kaikki jokainen muu muut ensimmäinen viimeinen uusi uuden mukaan kanssa
jälkeen ennen aikana ilman kohti yli alle noin kuitenkin lisäksi siksi sen sitä hänen heidän sekä
""",
    "fr": """
le la les l un une des du de d et ou mais donc or ni car que qu qui quoi dont où quand comment pourquoi si comme lorsque
puis ensuite il elle on nous vous ils elles je tu ce c cet cette ces cela ça celui celle ceux celles son sa ses leur leurs
notre nos votre vos mon ma mes se s lui y en à au aux dans par pour sur sous avec sans entre vers chez contre depuis
pendant avant après selon malgré jusque dès est sont était étaient être été sera serait soit a ont avait avaient avoir eu
aura aurait fait faire peut peuvent pouvait doit doivent va vont ne n pas plus moins très aussi encore déjà toujours
jamais ici là aujourd hui hier demain tout tous toute toutes autre autres même chaque plusieurs quelques certains premier
première deux trois quatre cinq dernier dernière nouveau nouvelle nouveaux ainsi alors cependant toutefois pourtant enfin
""",
    "es": """
el la los las lo un una unos unas de del al y e o u pero sino que quien quienes cual cuales cuyo donde cuando como por
para porque pues si aunque mientras él ella ellos ellas usted nosotros yo tú se su sus le les me te nos mi este esta
estos estas ese esa esos esas aquel aquella esto eso en a con sin sobre entre hasta desde hacia contra según ante bajo
tras durante es son era eran ser sido fue fueron será sería está están estaba ha han había habían haber he hay puede
pueden podría debe deben va van no ni sí más menos muy también tampoco ya aún todavía siempre nunca aquí allí hoy ayer
mañana ahora después antes todo todos toda todas otro otra otros otras mismo cada varios algunos algunas primer primera
primero segundo dos tres cuatro cinco último última nuevo nueva nuevos así entonces además sin embargo
""",
    "pt": """
o a os as um uma uns umas de do da dos das no na nos nas ao à aos às pelo pela pelos e ou mas que quem qual quais cujo
onde quando como por para porque pois se embora enquanto ele ela eles elas você nós eu seu sua seus suas lhe me este esta
estes estas esse essa isso isto aquele aquela em com sem sobre entre até desde contra segundo após durante é são era eram
ser sido foi foram será seria está estão estava tem têm tinha ter há pode podem poderia deve devem vai vão não nem sim
mais menos muito também já ainda sempre nunca aqui ali hoje ontem amanhã agora depois antes todo todos toda todas outro
outra outros mesmo cada vários alguns primeiro primeira dois duas três quatro cinco último última novo nova novos assim
então além porém
""",
    "it": """
il lo la i gli le l un uno una di del dello della dei degli delle d a al allo alla ai agli alle da dal dalla dai in nel
nella nei nelle con su sul sulla per tra fra e ed o ma che chi cui quale quali dove quando come perché se anche mentre
lui lei loro noi voi egli essi io tu si suo sua suoi sue ci ne questo questa questi queste quello quella quelli è sono
era erano essere stato stata sarà sarebbe ha hanno aveva avevano avere può possono deve devono va vanno non né sì più
meno molto già ancora sempre mai qui lì oggi ieri domani ora dopo prima tutto tutti tutta tutte altro altra altri stesso
ogni alcuni alcune primo due tre quattro cinque ultimo nuovo nuova nuovi così allora inoltre però tuttavia secondo
""",
    "ca": """
el la els les un una uns unes de del dels al als i o però que qui quan com on per si perquè mentre ell ella ells seu seva
es se li aquest aquesta aquests aquestes aquell en a amb sense sobre entre fins des contra segons és són era ser estat ha
han havia hi no més menys molt també ja encara avui ahir ara després abans tot tots totes altre altra cada primer dos
tres nou nova
""",
    "ro": """
un o unui unei al a ai ale cel cea cei și sau dar iar ci că să care cine ce când unde cum pentru dacă deși el ea ei ele
noi voi eu își se îi le lui lor său sa săi acest această acești aceste acel acea în pe la de din cu fără despre între până
prin sub după înainte este sunt era erau fi fost va vor ar am are au avea poate pot trebuie nu nici da mai foarte și
deja încă azi ieri acum aici tot toți toate alt alte fiecare primul prima doi trei nou nouă astfel însă
""",
    "pl": """
i a o u w z ze we na do od po za przed przez pod nad przy dla bez między wobec według oraz lub albo ale lecz więc że żeby
aby jeśli gdy kiedy jak gdzie dlaczego kto co który która które którzy których on ona ono oni one my wy ja ty się jego
jej ich im mu swój swoje ten ta to te ci tego tej tych tym jest są był była było byli być będzie będą został została ma
mają miał może mogą musi nie tak też także już jeszcze tylko bardzo więcej tam tu teraz dziś wczoraj jutro wszystko
wszyscy inne inny każdy kilka pierwszy pierwsza dwa trzy nowy nowa nowe jednak dlatego ponadto
""",
    "cs": """
a i o u v ve s se z ze k ke na do od po za před přes pod nad při pro bez mezi podle nebo ale však že aby když jestli jak
kde proč kdo co který která které kteří on ona ono oni my vy já ty si jeho její jejich mu svůj své ten ta to ti tento tato
toto tyto je jsou byl byla bylo byli být bude budou má mají může mohou musí ne také už ještě jen jenom velmi více tam tady
teď dnes včera zítra všechno všichni jiný každý několik první dva tři nový nová nové proto
""",
    "sk": """
a i o u v vo s so z zo k ku na do od po za pred cez pod nad pri pre bez medzi podľa alebo ale však že aby keď ak ako kde
prečo kto čo ktorý ktorá ktoré ktorí on ona ono oni my vy ja ty sa si jeho jej ich mu svoj svoje ten tá to tí tento táto
toto je sú bol bola bolo boli byť bude budú má majú môže musí nie tiež už ešte len veľmi viac tam tu teraz dnes včera
zajtra všetko všetci iný každý niekoľko prvý dva tri nový nová nové preto
""",
    "hr": """
i a o u s sa na do od po za iz uz kroz pod nad pri bez između prema ili ali nego da ako kada kad kako gdje gde zašto tko
ko što šta koji koja koje koju kojih on ona ono oni mi vi ja ti se njegov njezin njihov svoj taj ta to ti ovaj ova ovo je
su bio bila bilo bili biti bit će ima imaju može mogu mora ne također takođe već još samo vrlo više tamo ovdje ovde sada
danas jučer juče sutra sve svi drugi svaki nekoliko prvi prva dva tri novi nova novo međutim zato
""",
    "sl": """
in a o v s z na do od po za iz pod nad pri brez med glede ali pa ker da če ko kako kje zakaj kdo kaj ki kateri katera on
ona oni mi vi jaz ti se njegov njen njihov svoj ta to ti tisti je so bil bila bilo bili biti bo bodo ima imajo lahko mora
ne tudi že še samo le zelo več tam tukaj zdaj danes včeraj jutri vse vsi drugi vsak nekaj prvi dva tri nov nova novo
""",
    "hu": """
a az egy és vagy de hanem hogy ha mert bár amikor ahol miért hogyan ki mi aki ami amely akik amelyek ő ők mi ti én te ez
azt ezt ezek azok van vannak volt voltak lesz lett lenne nem nincs is csak már még nagyon több legtöbb itt ott most ma
tegnap holnap minden mindenki más első utolsó új régi szerint után előtt alatt között ellen nélkül miatt által pedig
azonban ezért továbbá illetve majd meg
""",
    "tr": """
bir bu şu o ve veya ya da de ile ama fakat ancak çünkü ki eğer gibi kadar için göre sonra önce beri karşı üzere rağmen
ben sen biz siz onlar onun onu ona bunu buna bunun şunu kendi kim ne nerede nasıl neden niçin hangi her hiç bazı tüm
bütün çok az daha en değil var yok olan olarak oldu olduğu olduğunu olacak olması ise idi mi mı mu mü artık hala henüz
yine bugün dün yarın şimdi burada orada ilk son yeni eski iki üç dört beş diye ayrıca böyle öyle
""",
    "lt": """
ir ar arba bet o kad kai jei nes kaip kur kodėl kas kuris kuri kurie jis ji jie jos mes jūs aš tu šis ši tai tas ta tie į
iš su be ant po prie per už nuo iki apie dėl pagal tarp yra buvo bus būti gali turi ne taip pat jau dar tik labai daugiau
čia ten dabar šiandien vakar rytoj visi visa kitas kiti kiekvienas pirmas pirmoji du trys naujas nauja savo
""",
    "lv": """
un vai bet ka kad ja jo kā kur kāpēc kas kurš kura kuri viņš viņa viņi mēs jūs es tu šis šī tas tā tie uz no ar bez pie
pēc pirms par līdz starp ir bija būs būt var nav arī jau vēl tikai ļoti vairāk šeit tur tagad šodien vakar rīt visi viss
cits citi katrs pirmais pirmā divi trīs jauns jauna savu
""",
    "et": """
ja või aga et kui sest kuigi kus miks kuidas kes mis ta tema nad nemad me meie te teie ma mina sa see need selle seda on
oli olid olema ole ei ka ainult juba veel nüüd siin seal täna eile homme väga rohkem kõik iga muu teine esimene viimane
uus uue kaks kolm järgi pärast enne ilma oma
""",
    "el": """
ο η το οι τα του της των τον την τους τις ένας μία μια ένα και ή αλλά όμως ότι πως που αν όταν γιατί αυτός αυτή αυτό
αυτοί εμείς εσείς εγώ ποιος τι πού σε στο στη στην στον στους στις από με για προς κατά μετά πριν χωρίς μεταξύ είναι ήταν
έχει έχουν είχε θα να δεν μην όχι ναι πολύ πιο επίσης ήδη ακόμη ακόμα μόνο εδώ εκεί τώρα σήμερα χθες αύριο όλα όλοι όλες
άλλος άλλη κάθε πρώτη πρώτος δύο τρεις νέα νέο νέος
""",
    "ru": """
и а но или да же ли бы не ни что чтобы как когда где куда почему кто который которая которое которые которых если хотя
потому так также тоже он она оно они мы вы я ты его её ее их ему ей им нас вас меня себя себе свой своя свое свои своего
своей этот эта это эти этого этой этом тот та то те того той том тех весь вся все всё всех всего каждый другой другие в во
на с со к ко о об от до из у за по под над при без для между через после перед около против среди был была было были быть
будет будут есть нет может могут мог должен можно нужно уже еще ещё только лишь очень более менее больше много там тут
здесь сейчас теперь сегодня вчера завтра затем потом однако кроме один одна два три четыре пять первый первая второй новый
новая новые ранее при этом
""",
    "uk": """
і й та а але або чи же би не ні що щоб як коли де куди чому хто який яка яке які яких якщо хоча тому так також теж він
вона воно вони ми ви я ти його її їх йому їй їм нас вас себе свій своя своє свої цей ця це ці цього цієї той та те ті
того весь вся все всі всіх кожен інший інші в у на з із зі до від по за про під над при без для між через після перед
біля проти серед був була було були бути буде будуть є немає може можуть має мають вже ще лише тільки дуже більше менше
багато там тут зараз тепер сьогодні вчора завтра потім однак крім один одна два три перший перша другий новий нова нові
""",
    "be": """
і й а але або ці ж бы не ні што каб як калі дзе куды чаму хто які якая якое якія ён яна яно яны мы вы я ты яго яе іх яму
ёй ім сябе свой гэты гэтая гэта гэтыя той тая тое тыя увесь уся усё усе у ў на з са да ад па за пра пад над пры без для
паміж праз пасля перад быў была было былі быць будзе ёсць няма можа ўжо яшчэ толькі вельмі больш там тут цяпер сёння учора
заўтра адзін два тры першы новы новая
""",
    "bg": """
и а но или да не ни че как когато къде защо кой която което които ако макар той тя то те ние вие аз ти го му ѝ им си се
своя своите този тази това тези онзи в във на с със към за от до по под над при без между през след преди срещу е са беше
бяха бъде ще има няма може трябва вече още само много повече там тук сега днес вчера утре всички всичко друг други всеки
един една едно два три първи първата нов нова нови обаче
""",
    "sr": """
и а о у с са на до од по за из уз кроз под над при без између према или али него да ако када кад како где зашто ко шта
који која које коју којих он она оно они ми ви ја ти се његов њен њихов свој тај та то ти овај ова ово је су био била било
били бити ће има имају може могу мора не такође већ још само врло више тамо овде сада данас јуче сутра све сви други сваки
неколико први прва два три нови нова ново међутим зато
""",
    "ar": """
في من إلى على عن مع بعد قبل بين خلال حتى منذ لدى عند ضد دون حول تحت فوق ضمن و أو ثم بل لكن لكنه أن إن أنه أنها إنه إنها ان
انه الذي التي الذين ما ماذا من متى أين كيف لماذا هل هو هي هم نحن أنا أنت هذا هذه هؤلاء ذلك تلك كان كانت كانوا يكون تكون
سيكون ليس ليست لم لن لا قد كل كما أي بعض غير نحو أكثر أقل عدد أول آخر أخرى اليوم أمس غدا الآن هنا هناك أيضا وقد فقد وكان
كذلك بها به له لها فيه فيها عليه عليها منها منه واحد اثنين ثلاثة جديد جديدة إذا عبر بعدما فيما مما وفي ومن وعلى
""",
    "fa": """
و یا اما که از به در با برای تا بر بی هم نیز این آن او ما شما آنها آنان من تو خود کسی چه چرا کجا چگونه کدام اگر چون هر
همه است هست بود بودند شد شده شود می‌شود خواهد باید نباید دارد دارند داشت کرد کرده کند نه بسیار بیشتر کمتر دیگر امروز دیروز
فردا اکنون اینجا آنجا یک دو سه اول نخست جدید پس پیش روی زیر بین را های ها ای
""",
    "ur": """
اور یا لیکن مگر کہ کا کی کے کو میں سے پر تک نے ہے ہیں تھا تھی تھے ہو ہوا ہوئی ہوئے گا گی گے یہ وہ اس ان جو جس جن کیا کون
کب کہاں کیوں کیسے ہم آپ تم وہاں یہاں بھی ہی نہیں تو اگر اب آج کل بعد پہلے ایک دو تین نئی نیا سب کوئی کچھ بہت زیادہ اپنے
اپنی رہا رہی رہے کر کرنے
""",
    "he": """
של את על אל עם כי אם או אבל אך גם רק לא כן זה זו זאת אלה הוא היא הם הן אני אתה אנחנו אשר מי מה מתי איפה למה איך היה היתה
הייתה היו יהיה יש אין כל כמה יותר פחות מאוד עוד כבר עדיין כאן שם עכשיו היום אתמול מחר אחרי לפני בין נגד בלי אחד אחת שני
שתי שלוש ראשון חדש חדשה לו לה להם שלו שלה שלהם בו בה
""",
    "hi": """
और या लेकिन कि का की के को में से पर तक ने है हैं था थी थे हो हुआ हुई हुए गा गी गे यह वह ये वे इस उस इन उन जो जिस जिन क्या कौन
कब कहाँ क्यों कैसे हम आप तुम मैं भी ही नहीं तो अगर अब आज कल बाद पहले एक दो तीन नया नई सब कोई कुछ बहुत अधिक अपने अपनी अपना रहा
रही रहे कर करने किया गया गई लिए साथ
""",
    "bn": """
এবং ও বা কিন্তু যে এই সেই ওই এ তা তার তাদের তিনি তারা আমি আমরা আপনি কি কে কী কেন কোথায় কখন যদি তবে জন্য থেকে পর আগে মধ্যে
সঙ্গে সাথে হয় হয়েছে ছিল ছিলেন হবে করে করা করেছে করেন না নেই আরও আর এক একটি দুই তিন নতুন সব সকল আজ গতকাল এখন এখানে
""",
    "vi": """
và hoặc hay nhưng mà thì là của cho với từ đến tới trong ngoài trên dưới trước sau giữa về theo tại ở bởi do vì nên nếu
khi lúc như để được bị có không chưa đã đang sẽ cũng vẫn còn chỉ rất quá nhiều ít hơn nhất mỗi mọi các những một hai ba
bốn năm này kia đó đây ấy nào gì ai đâu sao thế tôi anh chị ông bà em nó họ chúng ta mình người việc cả lại ra vào lên
xuống qua rồi nữa tất đều mới cùng tuy dù song bằng hôm nay qua ngày
""",
    "id": """
yang dan atau tetapi tapi namun di ke dari pada untuk dengan oleh dalam antara sejak sampai hingga tentang terhadap karena
jika bila ketika saat bahwa ini itu dia ia mereka kami kita saya anda nya adalah ialah akan telah sudah sedang masih belum
tidak bukan juga hanya lebih paling sangat banyak semua setiap para satu dua tiga pertama baru lama lagi lain apa siapa
mana kapan mengapa bagaimana sementara setelah sebelum menurut serta agar bisa dapat harus ada hari
""",
    "th": "และ หรือ แต่ ที่ ซึ่ง ว่า ของ ใน จาก ให้ ได้ มี เป็น ไม่ จะ กับ โดย เพื่อ นี้ นั้น ก็ แล้ว อยู่ คือ เมื่อ ถึง ตาม",
    "ko": """
그 이 저 그는 그녀는 그들은 이는 및 또는 그러나 하지만 그리고 또 또한 한편 이어 그래서 따라서 대해 대한 위해 위한 통해 따르면 것 것으로 것이
것은 것을 수 등 때 때문 중 후 전 뒤 앞 더 가장 매우 모두 모든 각 여러 다른 같은 이번 지난 오늘 어제 내일 현재 있다 있는 있는 없다 했다 한다 된다
됐다 됐다고 밝혔다 말했다 있다고 했다고 한 두 세 첫 새 우리
""",
    "ja": "の は が を に へ と で も や か から まで より など これ それ あれ この その あの ここ そこ ため こと もの",
    "zh": "的 了 在 是 和 与 及 或 但 而 也 都 就 不 没有 这 那 这个 那个 我 你 他 她 它 我们 他们 一个 对 为 从 到 被 将 已 已经 其 并",
    "ka": "და ან მაგრამ რომ თუ როცა სად რატომ როგორ ვინ რა რომელიც ის ისინი ეს ამ იმ ჩვენ თქვენ მე შენ არის იყო არ კი უკვე ასევე მხოლოდ შემდეგ მიერ",
    "hy": "և ու կամ բայց որ եթե երբ որտեղ ինչու ինչպես ով ինչ նա նրանք այս այդ այն մենք դուք ես դու է են էր էին չի չէ ոչ նաև արդեն միայն հետո մասին համար",
    "sw": "na au lakini kwamba kama kwa ya wa la za cha vya katika ni si huyu hii hiyo hao wao yeye mimi sisi alikuwa walikuwa ana wana pia tu sana baada kabla wakati",
    "tl": "ang mga ng sa na at o ngunit pero kung dahil para ay si ni kay siya sila kami tayo ako ikaw ito iyan iyon hindi may mayroon din rin lang na pa",
}
# Things, people and doings that any news may speak of. Too general for a topic, unless people made it one.
_GENERIC = {
    "": """
reuters reuter afp ap dpa apa ansa efe tass itar xinhua upi kyodo bloomberg interfax belga sid epd kna yahoo twitter facebook
utc gmt mesz mez km kg mw gw kwh mb gb tb mhz ghz cest cet est edt pst pdt wikinews wikipedia wikimedia http https www com
jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri
""",
    "en": """
year years month months week weeks day days hour hours minute minutes time times date morning afternoon evening night
people person man men woman women children number numbers part parts group groups member members world country countries
state states city area place way case cases thing things problem problems question end start beginning use work plan
plans report reports statement news media reporter reporters article source sources according information percent pct
million billion mln bln thousand hundred dozen dollar dollars dlrs euro euros pound pounds cent cents cts company
companies firm official officials spokesman spokeswoman spokesperson president chairman minister government leader
leaders chief head director manager officer authorities department office said says say told tells added announced
reported called made make take took given get got come came go went see saw help need want level rate rates total share
shares shr net qtr revs result results record increase decrease rise fall high low top support issue issues decision
meeting agreement program service services system monday tuesday wednesday thursday friday saturday sunday january
february march april may june july august september october november december mr mrs ms dr sir inc corp co ltd plc north
south east west northern southern eastern western national international federal public local general good bad big small
large major former current market markets bank banks stake offer trade industry union system systems tax budget
opinion exclusive watch analysis interview video live podcast update breaking explainer review bond bonds deficit export exports import imports option options debt debenture debentures borrowing borrowings talks securities electric operation operations loan loans merger contract contracts split board growth strike fourth_quarter third_quarter second_quarter first_quarter congressional stock stocks commerce price prices surplus ministry holding holdings crude sale sales facility administration index commission fund funds reserves investment investments investor investors dividend note notes acquisition unit units earnings profit profits loss losses quarter income capital credit bill centers class_a class_b stock_exchange common_stock
""",
    "de": """
jahr jahre jahren jahres monat monate monaten woche wochen tag tage tagen tages stunde stunden minute minuten uhr zeit
zeiten zeitpunkt datum morgen mittag abend nacht mensch menschen person personen leute mann männer frau frauen kind kinder
kindern zahl anzahl teil teile teilen gruppe mitglied mitglieder mitgliedern welt land länder ländern staat staaten stadt
städte ort orte gebiet region bereich seite seiten weise fall fälle fällen sache problem probleme frage fragen ende anfang
beginn grund gründe gründen ziel folge folgen arbeit plan pläne bericht berichte berichten angaben angabe aussage meldung
nachricht nachrichten medien zeitung artikel quelle quellen information informationen prozent million millionen milliarde
milliarden tausend hundert dutzend dollar euro cent meter kilometer unternehmen firma konzern sprecher sprecherin präsident
präsidentin vorsitzender vorsitzende minister ministerin regierung chef chefin leiter leiterin behörde behörden amt höhe
hälfte drittel mehrheit ergebnis ergebnisse entscheidung möglichkeit rahmen rolle situation lage form art punkt punkte
platz weg leben tod name namen beispiel zusammenhang hinweis hinweise montag dienstag mittwoch donnerstag freitag samstag
sonntag januar februar märz april mai juni juli august september oktober november dezember herr norden süden osten westen
opfer täter polizei unfall veranstaltung treffen gespräch gespräche erfolg spiel spiele hilfe bürger bevölkerung einsatz
mitarbeiter wochenende vergangenheit zukunft gegner vertreter brand flammen kraft haft angst sicherheit hause ansicht
meinung richtung aussagen polizeiangaben bezug gefahr verbindung verdacht führung schutz freiheit stimme stimmen toten tote
verletzte preis studie fahrzeug fahrzeuge partei gericht gesetz grenze daten start recht gewalt kritik
kommentar interview analyse video liveticker ticker podcast umfrage porträt reportage bord ortszeit us film prozess gesellschaft schule hauptstadt untersuchungshaft quartal druck politik politiker zivilisten werk werke rekord demonstrant demonstranten demonstration demonstrationen protest proteste republik pkw lkw jährige jähriger jährigen auftrag bereitschaft amtszeit sicherheitsgründen kontakt gewahrsam trikot überlebende überlebenden wahlgang verbot panik krankenhaus krankenhäuser krankenhäusern flugzeug hubschrauber aktie aktien koalition anschlag haftbefehl notlandung cd hd it ii iii iv gelb rot halbzeit provinz kreis tonne tonnen dutzende rücktritt urteil anklage forderung forderungen vorwurf vorwürfe verletzten verletzter patient patienten soldat soldaten fluggesellschaft vorsitz platzverweis männern frauenteam sieg niederlage tor tore gewinn verlust umsatz kunde kunden produkt produkte
""",
    "fr": """
an ans année années mois semaine semaines jour jours journée heure heures minute minutes temps matin soir nuit personne
personnes homme hommes femme femmes enfant enfants gens nombre partie groupe membre membres monde pays état ville région
lieu cas chose fin début source sources information informations article pour cent million millions milliard milliards
euro euros dollar dollars président ministre gouvernement chef directeur société entreprise porte-parole lundi mardi
mercredi jeudi vendredi samedi dimanche nord sud est ouest monsieur madame m mme
""",
    "es": """
año años mes meses semana semanas día días hora horas minuto minutos vez veces tiempo mañana tarde noche persona personas
hombre hombres mujer mujeres niño niños gente número parte grupo miembro miembros mundo país países estado ciudad región
lugar caso cosa fin final inicio fuente fuentes información artículo ciento millón millones mil euro euros dólar dólares
presidente ministro gobierno jefe director empresa compañía portavoz lunes martes miércoles jueves viernes sábado domingo
norte sur este oeste señor señora
""",
    "pt": """
ano anos mês meses semana semanas dia dias hora horas minuto minutos vez vezes tempo manhã tarde noite pessoa pessoas homem
homens mulher mulheres criança crianças número parte grupo membro membros mundo país países estado cidade região lugar caso
coisa fim início fonte informação artigo cento milhão milhões mil bilhões euro euros dólar dólares real reais presidente
ministro governo chefe diretor empresa porta-voz segunda terça quarta quinta sexta-feira sábado domingo norte sul leste
oeste senhor senhora
""",
    "it": """
anno anni mese mesi settimana settimane giorno giorni ora ore minuto minuti volta tempo mattina sera notte persona persone
uomo uomini donna donne bambini gente numero parte gruppo membro membri mondo paese paesi stato città regione luogo caso
cosa fine inizio fonte informazioni articolo milione milioni miliardi mila euro dollari presidente ministro governo capo
direttore azienda società portavoce lunedì martedì mercoledì giovedì venerdì sabato domenica nord sud est ovest signor
""",
    "nl": """
jaar jaren maand maanden week weken dag dagen uur minuut minuten tijd ochtend middag avond nacht mens mensen persoon man
mannen vrouw vrouwen kinderen aantal deel groep lid leden wereld land landen staat stad regio plaats geval einde begin bron
procent miljoen miljard euro dollar president minister regering bedrijf woordvoerder maandag dinsdag woensdag donderdag
vrijdag zaterdag zondag noorden zuiden
""",
    "ru": """
год года году годов лет месяц месяца неделя недели неделю день дня дней дни час часа часов минут время времени утро вечер
ночь человек человека людей люди мужчина женщина женщины дети детей число часть группа член члены мир мира страна страны
стран государство город города область район место случай дело дела конец начало источник информация данные процент
процента процентов тысяч тысячи миллион миллиона миллионов миллиард миллиардов рубль рублей доллар долларов евро президент
председатель министр правительство глава директор компания компании представитель власти понедельник вторник среда среду
четверг пятница пятницу суббота субботу воскресенье январь января февраля марта апреля мая июня июля августа сентября
октября ноября декабря север юг восток запад господин сообщил заявил отметил сообщает словам
""",
    "tr": "yıl yılı yılında ay hafta gün günü saat dakika zaman kişi kişinin insan adam kadın çocuk sayı grup üye dünya ülke şehir bölge yer yüzde milyon milyar bin lira dolar avro başkan başkanı bakan bakanı hükümet genel müdür şirket sözcü pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "vi": "năm tháng tuần ngày giờ phút giây lần thời gian sáng chiều tối đêm người đàn ông phụ nữ trẻ em số phần nhóm thành viên thế giới nước quốc gia thành phố tỉnh khu vực nơi trường hợp vụ việc nguồn tin thông phần trăm triệu tỷ nghìn đồng usd tổng thống chủ tịch bộ trưởng chính phủ giám đốc công ty phát ngôn viên thứ hai ba tư sáu bảy nhật hãng ảnh báo cho biết hiện cơ quan chức năng ngành trung tâm học_sinh sinh_viên thanh_niên thí_sinh ngân_hàng doanh_nghiệp tập_đoàn cửa_hàng nhà_máy sản_phẩm sản_xuất kinh_doanh xuất_khẩu nhập_khẩu giao_dịch lợi_nhuận cổ_phiếu đại_tướng thượng_tướng đại_biểu đại_diện lãnh_đạo nạn_nhân bệnh_nhân khán_giả thi_thể tội_phạm điều_tra thanh_tra xử_phạt quyết_định quy_định đề_nghị giải_quyết sửa_đổi thỏa_thuận sử_dụng tìm_kiếm yêu_thích trách_nhiệm đặc_biệt kỷ_lục vô_địch xếp_hạng cuộc_thi giải_thưởng ca_khúc hành_trình triển_lãm trưng_bày diễn_tập khen_thưởng tốt_nghiệp lao_động chiến_đấu màn_hình dữ_liệu sân_khấu phó_thủ phó_chủ phó_bí miền_bắc pv tp dn hs sv gs tt xh cp qh mr",
    "ja": "今年 昨年 去年 来年 今月 先月 今日 昨日 明日 午前 午後 時間 時点 場合 問題 関係 関係者 影響 原因 結果 内容 発表 報道 記者 新聞 同日 同社 同氏 一方 今回 今後 現在 以上 以下 以降 以外 可能性 必要 確認 対象 対応 理由 状況 事件 事故 政府 会社 大統領 首相 社長 会長 世界 日本 地元 自分 全国 日本時間 現地時間 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 平成 約 同 氏 人 年 月 日 時 分 記事 情報 開始 予定 実施 決定 使用 利用 男性 女性 最大 最初 最後 二人 市内 県内 国内 周辺 付近 多数 複数 一部 全体 当時 午前中 年間 関連 中心 多く 以前 各地 説明 参加 大会 朝日新聞 読売新聞 毎日新聞 産経新聞 共同通信 時事通信 時事通信社 日本経済新聞 報道機関 同日付 記者会見 朝日 毎日 読売 産経 スポーツ ニュース チーム テレビ ゴール ファン レース リーグ メダル コメント メンバー シーズン インターネット ネット サービス システム グループ センター メーカー ホームページ サイト ブログ イベント シリーズ トップ プロ ドラマ カテゴリ カテゴリー ランキング トラブル ミス データ ケース キロ メートル パーセント ポイント タイトル スタート ロイター 共同 時事 デイリースポーツ サンケイスポーツ スポーツニッポン スポニチ スポーツ報知 日刊スポーツ ウィキニュース ウィキペディア CNN NHK MSN NEWS News YOMIURI ONLINE YOMIURIONLINE 外部 関連記事 脚注 出典 情報源 逮捕 開催 容疑 出場 史上 番組 命令 少年 政権 投票 交渉 感染 取引 選挙 ヶ月 カ月 号 投手 監督 俳優 選手 騎手 首相 大統領 September August Category CC NHKNEWSweb FNN TBS BBC AFC 実験 決勝 予選 クラブ 会長選 不正 球場 億円 万円 死者 遺体 女子 男子 避難 処分 職員 死亡 開発 建設 優勝 利用者 交際 進出 販売 検査 病院 手術 通信 列車 企業 開幕 獲得 放送 カ国 中止 経営 火災 候補者 人目 日目 連立 野党 元大統領 日本人 社会人 司会 開業 土砂崩 金メダル獲得 命名権",
    "zh": "今年 去年 明年 今天 昨天 明天 上午 下午 时间 時間 问题 問題 关系 關係 影响 影響 原因 结果 結果 内容 發表 发表 报道 報導 记者 記者 目前 以上 以下 可能 需要 情况 情況 事件 政府 公司 总统 總統 总理 主席 世界 国家 國家 中国 全国 人民 万元 亿元 百分之 表示 认为 認為 星期 工作 进行 進行",
    "ko": "올해 지난해 내년 오늘 어제 시간 사람 문제 관계 결과 발표 정부 대통령 회사 기자 만원 억원 퍼센트 월요일 화요일 수요일 목요일 금요일 토요일 일요일 관계자",
    "ar": "عام سنة شهر أسبوع يوم ساعة دقيقة وقت شخص أشخاص رجل امرأة الناس جزء مجموعة عضو العالم دولة الدولة مدينة منطقة مكان حالة مصدر مصادر مليون مليار ألف دولار يورو رئيس الرئيس وزير حكومة الحكومة مدير شركة المتحدث الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد قال أعلن أكد",
}
_RELATIVES = "nn=nb no=nb ms=id in=id iw=he gl=pt az=tr mk=bg yue=zh lb=de gsw=de nds=de af=nl"
_SAME = dict(pair.split("=") for pair in _RELATIVES.split())
"""Languages that borrow the list of a close relative."""


@cache
def function_words(lang: str) -> frozenset[str]:
    """Return the words that hold a text of `lang`, a BCP 47 tag, together; none for a language not known here."""
    return frozenset(_FUNCTION.get(primary(lang), "").split())


@cache
def never_topics(lang: str) -> frozenset[str]:
    """Return the words that are no topic, in small letters, with `_` between the words of a pair: what all news speaks of."""
    return (
        function_words(lang)
        | frozenset(f"{_GENERIC['']} {_GENERIC.get(primary(lang), '')}".split())
        | calendar(primary(lang))
    )


@cache
def primary(lang: str) -> str:
    """Return the language of a BCP 47 tag as the lists here name it."""
    first = lang.lower().partition("-")[0]
    if first in ("hr", "bs", "sr", "sh"):
        return "hr" if first != "sr" or "latn" in lang.lower() else "sr"
    return _SAME.get(first, first)


@cache
def calendar(lang: str) -> frozenset[str]:
    """Return the names of months and weekdays as the CLDR has them; no abbreviations, since Jan is a name too."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(lang)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names: list[str] = []
    for context in ("format", "stand-alone"):
        for table in (locale.months, locale.days):
            names += table.get(context, {}).get("wide", {}).values()
    return frozenset(name.lower() for name in names)
