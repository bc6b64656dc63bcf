"""How steps are run."""
