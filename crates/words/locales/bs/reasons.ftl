# Why an institution stands in one of the three lists, or is proposed. Codes of institutions fill the placeholders.
reason-accused = U ovoj prijavi je navedena kao odgovorna.
reason-same-body = Isto tijelo kao { $institution }, koje je navedeno kao odgovorno.
reason-above-accused = Nadređena je instituciji { $institution }, koja je navedena kao odgovorna.
reason-below-accused = Podređena je instituciji { $institution }, koja je navedena kao odgovorna.
reason-same-line = Pripada istom lancu komandovanja kao { $institution }, koja je navedena kao odgovorna.
reason-shares-key = Koristi isti ključ kao { $institution }, pa bi mogla čitati zajedno s njom.
reason-shares-member = Ima člana koji radi i za instituciju { $institution }.
reason-shares-mailbox = Prima poštu u isti sandučić kao { $institution }.
reason-shares-recovery = Zajedno s institucijom { $institution } čuva dio ključa za oporavak.

# Why an institution is proposed.
reason-child-alone = Dijete je samo: ova služba se mora brinuti o njemu. Dobija samo ono što joj je nužno, bez opisa djela i bez imena prijavljenih.
reason-child-alone-around = Dijete je samo, a otvoreno se vidi samo šire područje. Ovu službu pitajte ako je dijete tamo gdje ona radi: zapečaćeni dijelovi kažu gdje je.
reason-fits = Može postupati ovdje i u vezi s onim što je prijavljeno.
reason-mandate-first = Prva adresa za ovo ({ $mandate }).
reason-breadth-oversight = Drugo tijelo koje nadzire vlasti, da sve ne zavisi od jednog.
reason-breadth-non-state = Nevladina organizacija, da sve ne zavisi od vlasti.
reason-service-through-lawyer = Pomoć preko: { $institution }, da niko drugi ne sazna.

# Who will hear of it.
reason-tells-always = Uvijek obavještava prijavljene i traži njihov odgovor.
reason-tells-usually = Obično obavještava prijavljene.
reason-tells-on-consent = Obavještava prijavljene samo uz poseban pristanak.
reason-tells-unknown = Nije poznato obavještava li prijavljene. Računajte da obavještava.
reason-relays = Ono što dobije prosljeđuje instituciji { $institution }.
reason-duty-to-report = Po zakonu neke stvari mora prijaviti vlastima.
reason-duty-unknown = Nije poznato mora li prijavljivati vlastima. Računajte da mora.
reason-influence = { $institution } ima utjecaj na ovu instituciju.
