"""Icons, drawn procedurally in a unit circle. The two splits have different ones."""
from __future__ import annotations

from typing import Callable

import numpy as np

from .canvas import Colour, PillowPen, Point
from .elements import Element, Rng, Role, gradient, vector, mixed, thing
from .style import Style

Points = list[tuple[float, float]]


class Stamp:
    """Draws in units of the icon's radius about its middle."""

    def __init__(self, pen: PillowPen, at: Point, radius: float, turn: float, first: Colour, second: Colour) -> None:
        self.pen, self.at, self.radius, self.turn, self.first, self.second = pen, at, radius, turn, first, second

    def fill(self, points: Points, colour: Colour | None = None) -> None:
        self.pen.polygon(self.pen.round(self.at, self.radius, points, self.turn), colour or self.first)

    def disc(self, x: float, y: float, r: float, colour: Colour | None = None) -> None:
        self.pen.dot(self.pen.round(self.at, self.radius, [(x, y)], self.turn)[0], self.radius * r, colour or self.first)

    def stroke(self, points: Points, width: float, colour: Colour | None = None) -> None:
        self.pen.line(self.pen.round(self.at, self.radius, points, self.turn), colour or self.first, self.radius * width)


def _ring(n: int, radius: Callable[[np.ndarray], np.ndarray], start: float = -np.pi / 2) -> Points:
    t = np.arange(n) * 2 * np.pi / n
    r = radius(t)
    return list(zip(r * np.cos(t + start), r * np.sin(t + start)))


def _rect(x0: float, y0: float, x1: float, y1: float) -> Points:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def star(s: Stamp) -> None:
    s.fill(_ring(10, lambda t: np.where(np.arange(10) % 2 == 0, 1, .42)))


def heart(s: Stamp) -> None:
    t = np.linspace(0, 2 * np.pi, 40)
    s.fill(list(zip(np.sin(t) ** 3, -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)) / 16)))


def check(s: Stamp) -> None:
    s.stroke([(-.8, .05), (-.25, .6), (.85, -.6)], .32)


def flask(s: Stamp) -> None:
    s.fill([(-.25, -1), (.25, -1), (.25, -.35), (.85, .8), (.7, 1), (-.7, 1), (-.85, .8), (-.25, -.35)])
    s.fill([(-.45, .2), (.45, .2), (.68, .75), (.6, .85), (-.6, .85), (-.68, .75)], s.second)
    s.stroke([(-.4, -1), (.4, -1)], .14)


def cell(s: Stamp) -> None:
    s.fill(_ring(36, lambda t: .92 + .08 * np.sin(3 * t + 1) + .05 * np.cos(5 * t)))
    s.disc(.15, -.1, .38, s.second)
    s.disc(-.45, .4, .1, s.second)
    s.disc(-.5, -.3, .07, s.second)


def mouse(s: Stamp) -> None:
    s.fill(_ring(30, lambda t: .62 + .22 * np.sin(t) ** 2))
    s.fill([(.45, -.4), (1, .1), (.5, .4)])
    s.disc(.4, -.42, .22, s.second)
    s.disc(.72, -.02, .07, (20, 20, 20))
    s.stroke([(-.7, .2), (-.95, .35), (-.8, .6), (-1, .8)], .09)


def drop(s: Stamp) -> None:
    t = np.linspace(0, 2 * np.pi, 40)
    s.fill(list(zip(.75 * np.sin(t) * np.sin(t / 2) ** 1.3, -np.cos(t / 2 + np.pi / 2) * 0 - np.cos(t))))


def sun(s: Stamp) -> None:
    for k in range(8):
        a = k * np.pi / 4
        s.stroke([(.65 * np.cos(a), .65 * np.sin(a)), (np.cos(a), np.sin(a))], .14)
    s.disc(0, 0, .5)


def gear(s: Stamp) -> None:
    s.fill(_ring(48, lambda t: np.where(np.sin(t * 8) > 0, 1, .76)))
    s.disc(0, 0, .34, s.second)


def bolt(s: Stamp) -> None:
    s.fill([(.2, -1), (-.6, .15), (-.05, .15), (-.25, 1), (.6, -.25), (.05, -.25), (.4, -1)])


def leaf(s: Stamp) -> None:
    t = np.linspace(0, np.pi, 20)
    s.fill(list(zip(-np.cos(t), -.5 * np.sin(t))) + list(zip(np.cos(t), .5 * np.sin(t))))
    s.stroke([(-1, 0), (.8, 0)], .07, s.second)


def house(s: Stamp) -> None:
    s.fill([(0, -1), (1, -.1), (.75, -.1), (.75, .9), (-.75, .9), (-.75, -.1), (-1, -.1)])
    s.fill(_rect(-.2, .25, .2, .9), s.second)


def lens(s: Stamp) -> None:
    s.stroke([(.3, .3), (.9, .9)], .26)
    s.disc(-.15, -.15, .72)
    s.disc(-.15, -.15, .5, s.second)


