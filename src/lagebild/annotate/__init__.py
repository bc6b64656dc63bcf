"""Sentences, words, names, time phrases, quantities."""
