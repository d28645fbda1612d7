"""The attributors that ship with quotebench.

A baseline is any object with a `name` and a method `predict(document)` that
returns the attributions it finds in `document.text` as a list of
`benchmark.records.Quote`, with `content`, `cue` and `source` as offsets.
"""
