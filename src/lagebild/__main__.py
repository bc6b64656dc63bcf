"""`python -m lagebild` is the command line."""

from __future__ import annotations

from lagebild.cli.main import main

if __name__ == "__main__":
    main(prog_name="lagebild")
