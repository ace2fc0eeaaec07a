triage-days-left = { $days ->
    [one] Preostao { $days } dan
    [few] Preostala { $days } dana
   *[other] Preostalo { $days } dana
}
triage-date = { $day }. { $month }. { $year }.
triage-days-over = { $days ->
    [one] { $days } dan preko roka
    [few] { $days } dana preko roka
   *[other] { $days } dana preko roka
}
triage-hours-left = { $hours ->
    [one] Preostao { $hours } sat
    [few] Preostala { $hours } sata
   *[other] Preostalo { $hours } sati
}
triage-clock-u0 = U roku od jednog sata
triage-clock-u1 = U roku od jednog dana
triage-clock-u2 = U roku od tri dana
triage-clock-u3 = U roku od tjedna
triage-clock-u4 = U roku od dva tjedna
triage-why-device-saw-more = Zapečaćeni zapis kaže da je hitno
triage-why-standard = Bez posebne hitnosti
triage-why-danger-now = Netko je još u opasnosti
triage-why-person-missing = Osoba je nestala
triage-why-removal-under-way = Udaljenje može uslijediti odmah
triage-why-care-denied-now = Liječenje se sada uskraćuje
triage-why-held-for-ransom = Osobu drže radi novca
triage-why-child-alone = Dijete je samo
triage-why-medical-window = Medicinska pomoć djeluje samo ako je brza
triage-why-trafficking-signs = Znakovi trgovine ljudima
triage-why-person-held = Osoba je zatvorena
triage-why-death = Osoba je umrla
triage-why-injury-fades = Ozljede treba brzo dokumentirati
triage-why-reprisal = Netko trpi zbog prijave
triage-why-helper-accused = Pomagač je naveden kao odgovoran
triage-why-identity-violence = Napad zbog onoga tko su
triage-why-child-track = Radi se o djetetu
triage-why-self-harm-risk = Osoba bi mogla sebi nauditi
triage-stage-filed = Podneseno
triage-stage-acknowledged = Potvrđen prijem
triage-stage-in-triage = U trijaži
triage-stage-referred = Upućeno
triage-stage-answered = Odgovoreno
triage-stage-closed = Zatvoreno
triage-stage-withdrawn = Povučeno
triage-stage-shredded = Uništeno
triage-deadline-acknowledge = Potvrda prijema
triage-deadline-feedback = Povratna informacija
triage-deadline-of = { $what }: { $left }
triage-answer = Odgovor
triage-answer-of = Odgovor: { $institution }
triage-signature-missing = nedostaje potpis
triage-overdue = rok je istekao
triage-paused = zastalo
triage-clock-paused = Odgovor osobi: stoji od { $since } · { $why }
triage-clock-paused-until = Rok teče dalje od { $until }.
