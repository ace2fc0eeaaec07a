# Begins empty; a key starts with the topic.
dashboard-sign-in = Prijava
dashboard-answer-number = Broj ovog odgovora:
