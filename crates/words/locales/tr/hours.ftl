# When somebody reads: said by the start page and, after sealing, by the page's script.
hours-closed = { $weekday }, { $day }, { $time } öncesinde kimse okumayabilir.
hours-open = Bugün { $until } saatine kadar okunur. Sizinki geç kalırsa { $weekday }, { $day }, { $time } öncesinde kimse okumayabilir.
hours-unknown = Ne zaman okunacağına kimse söz vermedi.
