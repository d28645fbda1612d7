"""Importing: other corpora into gold, other systems' outputs into predictions, from your own copy.

One file for each corpus or system; `registry` lists them, `building` makes the records and
`figures` holds the counts that a complete copy must give.
"""
