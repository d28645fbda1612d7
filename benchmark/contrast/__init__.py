"""Contrast pairs: a document of the gold and a variant of it that differs in one respect.

`rewriting` carries every span from a text to its variant; `preserving`, `naming`, `carrying`,
`changing`, `uncarrying` and `agency_added` hold the perturbations; `generation` runs them.
How systems are scored on the pairs is told by `benchmark.consistency`.

After Ribeiro et al. 2020 (CheckList: invariance and directional tests) and Gardner et al.
2020 (contrast sets, and consistency as the share of sets that are answered right throughout).
"""
