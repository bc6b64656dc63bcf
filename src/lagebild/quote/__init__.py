"""Direct and reported speech; claims."""
