notice-duty-subject = Birinin şimdi bakması gerek
notice-duty-body = Mekanizmada bir şeyin şimdi bir kişiye ihtiyacı var. Görmek için giriş yapın. Bu posta onun hakkında bir şey söylemez.
notice-digest-subject = Yeni bir şey bekliyor
notice-digest-body = Mekanizmada yeni bir şey bekliyor. Görmek için giriş yapın. Bu posta onun hakkında bir şey söylemez.
notice-deadline-subject = Bir süre doluyor
notice-deadline-body = Mekanizmada bir süre doluyor. Görmek için giriş yapın. Bu posta onun hakkında bir şey söylemez.
notice-membership-subject = Üyeliğiniz değişti
notice-membership-body = Mekanizmaya erişiminizde bir şey değişti. Görmek için giriş yapın. Beklemiyorduysanız kurumunuza söyleyin.
