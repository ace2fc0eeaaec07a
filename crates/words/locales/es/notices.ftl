notice-duty-subject = Alguien debe mirar ahora
notice-duty-body = Algo en el mecanismo necesita a una persona ahora. Inicie sesión para verlo. Este correo no dice nada de ello.
notice-digest-subject = Hay algo nuevo
notice-digest-body = Hay algo nuevo en el mecanismo. Inicie sesión para verlo. Este correo no dice nada de ello.
notice-deadline-subject = Se acerca un plazo
notice-deadline-body = Se acerca un plazo en el mecanismo. Inicie sesión para verlo. Este correo no dice nada de ello.
notice-membership-subject = Su acceso cambió
notice-membership-body = Algo cambió en su acceso al mecanismo. Inicie sesión para verlo. Si no lo esperaba, avise a su institución.

# What a lead asks the person who reported, with one click.
notice-ask-signature = Podemos pedir a { $institution } que actúe sobre su informe. Solo actúa con su firma, o con un papel que permita a alguien firmar por usted. ¿Es seguro para usted? Entonces escriba en un papel «Les pido que actúen sobre mi informe». Fírmelo y añada aquí una foto. O escriba aquí cómo contactarle para ello. No tiene que hacerlo: su informe se guarda igualmente.
