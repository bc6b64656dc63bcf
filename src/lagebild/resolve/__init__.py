"""Who and where is meant."""
