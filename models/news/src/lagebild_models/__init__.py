"""Where the files of the language model lie: `news.onnx`, `pieces.json`, `labels.json`. Nothing is loaded here."""

from __future__ import annotations

from pathlib import Path

__all__ = ["FOLDER"]

FOLDER = Path(__file__).resolve().parent
"""The folder with the model's files."""
