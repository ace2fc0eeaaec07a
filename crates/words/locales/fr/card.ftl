card-title = Imprimer une carte
card-help = Elle montre les chiffres et rien d'autre : ni nom ni adresse. Qui la tient peut ouvrir votre signalement.
card-make = Faire la carte
card-print = Imprimer
card-away = Ranger la carte
card-code = Les mêmes chiffres en image
