# When somebody reads: said by the start page and, after sealing, by the page's script.
hours-closed = ښايي تر { $weekday }، { $day }، { $time } مخکې یې څوک ونه لولي.
hours-open = نن تر { $until } پورې لوستل کېږي. که ستاسو ناوخته راشي، ښايي تر { $weekday }، { $day }، { $time } مخکې یې څوک ونه لولي.
hours-unknown = چا ژمنه نه ده کړې چې کله لوستل کېږي.
