# When somebody reads: said by the start page and, after sealing, by the page's script.
hours-closed = Perhaps nobody reads it before { $weekday }, { $day }, { $time }.
hours-open = People read until { $until } today. If yours comes too late for them, perhaps nobody reads it before { $weekday }, { $day }, { $time }.
hours-unknown = Nobody has promised when it is read.
