statistics-recorded-not-occurred = Recorded, not occurred; hidden is not zero.
