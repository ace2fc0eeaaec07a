# Speaking instead of writing, in the page.
voice-offer = Sesinizi kaydedin
voice-about = Yazmak yerine konuşabilirsiniz. Söyledikleriniz yalnızca bu sayfada kaydedilir ve her dosya gibi mühürlenir; bu cihazın dosyaları arasına kaydedilmez. Ses kim olduğunuzu belli edebilir: bildiriminizi okuyabilenler onu duyabilir. Göndermeden önce bu sayfa kapanırsa kayıt yok olur. Başla düğmesine bastığınızda tarayıcı mikrofon izni ister.
voice-start = Başla
voice-stop = Durdur
voice-time = Kaydediliyor: { $time }
voice-done = Kaydedildi. Dinleyebilir, silebilir ya da devam edebilirsiniz.
voice-another = Bir tane daha kaydet
voice-delete = Bu kaydı sil
voice-deleted = Silindi. Artık yok.
voice-not = Mikrofon kullanılamadı. Yazabilir ya da bir dosya seçebilirsiniz.
