# Speaking instead of writing, in the page.
voice-offer = Snimite svoj glas
voice-about = Možete govoriti umjesto da pišete. Ono što kažete snima se samo na ovoj stranici i zapečaćuje se kao svaka datoteka; ne sprema se među datoteke ovog uređaja. Glas može otkriti tko ste: mogu ga čuti oni koji mogu čitati vašu prijavu. Ako se ova stranica zatvori prije slanja, snimke više nema. Kad pritisnete „Počni”, preglednik traži dopuštenje za mikrofon.
voice-start = Počni
voice-stop = Završi
voice-time = Snima se: { $time }
voice-done = Snimljeno. Možete poslušati, obrisati ili nastaviti.
voice-another = Snimite još jednu
voice-delete = Obrišite ovu snimku
voice-deleted = Obrisano. Više je nema.
voice-not = Mikrofon se nije mogao koristiti. Možete pisati ili odabrati datoteku.
