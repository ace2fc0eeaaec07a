# Speaking instead of writing, in the page.
voice-offer = Grabar su voz
voice-about = Puede hablar en lugar de escribir. Lo que diga se graba solo en esta página y se sella como cualquier archivo; no se guarda entre los archivos de este dispositivo. Una voz puede revelar quién es usted: la pueden oír quienes pueden leer su informe. Si esta página se cierra antes de enviar, la grabación se pierde. Al pulsar Empezar, el navegador pide permiso para usar el micrófono.
voice-start = Empezar
voice-stop = Parar
voice-time = Grabando: { $time }
voice-done = Grabado. Puede escucharlo, borrarlo o continuar.
voice-another = Grabar otra más
voice-delete = Borrar esta grabación
voice-deleted = Borrada. Ya no existe.
voice-not = No se pudo usar ningún micrófono. Puede escribir o elegir un archivo.
