# When somebody reads: said by the start page and, after sealing, by the page's script.
hours-closed = Moguće je da niko neće čitati prije: { $weekday }, { $day }, { $time }.
hours-open = Danas se čita do { $until }. Ako vaša prijava stigne prekasno, moguće je da niko neće čitati prije: { $weekday }, { $day }, { $time }.
hours-unknown = Niko nije obećao kada će se čitati.
