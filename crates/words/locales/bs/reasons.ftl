# Why an institution stands in one of the three lists, or is proposed. Codes of institutions fill the placeholders.
reason-accused = U ovoj prijavi je navedena kao odgovorna.
reason-same-body = Isto tijelo kao { $institution }, koje je navedeno kao odgovorno.
reason-above-accused = Nadređena je instituciji { $institution }, koja je navedena kao odgovorna.
reason-below-accused = Podređena je instituciji { $institution }, koja je navedena kao odgovorna.
reason-same-line = Pripada istoj liniji zapovijedanja kao { $institution }, koja je navedena kao odgovorna.
reason-shares-key = Koristi isti ključ kao { $institution }, pa bi mogla čitati zajedno s njom.
reason-shares-member = Ima člana koji radi i za instituciju { $institution }.
reason-shares-mailbox = Prima poštu u isti sandučić kao { $institution }.
reason-shares-recovery = Zajedno s institucijom { $institution } čuva dio ključa za oporavak.
