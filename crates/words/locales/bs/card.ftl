card-title = Odštampajte karticu
card-help = Na njoj su samo cifre: bez imena i adrese. Ko je ima, može otvoriti vašu prijavu.
card-make = Napravi karticu
card-print = Štampaj
card-away = Skloni karticu
card-code = Iste cifre kao slika
