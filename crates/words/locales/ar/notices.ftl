notice-duty-subject = يجب أن ينظر شخص الآن
notice-duty-body = شيء في الآلية يحتاج إلى شخص الآن. سجل الدخول لتراه. هذا البريد لا يقول شيئاً عنه.
notice-digest-subject = شيء جديد ينتظر
notice-digest-body = شيء جديد ينتظر في الآلية. سجل الدخول لتراه. هذا البريد لا يقول شيئاً عنه.
notice-deadline-subject = موعد يقترب
notice-deadline-body = موعد في الآلية يقترب. سجل الدخول لتراه. هذا البريد لا يقول شيئاً عنه.
notice-membership-subject = تغيرت عضويتك
notice-membership-body = تغير شيء في دخولك إلى الآلية. سجل الدخول لتراه. إذا لم تتوقع ذلك، فأخبر مؤسستك.
