"""The only package that opens the outside."""
