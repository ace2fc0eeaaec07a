# When somebody reads: said by the start page and, after sealing, by the page's script.
hours-closed = قد لا يقرأه أحد قبل { $weekday }، { $day }، { $time }.
hours-open = القراءة اليوم حتى { $until }. إذا تأخر بلاغك، فقد لا يقرأه أحد قبل { $weekday }، { $day }، { $time }.
hours-unknown = لا أحد وعد متى سيُقرأ.
