# When somebody reads: said by the start page and, after sealing, by the page's script.
hours-closed = Il se peut que personne ne le lise avant { $weekday } { $day }, { $time }.
hours-open = On lit jusqu'à { $until } aujourd'hui. Si le vôtre arrive trop tard, il se peut que personne ne le lise avant { $weekday } { $day }, { $time }.
hours-unknown = Personne n'a promis quand il sera lu.
