card-title = Ispišite karticu
card-help = Na njoj su samo znamenke: bez imena i adrese. Tko je ima, može otvoriti vašu prijavu.
card-make = Napravi karticu
card-print = Ispiši
card-away = Skloni karticu
card-code = Iste znamenke kao slika
