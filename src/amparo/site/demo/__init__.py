"""The demonstration: a fictitious country operation, made only through the real actions.

Every agency, member of staff and person here is invented. What is made depends on the seed and on
the moment it is made, and on nothing else.
"""
