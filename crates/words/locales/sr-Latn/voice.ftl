# Speaking instead of writing, in the page.
voice-offer = Snimite svoj glas
voice-about = Možete da govorite umesto da pišete. Ono što kažete snima se samo na ovoj stranici i pečati se kao svaki fajl; ne čuva se među fajlovima ovog uređaja. Glas može da otkrije ko ste: mogu da ga čuju oni koji mogu da čitaju vašu prijavu. Ako se ova stranica zatvori pre slanja, snimka više nema. Kad pritisnete Početak, pregledač traži dozvolu za mikrofon.
voice-start = Početak
voice-stop = Kraj
voice-time = Snima se: { $time }
voice-done = Snimljeno. Možete da poslušate, obrišete ili nastavite.
voice-another = Snimite još jedan
voice-delete = Obrišite ovaj snimak
voice-deleted = Obrisano. Više ga nema.
voice-not = Mikrofon nije mogao da se koristi. Možete da pišete ili da izaberete fajl.
