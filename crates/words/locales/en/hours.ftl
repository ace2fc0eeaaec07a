# When somebody reads: said by the start page and, after sealing, by the page's script.
hours-closed = Nobody may read it before { $weekday }, { $day }, { $time }.
hours-open = People read until { $until } today. If yours comes too late for them, nobody may read it before { $weekday }, { $day }, { $time }.
hours-unknown = Nobody has promised when it is read.
