"""Checks whether a text is supported by its sources, offline, and says why not.

>>> from assistant import check_grounding
>>> report = check_grounding("The Charter was signed in May.", ["The Charter was signed on 25 April 2024."])
>>> report.supported
False
"""
