# Speaking instead of writing, in the page.
voice-offer = Snimite svoj glas
voice-about = Možete govoriti umjesto da pišete. Ono što kažete snima se samo na ovoj stranici i zapečaćuje se kao svaki fajl; ne čuva se među fajlovima ovog uređaja. Glas može otkriti ko ste: mogu ga čuti oni koji mogu čitati vašu prijavu. Ako se ova stranica zatvori prije slanja, snimka više nema. Kad pritisnete „Počni“, pregledač traži dozvolu za mikrofon.
voice-start = Počni
voice-stop = Završi
voice-time = Snima se: { $time }
voice-done = Snimljeno. Možete poslušati, obrisati ili nastaviti.
voice-another = Snimite još jedan
voice-delete = Obrišite ovaj snimak
voice-deleted = Obrisano. Više ga nema.
voice-not = Mikrofon se nije mogao koristiti. Možete pisati ili izabrati fajl.
