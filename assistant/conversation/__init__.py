"""Reading a message with what was said before: follow-ups, replies to a deciding question, changed descriptions."""
