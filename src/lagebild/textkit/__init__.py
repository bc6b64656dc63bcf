"""Small tools on strings; each file named after what it makes."""
