"""Drawing by JFreeChart and Java2D, for the development set only: training never sees them.

`JFreeFigures.java` runs as a process beside this one and is asked for a chart by seed and size; it answers with the chart's elements. The jar comes from Maven Central:
mvn dependency:get -Dartifact=org.jfree:jfreechart:1.5.6"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..canvas import EMPTY, Frame, Patch, between_gaps
from ..elements import Element, Group, Rng, Role, grouped
from ..style import WORDS, Style

JAR = Path(
    os.environ.get("JFREECHART_JAR", Path.home() / ".m2/repository/org/jfree/jfreechart/1.5.6/jfreechart-1.5.6.jar")
)
# The size in which a chart is asked what it has; in other sizes ticks and shortened names may be others.
PLANNED = Frame(340, 340)


@dataclass(frozen=True)
class Drawn:
    key: str
    role: Role
    what: str
    group: str
    text: str
    patch: Patch


@lru_cache(None)
def _process(pid: int) -> subprocess.Popen:
    """One for each process of ours: `pid` keeps those that were forked apart."""
    if not JAR.exists():
        raise FileNotFoundError(f"{JAR} is not there: mvn dependency:get -Dartifact=org.jfree:jfreechart:1.5.6")
    return subprocess.Popen(
        [
            "java",
            "-Xmx400m",
            "-Djava.awt.headless=true",
            "-cp",
            str(JAR),
            str(Path(__file__).parent / "JFreeFigures.java"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


@lru_cache(8)
def chart(request: str, frame: Frame) -> dict[str, Drawn]:
    """The elements of a chart at a size, by their keys, in painting order."""
    seed, rest = request.split("\t", 1)
    java = _process(os.getpid())
    java.stdin.write(f"{seed}\t{frame.width}\t{frame.height}\t{rest}\n".encode())
    java.stdin.flush()
    found = {}
    for _ in range(int(java.stdout.readline())):
        key, role, what, group, text, *box = java.stdout.readline().decode().rstrip("\n").split("\t")
        x, y, w, h = map(int, box)
        rgba = np.frombuffer(java.stdout.read(w * h * 4), np.uint8).reshape(h, w, 4).astype(np.float32) / 255
        found[key] = Drawn(key, Role[role], what, group, text, Patch(x, y, rgba))
    return found


def elements(rng: Rng, style: Style) -> list[Element]:
    """A chart. Ticks and lines of text that only fit at another size are left out."""
    latin = WORDS[style.split]["latin"]
    colours = ",".join("%02x%02x%02x" % tuple(c) for c in style.colours)
    request = "\t".join(
        [str(int(rng.integers(2**40))), str(int(style.dark)), str(style.font), colours, "|".join(latin)]
    )
    groups: dict[str, Group] = {}
    plot = Group("plot")
    parts = []
    for d in chart(request, PLANNED).values():
        group = ()
        if d.group:
            kind = "series" if d.group.startswith("series") else d.group.split()[0]
            group = (groups.setdefault(d.group, Group(kind)),)

        def draw(frame: Frame, key: str = d.key) -> Patch:
            found = chart(request, frame).get(key)
            return found.patch if found else EMPTY

        words = d.text.split(" ")
        own = ()
        if d.role == Role.TEXT and len(words) > 1 and d.patch.rgba.shape[1] > 1.5 * d.patch.rgba.shape[0]:
            own = tuple(
                grouped(
                    "line",
                    [
                        Element(
                            d.role,
                            lambda frame, k=k, draw=draw, n=len(words): between_gaps(draw(frame), n, k),
                            d.what,
                            w,
                        )
                        for k, w in enumerate(words)
                    ],
                )
            )
        parts.append(
            Element(
                d.role, draw, d.what, d.text, parts=own, group=group if d.role == Role.BACKGROUND else (*group, plot)
            )
        )
    return parts
