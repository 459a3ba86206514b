"""A seeded generator of scientific figures with known layers."""
from .canvas import Frame
from .elements import Role
from .scenes import Figure, Scene, composite, make_scene, render
from .showcase import showcase

__all__ = ["Figure", "Frame", "Role", "Scene", "composite", "make_scene", "render", "showcase"]
