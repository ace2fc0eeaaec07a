# Speaking instead of writing, in the page.
voice-offer = Enregistrer votre voix
voice-about = Vous pouvez parler au lieu d'écrire. Ce que vous dites est enregistré dans cette page seulement et scellé comme tout fichier ; rien n'est gardé parmi les fichiers de cet appareil. Une voix peut révéler qui vous êtes : ceux qui peuvent lire votre signalement peuvent l'entendre. Si cette page se ferme avant l'envoi, l'enregistrement est perdu. Quand vous appuyez sur Commencer, le navigateur demande le microphone.
voice-start = Commencer
voice-stop = Arrêter
voice-time = Enregistrement : { $time }
voice-done = C'est enregistré. Vous pouvez l'écouter, l'effacer ou continuer.
voice-another = Enregistrer encore
voice-delete = Effacer cet enregistrement
voice-deleted = Effacé. Il n'existe plus.
voice-not = Aucun microphone n'a pu être utilisé. Vous pouvez écrire ou choisir un fichier.
