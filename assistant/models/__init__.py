"""The small models that serve the stages: what kind of message it is, and whether a statement answers it."""
