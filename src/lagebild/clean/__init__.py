"""Readable text with a map to the source; blocks, stamps."""
