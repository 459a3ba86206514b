"""A seeded generator of scientific figures with known layers."""
from .canvas import Frame
from .catalogue import COLLECTIONS, TEMPLATES
from .damage import damaged
from .elements import Role
from .scenes import MOST_LAYERS, Figure, Scene, composite, make_scene, render
from .showcase import showcase

__all__ = ["COLLECTIONS", "Figure", "Frame", "MOST_LAYERS", "Role", "Scene", "TEMPLATES", "composite", "damaged", "make_scene", "render", "showcase"]
