# Stranica s brojevima: od cifara do stanja, odgovora i želja.
thread-digits = Vaše 24 cifre
thread-digits-help = Upišite ih u grupama po četiri ili zalijepite sve. Može bilo kojim ciframa.
thread-group = Grupa { $number } od 6
thread-good = Cifre su potpune.
thread-mistyped = Jedna cifra je drugačija. Molimo, uporedite svaku grupu.
thread-too-many = Ovo je više od 24 cifre.
thread-letter = Samo cifre, molimo.
thread-open = Otvori
thread-stays = Ove cifre se ne čuvaju na ovom uređaju. Nakon 15 minuta bez dodira stranica ih zaboravlja.
thread-opening = Otvara se. To može trajati nekoliko sekundi.
thread-plain = Pogledajte stanje prijave bez toga
thread-close = Zatvori i zaboravi cifre
thread-working = Trenutak.

# Šta se ne može prikazati.
thread-unknown = Za ove cifre se ne može ništa prikazati.
thread-unreachable = Nema veze. Pokušajte ponovo kasnije.
thread-altered = Ono što je stiglo nije ono što je potpisano. Zato se ne prikazuje.
thread-server = Ovo nije uspjelo. Ništa nije promijenjeno. Pokušajte ponovo kasnije.
thread-stale = Spisak onih koji smiju čitati je prestar. Pokušajte ponovo kasnije.
thread-sent = Poslano. Zapečaćeno je i sačuvano.

# Kako stoji: prvi red.
thread-standing-kept = Vaša prijava je sačuvana. Još je niko nije pročitao.
thread-standing-held = Vaša prijava se čuva samo za vas. Niko drugi je ne može pročitati.
thread-standing-alone = Vaša prijava je sačuvana, ali je sada niko ne može čitati. Ispod ponovo izaberite šta se s njom smije uraditi, da bi je mogao čitati neko drugi.
thread-standing-read = Jedna osoba je ovo pročitala.
thread-standing-told = Jedna osoba radi na ovome. Vaša zadnja poruka je stigla.
thread-standing-asks = Jedna osoba je ovo pročitala i ima jedno pitanje za vas.
thread-standing-referred = Neko je zamoljen da nešto poduzme.
thread-standing-answered = Ima odgovor za vas.
thread-standing-closed = Rad na ovome je završen.
thread-standing-withdrawn = Povukli ste ovu prijavu. Sada je niko ne može čitati.
thread-filed = Poslano { $day }.
thread-outcome = Kako je završilo: { $outcome }.

# Poruke.
thread-messages = Poruke
thread-no-messages = Još nema poruka.
thread-you = Vi
thread-checked = Provjereno: potpisuje { $name } i niko to nije mijenjao.
thread-checked-own = Provjereno: to ste vi napisali i niko to nije mijenjao.
thread-refused = Ovo nije ono što je potpisano. Zato se ne prikazuje.
thread-too-large = Ovaj fajl je prevelik da se ovdje otvori.
thread-show = Prikaži
thread-show-blurred = Prikaži jasno
thread-listen = Uključi zvuk
thread-save = Sačuvaj ovaj fajl
thread-yours = Ono što ste poslali
thread-part-account = Ono što ste ispričali
thread-part-identity = Ime i kontakt
thread-part-coding = Vaši odgovori
thread-part-authority = Dozvola da se govori u vaše ime
thread-part-evidence = Fajl { $number }
thread-part-message = Poruka { $number }
thread-part-translation = Prijevod { $number }
thread-empty = Ovdje ništa nije napisano.
thread-kind-account = ono što ste ispričali
thread-kind-identity = ime i kontakt
thread-kind-coding = vaši odgovori
thread-kind-authority = dozvola da se govori u vaše ime
thread-kind-evidence = fajlovi
thread-kind-message = poruke
thread-kind-translation = prijevodi

# Pisanje.
thread-write = Pišite
thread-write-help = Ovo mogu čitati samo oni koji mogu čitati vašu prijavu.
thread-text = Vaša poruka
thread-attach = Dodajte fajlove
thread-attach-help = Fajlovi se zapečaćuju takvi kakvi jesu. Fotografija može odati gdje je snimljena.
thread-attach-large = Ovaj fajl je prevelik. Najviše može imati 2 GB.
thread-nothing = Prvo nešto napišite ili izaberite fajl.
thread-interview = Ispričajte šta se desilo
thread-interview-help = Ova prijava još nema opis. Možete ga napisati sada, sami ili s nekim ko vas pita. Šalje se jednom; poslije možete dodavati poruke.
thread-interview-text = Šta se desilo
thread-send = Zapečati i pošalji

# Ko može čitati.
thread-readers = Ko šta može čitati
thread-nobody = Niko osim vas.
thread-reader-live = { $name } može čitati: { $parts }. Od { $since }.
thread-reader-held = { $name } može čitati ako niko ne odgovori: { $parts }.
thread-reader-ended = { $name }: čitanje moguće do { $until }: { $parts }.
thread-reader-withheld = { $name } ne dobija: { $parts }.
thread-for = Svrha: { $purpose }
thread-asked = Ko je zamoljen da nešto poduzme
thread-asked-line = { $name }, { $day }.
thread-asked-due = Odgovor se čeka do { $day }.
thread-asked-answered = Odgovoreno { $day }: { $outcome }.
thread-asked-vital = Zatraženo je bez čekanja na vaš pristanak, jer je nečiji život ili neko dijete bilo u opasnosti.
thread-paused = Na odgovor se čeka duže. Navedeni razlog: { $why }. Rok ponovo počinje teći najkasnije { $until }.

# Pristanak.
thread-consent = Promijenite šta se smije raditi
thread-consent-help = Ako kažete ne, pomoć nikad nije manja. Ovo možete mijenjati koliko god želite.
thread-choice-alone = Zaključaj. Ne čita niko osim mene.
thread-choice-keep = Sačuvajte i odgovorite mi
thread-choice-help = Pomozite mi
thread-choice-complain = Podnesite žalbu za mene, bez mog imena
thread-choice-complain-with-name = Podnesite žalbu za mene, s mojim imenom
thread-choice-own = Po mom detaljnom izboru
thread-contact = Oni koji odgovaraju smiju vidjeti kako da mi se jave
thread-counted = Smije se brojati, bez ičega po čemu se zna ko sam
thread-more = Detaljnije
thread-more-help = Svaki red je pristanak na jednu stvar. Onaj ko odgovara odlučuje hoće li to proslijediti.
thread-twice = Oprez: policija može reći drugima, mora neke stvari prijaviti i može vam se opet obratiti.
thread-named = Želim određenu instituciju
thread-named-help = Oni koji čuvaju vašu prijavu vidjet će ovu želju.
thread-named-none = Nijednu određenu
thread-consent-send = Sačuvaj ovaj izbor
thread-consent-kept = Vaš izbor je sačuvan. Vrijedi od sada.

# Povlačenje.
thread-withdraw = Povucite prijavu
thread-withdraw-now = Od ovog trenutka je niko ne može čitati.
thread-withdraw-days = Ovo možete poništiti 7 dana. Nakon toga se prijava uništava.
thread-withdraw-cannot = Što je neko već pročitao, to i dalje zna. Što je neki ured već dobio ili što je objavljeno, tamo ostaje.
thread-withdraw-sure = Razumijem i želim povući prijavu
thread-withdraw-send = Povuci
thread-undo = Vrati prijavu
thread-undo-days = Još je možete vratiti. Preostalo dana: { $days }.
thread-undo-over = Sedam dana je prošlo.
