reason-accused = U ovoj prijavi je navedena kao odgovorna.
reason-above-accused = Nadređena je instituciji { $institution }, koja je navedena kao odgovorna.
