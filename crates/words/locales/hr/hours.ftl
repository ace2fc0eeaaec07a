# When somebody reads: said by the start page and, after sealing, by the page's script.
hours-closed = Moguće je da nitko neće čitati prije: { $weekday }, { $day }, { $time }.
hours-open = Danas se čita do { $until }. Ako vaša prijava stigne prekasno, moguće je da nitko neće čitati prije: { $weekday }, { $day }, { $time }.
hours-unknown = Nitko nije obećao kada će se čitati.