def helix(s: Stamp) -> None:
    t = np.linspace(0, 9, 30)
    for k in range(1, 30, 3):
        s.stroke([(.5 * np.sin(t[k]), t[k] / 4.5 - 1), (-.5 * np.sin(t[k]), t[k] / 4.5 - 1)], .07, s.second)
    s.stroke(list(zip(.5 * np.sin(t), t / 4.5 - 1)), .15)
    s.stroke(list(zip(-.5 * np.sin(t), t / 4.5 - 1)), .15)


def plus(s: Stamp) -> None:
    s.disc(0, 0, 1)
    s.fill(_rect(-.6, -.18, .6, .18), s.second)
    s.fill(_rect(-.18, -.6, .18, .6), s.second)


def tube(s: Stamp) -> None:
    s.stroke([(0, -.8), (0, .7)], .62)
    s.disc(0, .7, .31)
    s.stroke([(0, .05), (0, .65)], .42, s.second)
    s.disc(0, .68, .2, s.second)
    s.stroke([(-.45, -.9), (.45, -.9)], .18)


def ring(s: Stamp) -> None:
    hexagon = _ring(6, lambda t: np.full(6, .75))
    s.stroke([*hexagon, *hexagon[:2]], .13)
    for x, y in hexagon[::2]:
        s.disc(x, y, .2, s.second)


def fish(s: Stamp) -> None:
    t = np.linspace(0, 2 * np.pi, 30)
    s.fill(list(zip(.7 * np.cos(t) + .2, .42 * np.sin(t))))
    s.fill([(-.4, 0), (-1, -.45), (-1, .45)])
    s.disc(.6, -.1, .09, s.second)


def moon(s: Stamp) -> None:
    t = np.linspace(.7, 5.6, 30)
    s.fill([(np.cos(a), np.sin(a)) for a in t] + [(.45 + .72 * np.cos(a), .72 * np.sin(a)) for a in np.linspace(5.1, 1.2, 30)])


def cloud(s: Stamp) -> None:
    for x, y, r in ((-.5, .2, .4), (0, -.15, .52), (.5, .15, .42)):
        s.disc(x, y, r)
    s.fill(_rect(-.55, .1, .55, .58))


def pin(s: Stamp) -> None:
    s.disc(0, -.35, .62)
    s.fill([(-.53, -.05), (.53, -.05), (0, 1)])
    s.disc(0, -.35, .26, s.second)


def warning(s: Stamp) -> None:
    s.fill([(0, -.95), (1, .8), (-1, .8)])
    s.stroke([(0, -.3), (0, .3)], .2, s.second)
    s.disc(0, .55, .12, s.second)


def virus(s: Stamp) -> None:
    for k in range(10):
        a = k * np.pi / 5
        s.stroke([(.5 * np.cos(a), .5 * np.sin(a)), (.88 * np.cos(a), .88 * np.sin(a))], .09)
        s.disc(.88 * np.cos(a), .88 * np.sin(a), .13)
    s.disc(0, 0, .6)
    s.disc(-.15, -.15, .14, s.second)
    s.disc(.2, .2, .1, s.second)


def flag(s: Stamp) -> None:
    s.stroke([(-.6, -1), (-.6, 1)], .13, s.second)
    s.fill([(-.6, -.95), (.9, -.6), (-.6, -.1)])


ICONS: dict[str, dict[str, Callable[[Stamp], None]]] = {
    "train": {"star": star, "heart": heart, "check mark": check, "flask": flask, "cell": cell, "mouse": mouse, "drop": drop, "sun": sun,
              "gear": gear, "bolt": bolt, "leaf": leaf, "house": house, "magnifying glass": lens, "double helix": helix},
    "heldout": {"plus sign": plus, "test tube": tube, "molecule": ring, "fish": fish, "moon": moon, "cloud": cloud, "pin": pin,
                "warning sign": warning, "virus": virus, "flag": flag},
}


def icon(rng: Rng, style: Style, at: Point, radius: float, role: Role = Role.SHAPE, colour: Colour | None = None) -> Element:
    """An icon in one or two colours; now and then turned, graded, translucent or with a shadow. Where pictures are real, mostly one from a file."""
    if style.real and rng.random() < style.real * .8:
        return thing(rng, style, at, radius * 2, role)
    names = list(ICONS[style.split])
    name = names[rng.integers(len(names))]
    first = colour or style.strong(rng)
    second = mixed(first, (255, 255, 255) if sum(first) < 420 else (0, 0, 0), float(rng.uniform(.55, .95))) if rng.random() < .6 else style.colour(rng)
    turn = float(rng.normal(0, .3)) if rng.random() < .3 else 0.0
    look = rng.choice(["plain", "shadow", "translucent", "graded"], p=[.66, .16, .1, .08])
    shade = gradient(rng, first, second) if look == "graded" and name not in ("gear", "plus sign", "warning sign", "cell") else None
    return vector(role, lambda foreground: ICONS[style.split][name](Stamp(foreground, at, radius, turn, first, second)), f"{name} icon",
                 float(rng.uniform(.4, .8)) if look == "translucent" else 1.0, float(rng.uniform(.006, .018)) if look == "shadow" else 0.0, 0.0, shade)
