"""How an answer is put together from statements: for questions of fact, and for uses of AI."""
