# When somebody reads: said by the start page and, after sealing, by the page's script.
hours-closed = شاید کسی پیش از { $weekday }، { $day }، { $time } آن را نخواند.
hours-open = امروز تا { $until } خوانده می‌شود. اگر دیر برسد، شاید کسی پیش از { $weekday }، { $day }، { $time } آن را نخواند.
hours-unknown = کسی قول نداده چه وقت خوانده می‌شود.
