notice-duty-subject = Quelqu'un devrait regarder maintenant
notice-duty-body = Quelque chose dans le mécanisme a besoin d'une personne maintenant. Connectez-vous pour le voir. Ce courriel n'en dit rien.
notice-digest-subject = Du nouveau attend
notice-digest-body = Du nouveau attend dans le mécanisme. Connectez-vous pour le voir. Ce courriel n'en dit rien.
notice-deadline-subject = Un délai approche
notice-deadline-body = Un délai approche dans le mécanisme. Connectez-vous pour le voir. Ce courriel n'en dit rien.
notice-membership-subject = Votre accès a changé
notice-membership-body = Quelque chose a changé dans votre accès au mécanisme. Connectez-vous pour le voir. Si vous ne l'attendiez pas, prévenez votre institution.

# What a lead asks the person who reported, with one click.
notice-ask-signature = Nous pouvons demander à { $institution } d'agir sur votre signalement. Elle n'agit qu'avec votre signature, ou avec un papier qui permet à quelqu'un de signer pour vous. Est-ce sans danger pour vous ? Alors écrivez sur un papier « Je vous demande d'agir sur mon signalement ». Signez-le et ajoutez-en ici une photo. Ou écrivez ici comment vous joindre pour cela. Rien ne vous y oblige : votre signalement est gardé dans tous les cas.
