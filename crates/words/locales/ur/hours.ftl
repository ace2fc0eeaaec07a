# When somebody reads: said by the start page and, after sealing, by the page's script.
hours-closed = ہو سکتا ہے { $weekday }، { $day }، { $time } سے پہلے کوئی نہ پڑھے۔
hours-open = آج { $until } تک پڑھا جاتا ہے۔ اگر آپ کی رپورٹ دیر سے آئے تو ہو سکتا ہے { $weekday }، { $day }، { $time } سے پہلے کوئی نہ پڑھے۔
hours-unknown = کسی نے وعدہ نہیں کیا کہ کب پڑھا جائے گا۔
