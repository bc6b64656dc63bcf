"""Writes version and digests of the files in models/news into `src/lagebild/lang/models.toml`.

    python training/models/pin.py

Run after each export: lagebild refuses a model that is another than the one pinned here.
"""

from __future__ import annotations

import json
import re
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "models" / "news" / "src" / "lagebild_models"
PINS = ROOT / "src" / "lagebild" / "lang" / "models.toml"
FILES = ("labels.json", "news.onnx", "pieces.json")


def main() -> int:
    """Rewrite the pins; 1 where a file is missing."""
    missing = [name for name in FILES if not (MODEL / name).is_file()]
    if missing:
        sys.stderr.write(f"{MODEL}: {', '.join(missing)} missing; export the model first\n")
        return 1
    version = json.loads((MODEL / "labels.json").read_text(encoding="utf-8"))["version"]
    digests = "".join(f'"{name}" = "{sha256((MODEL / name).read_bytes()).hexdigest()}"\n' for name in FILES)
    before = PINS.read_text(encoding="utf-8")
    after = re.sub(r'(?m)^version = ".*"$', f'version = "{version}"', before)
    after = after[: after.index("[files]")] + "[files]\n" + digests
    PINS.write_text(after, encoding="utf-8")
    size = sum((MODEL / name).stat().st_size for name in FILES)
    print(f"{PINS.relative_to(ROOT)}: version {version}, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
