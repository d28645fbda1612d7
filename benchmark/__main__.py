"""`python -m benchmark` is the same program as `quotebench`."""

from benchmark.cli import main

main()
