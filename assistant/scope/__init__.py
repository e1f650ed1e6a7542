"""How the scope of a use of AI is decided: a judge of criteria, a rule table, and the conversation around them."""
