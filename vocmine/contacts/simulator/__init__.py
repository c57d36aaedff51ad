"""A made-up support centre whose contacts come with their truth.

``centre.yaml`` has the numbers (channels, hours, reasons, products), ``sentences/`` what people write, one pattern
a line, ``phrases.yaml`` what stands around them, ``swaps.yaml`` wordings that say the same, ``people.yaml``
made-up people. ``draw`` draws who comes when and why, ``outcome`` who comes back, ``work`` what it takes, ``wording``
writes. A new reason needs a row in ``centre.yaml`` and its sentences; the tests say what is missing.
"""
