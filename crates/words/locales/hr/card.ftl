card-title = Ispišite karticu
card-help = Na njoj su samo cifre: bez imena i adrese. Tko je ima, može otvoriti vašu prijavu.
card-make = Napravi karticu
card-print = Ispiši
card-away = Skloni karticu
card-code = Iste cifre kao slika
