"""Origins of claims; disputes, clashing figures."""
