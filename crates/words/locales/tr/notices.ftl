notice-duty-subject = Birinin şimdi bakması gerek
notice-duty-body = Mekanizmada bir şeyin şimdi bir kişiye ihtiyacı var. Görmek için giriş yapın. Bu posta onun hakkında bir şey söylemez.
notice-digest-subject = Yeni bir şey bekliyor
notice-digest-body = Mekanizmada yeni bir şey bekliyor. Görmek için giriş yapın. Bu posta onun hakkında bir şey söylemez.
notice-deadline-subject = Bir süre doluyor
notice-deadline-body = Mekanizmada bir süre doluyor. Görmek için giriş yapın. Bu posta onun hakkında bir şey söylemez.
notice-membership-subject = Üyeliğiniz değişti
notice-membership-body = Mekanizmaya erişiminizde bir şey değişti. Görmek için giriş yapın. Beklemiyorduysanız kurumunuza söyleyin.

# What a lead asks the person who reported, with one click.
notice-ask-signature = { $institution } kurumundan bildiriminiz için harekete geçmesini isteyebiliriz. Yalnız imzanızla ya da birinin sizin yerinize imzalamasına izin veren bir kâğıtla harekete geçerler. Sizin için güvenli mi? O zaman bir kâğıda “Bildirimim için harekete geçmenizi istiyorum” yazın. İmzalayın ve fotoğrafını buraya ekleyin. Ya da size nasıl ulaşabileceğimizi buraya yazın. Zorunda değilsiniz: bildiriminiz her durumda saklanır.
