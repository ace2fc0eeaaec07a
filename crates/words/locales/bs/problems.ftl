problem-not-found-title = Ova stranica ili zapis nije pronađen.
problem-not-found-next = Provjerite adresu. Ako ste došli preko linka, zapis je možda povučen.
