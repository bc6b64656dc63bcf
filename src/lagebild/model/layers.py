"""What a user lays over the map: dated shapes with their attribution. Shown under the points; never evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

__all__ = ["LayerShape", "MapLayer"]


@dataclass(frozen=True)
class LayerShape:
    """One shape in degrees. `rings`: of an area its rings (even-odd), of a line its points, of a point itself; each flat: lon, lat, lon, …"""

    kind: Literal["area", "line", "point"]
    rings: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class MapLayer:
    """One file of a layer, or one day of it. `day` is YYYY-MM-DD, None where neither file name nor properties say one.

    `name` is the user's; `file` the file's name without folder; shapes are thinned, the file itself is known by `sha256`.
    """

    TABLE: ClassVar[str] = "map_layer"
    id: str
    name: str
    file: str
    day: str | None
    attribution: str | None
    sha256: str
    shapes: tuple[LayerShape, ...]

    @property
    def owner(self) -> str:
        return self.name
