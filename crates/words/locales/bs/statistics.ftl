statistics-recorded-not-occurred = Zabilježeno, ne ukupno dogođeno; skriveno nije nula.
