"""A dossier as HTML or Markdown."""
