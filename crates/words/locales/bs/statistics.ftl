statistics-recorded-not-occurred = Zabilježeno, a ne sve što se dogodilo; skriveno nije nula.
statistics-why-hidden = Skriveno: manje od 20, premalo izvora ili uglavnom iz jednog izvora. Skriveno nije nula.
statistics-method = Svaki broj je nasumično zaokružen na višekratnik broja 10, tako da je prosjek tačan; brojevi manji od 20 se ne prikazuju; zbirovi se zaokružuju odvojeno.
statistics-show-as = Prikaži kao { $period }

# Why a table is not published: the codes of refusals.
statistics-unknown-table = Plan nema takvu tabelu.
statistics-period-too-short = Ova tabela se izrađuje samo za duže periode.
statistics-period-not-over = Ovaj period još nije završen.
statistics-already-published = Ova tabela je za ovo vrijeme već objavljena. Svaka se objavljuje jednom.
statistics-unsafe = Iz ove tabele i ranijih neko bi mogao izračunati male brojeve. Zato se ne objavljuje.
