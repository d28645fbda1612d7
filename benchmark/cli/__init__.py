"""The command line. Heavy imports happen in the commands that need them."""

import os
import sys

# In the order of the help.
# isort: off
from benchmark.cli import running as running
from benchmark.cli import training as training
from benchmark.cli import scoring as scoring
from benchmark.cli import annotating as annotating
from benchmark.cli import data as data
from benchmark.cli import importing as importing

# isort: on
from benchmark.cli.shared import app


def main() -> None:
    """Run the program; a reader that stops early (`| head`) is no error."""
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
