card-title = Imprimir una tarjeta
card-help = Muestra las cifras y nada más: ni nombre ni dirección. Quien la tenga puede abrir su informe.
card-make = Hacer la tarjeta
card-print = Imprimir
card-away = Guardar la tarjeta
card-code = Las mismas cifras como imagen
