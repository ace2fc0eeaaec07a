card-title = Kart yazdır
card-help = Yalnız rakamları gösterir: ad yok, adres yok. Kimde varsa bildiriminizi açabilir.
card-make = Kartı yap
card-print = Yazdır
card-away = Kartı kaldır
card-code = Aynı rakamlar resim olarak
