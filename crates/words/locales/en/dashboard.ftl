# Begins empty; a key starts with the topic.
dashboard-sign-in = Sign in
dashboard-answer-number = Number of this answer:
