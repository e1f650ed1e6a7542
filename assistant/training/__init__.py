"""Training of the project's own small models: data, loop and one module a model.

charter-assistant train scope | questions | router | answers | grounding
"""
