# When somebody reads: said by the start page and, after sealing, by the page's script.
hours-closed = Quizá nadie lo lea antes del { $weekday }, { $day }, a las { $time }.
hours-open = Hoy se lee hasta las { $until }. Si el suyo llega tarde, quizá nadie lo lea antes del { $weekday }, { $day }, a las { $time }.
hours-unknown = Nadie ha prometido cuándo se lee.
