"""Shared passages, copy families, credits."""
