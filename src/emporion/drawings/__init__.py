"""Drawings of halls, in and out: DXF, GeoJSON, SVG, PDF and lists of stands."""
