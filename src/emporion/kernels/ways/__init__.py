"""Shortest ways on a floor among stands, and good orders of places to go to. See docs/kernels/ways.md."""

from .check import Fault, check
from .floor import Floor, Graph, build
from .path import Path, lengths, shortest
from .tour import order

__all__ = ["Fault", "Floor", "Graph", "Path", "build", "check", "lengths", "order", "shortest"]
