problem-not-found-title = Ovdje nije pronađeno ništa.
problem-not-found-next = Provjerite adresu. Možda je sadržaj povučen ili ga ne možete vidjeti.

problem-method-unknown-title = Ova adresa to ne može uraditi.
problem-method-unknown-next = Pogledajte spisak adresa i šta koja od njih radi.

problem-type-unsupported-title = Ova vrsta sadržaja se ovdje ne prima.
problem-type-unsupported-next = Pošaljite vrstu sadržaja koju ova adresa navodi.

problem-body-too-large-title = Ovo je preveliko da bi se primilo odjednom.
problem-body-too-large-next = Velike fajlove pošaljite dio po dio, preko adrese za otpremanje.

problem-body-cut-title = Slanje je prekinuto prije kraja.
problem-body-cut-next = Od ovog pokušaja nije sačuvano ništa. Pošaljite ponovo; dvostruko slanje istog ne šteti.

problem-body-too-slow-title = Slanje je trajalo predugo.
problem-body-too-slow-next = Od ovog pokušaja nije sačuvano ništa. Pokušajte ponovo gdje je mreža bolja; dvostruko slanje istog ne šteti.

problem-body-unreadable-title = Sadržaj se ne može pročitati.
problem-body-unreadable-next = Provjerite je li program koji ga je poslao ažuran, pa pošaljite ponovo.

problem-body-shape-title = Sadržaj nema potreban oblik.
problem-body-shape-next = Provjerite je li program koji ga je poslao ažuran. Neko polje možda nedostaje, ponavlja se ili je nepoznato.

problem-fields-refused-title = Neka polja se ne mogu primiti ovakva.
problem-fields-refused-next = Pogledajte navedena polja, izmijenite ih i pošaljite ponovo.

problem-query-unreadable-title = Dio adrese iza upitnika ne može se pročitati.
problem-query-unreadable-next = Provjerite nazive i vrijednosti iza upitnika.

problem-header-unreadable-title = Nešto što je potrebno uz sadržaj nedostaje ili se ne može pročitati.
problem-header-unreadable-next = Provjerite je li program koji ga je poslao ažuran.

problem-sign-in-needed-title = Molimo da se prvo prijavite.
problem-sign-in-needed-next = Prijavite se svojim fajlom s ključem, pa pokušajte ponovo.

problem-sign-in-refused-title = Ulazak s ključem nije uspio.
problem-sign-in-refused-next = Provjerite jeste li izabrali svoj važeći fajl s ključem. Ako ni tada ne uspije, obratite se svojoj instituciji.

problem-origin-refused-title = Ovaj zahtjev je došao s druge internetske stranice.
problem-origin-refused-next = Otvorite našu stranicu i pokušajte ponovo s nje.

problem-conflict-title = Nešto se u međuvremenu promijenilo.
problem-conflict-next = Učitajte ponovo, pogledajte šta je novo i ponovite ono što ste željeli uraditi.

problem-taken-title = Druga prijava ili poruka već ima ovaj naziv.
problem-taken-next = Ako šaljete ponovo, pošaljite potpuno isti sadržaj. Ako je sadržaj nov, napravite novu prijavu.

problem-gone-title = Ovo je uništeno i ne može se vratiti.
problem-gone-next = Novu prijavu možete podnijeti u svako doba.

problem-upload-version-title = Ovaj način otpremanja ovdje nije poznat.
problem-upload-version-next = Koristite verziju 1.0.0 protokola tus.

problem-upload-offset-title = Otpremanje se nastavlja na drugom mjestu.
problem-upload-offset-next = Pitajte koliko je stiglo i nastavite odatle.

problem-upload-busy-title = U ovo otpremanje se upravo upisuje.
problem-upload-busy-next = Sačekajte trenutak, pa nastavite.

problem-envelope-unreadable-title = Zapečaćena koverta se ne može pročitati.
problem-envelope-unreadable-next = Provjerite je li program koji ju je zapečatio ažuran, pa zapečatite ponovo.

problem-facets-refused-title = Neki od kodiranih odgovora ovdje nisu poznati.
problem-facets-refused-next = Preuzmite najnovije spiskove i ponovo zapečatite prijavu. Na vašem uređaju ništa napisano nije izgubljeno.

problem-seal-refused-title = Nešto u vezi sa zapečaćenjem nije u redu.
problem-seal-refused-next = Preuzmite najnoviji imenik i ponovo zapečatite prijavu. Na vašem uređaju ništa napisano nije izgubljeno.

problem-not-agreed-title = Osoba nije pristala na ovo.
problem-not-agreed-next = Prvo pitajte osobu ili izaberite svrhu i dijelove na koje je pristala.

problem-reader-refused-title = Ova institucija ne može primiti ovu prijavu.
problem-reader-refused-next = Pogledajte ponovo spiskove i izaberite drugu instituciju.

problem-lead-only-title = Ovo može uraditi samo institucija koja odgovara za ovu prijavu.
problem-lead-only-next = Ništa nije promijenjeno. Pišite toj instituciji ako mislite da je potrebno.
problem-second-member-title = Ovo mora uraditi drugi član.
problem-second-member-next = Zamolite nekoga ko nije uputio ovaj slučaj da ga pogleda i potpiše.

problem-busy-title = Trenutno ovdje ima mnogo posla.
problem-busy-next = Ništa nije izgubljeno. Pokušajte ponovo za nekoliko sekundi.

problem-unavailable-title = Ova usluga trenutno nije spremna.
problem-unavailable-next = Na vašem uređaju ništa nije izgubljeno. Pokušajte ponovo za nekoliko minuta.

problem-internal-title = Došlo je do greške na našoj strani.
problem-internal-next = Niste vi krivi. Pokušajte ponovo; ako se ponovi, javite nam referentni broj.
problem-link-ended-title = Ovaj link za prijave je prestao važiti
problem-link-ended-next = Ništa nije izgubljeno. Pošaljite prijavu bez njega ili zatražite novi od svoje organizacije.
problem-puzzle-needed-title = Upravo sada prijavljuje mnogo ljudi
problem-puzzle-needed-next = Ništa nije izgubljeno. Vaš uređaj prvo malo računa ili sačeka minutu, pa šalje ponovo.

problem-statistics-period-unreadable-title = Period se ne piše tako.
problem-statistics-period-unreadable-next = Napišite godinu (2024), polugodište (2024-H1) ili kvartal (2024-Q2).

problem-statistics-form-unknown-title = Tabela ne postoji u tom obliku.
problem-statistics-form-unknown-next = Tražite csv ili json.

problem-statistics-unknown-table-title = U planu nema takve tabele.
problem-statistics-unknown-table-next = Koristite oznaku iz plana, na primjer T-A.

problem-statistics-period-too-short-title = Ova tabela se pravi samo za duže periode.
problem-statistics-period-too-short-next = Tražite polugodište ili godinu oko tog perioda.

problem-statistics-period-not-over-title = Ovaj period još nije završen.
problem-statistics-period-not-over-next = Tražite ponovo nakon zadnjeg dana, ili tražite raniji period.

problem-statistics-already-published-title = Ova tabela je već objavljena za dio ovog vremena. Svaka se objavljuje jednom.
problem-statistics-already-published-next = Tražite period koji je objavljen. Zakašnjele prijave broje se u sljedećem.

problem-statistics-unsafe-title = Iz ove tabele i ranijih neko bi mogao izračunati male brojeve. Zato se ne objavljuje.
problem-statistics-unsafe-next = Ako bi duži period bio siguran, ovdje je naveden. Tražite njega.
