"""Measuring against public corpora and peers, and at scale."""
