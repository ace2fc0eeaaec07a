# Begins empty; a key starts with the topic.
