notice-duty-subject = Neko treba odmah pogledati
notice-duty-body = Nešto u mehanizmu odmah treba nečiju pažnju. Prijavite se da vidite. Ova poruka o tome ne govori ništa.
notice-digest-subject = Čeka nešto novo
notice-digest-body = U mehanizmu čeka nešto novo. Prijavite se da vidite. Ova poruka o tome ne govori ništa.
notice-deadline-subject = Rok je blizu
notice-deadline-body = Jedan rok u mehanizmu je blizu. Prijavite se da vidite. Ova poruka o tome ne govori ništa.
notice-membership-subject = Vaše članstvo se promijenilo
notice-membership-body = Nešto se promijenilo u vašem pristupu mehanizmu. Prijavite se da vidite. Ako to niste očekivali, javite svojoj instituciji.

# What a lead asks the person who reported, with one click.
notice-ask-signature = Možemo tražiti da { $institution } postupi po vašoj prijavi. Postupaju samo s vašim potpisom ili s papirom kojim nekome dozvoljavate da potpiše za vas. Ako je to za vas sigurno, napišite na papir „Molim da postupite po mojoj prijavi“, potpišite ga i ovdje dodajte sliku. Ili ovdje napišite kako da vam se javimo zbog toga. Ne morate: prijava se čuva u svakom slučaju.
