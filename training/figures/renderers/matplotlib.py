"""Drawing by matplotlib: a figure is built once, and each of its artists becomes an element, drawn by Agg on a transparent canvas.

An inch of the figure is a quarter of its shorter side, whatever its size, so that letters and lines keep their shares. Ticks are fixed when the figure is built:
the number of elements must not depend on the size."""

from __future__ import annotations

import logging
import warnings
from typing import Callable, Sequence

import numpy as np

from ..canvas import EMPTY, Frame, Patch, word_count
from ..elements import Element, Group, Rng, Role, grouped
from ..style import Style

# Style sheets without those that imitate the programs of the foreign evaluation set.
SHEETS = (
    "default",
    "default",
    "classic",
    "bmh",
    "fast",
    "fivethirtyeight",
    "grayscale",
    "Solarize_Light2",
    "tableau-colorblind10",
    "petroff10",
    "dark_background",
    "seaborn-v0_8",
    "seaborn-v0_8-white",
    "seaborn-v0_8-whitegrid",
    "seaborn-v0_8-ticks",
    "seaborn-v0_8-darkgrid",
    "seaborn-v0_8-pastel",
    "seaborn-v0_8-deep",
    "seaborn-v0_8-muted",
    "seaborn-v0_8-bright",
    "seaborn-v0_8-poster",
    "seaborn-v0_8-talk",
    "seaborn-v0_8-paper",
)
INCH = 4  # inches along the shorter side


class Sheet:
    """A matplotlib figure whose artists are registered as elements."""

    def __init__(self, rng: Rng, style: Style, own_colours: bool) -> None:
        """To be made, like all artists, within `sheet_context`. `own_colours`: those of the style sheet, not those of the figure's palette."""
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        logging.getLogger("matplotlib").setLevel(logging.ERROR)
        warnings.filterwarnings(
            "ignore", "Glyph .* missing", UserWarning
        )  # of labels that are written in their font later
        self.rng, self.style = rng, style
        self.fig = Figure(figsize=(INCH, INCH), dpi=72)
        FigureCanvasAgg(self.fig)
        cycle = matplotlib.rcParams["axes.prop_cycle"].by_key().get("color", ["k"])
        self.colours = list(cycle) if own_colours else [tuple(v / 255 for v in c) for c in style.colours]
        self.background = tuple(int(round(v * 255)) for v in matplotlib.colors.to_rgb(self.fig.get_facecolor()))
        self.foreground = matplotlib.rcParams["text.color"]
        self._parts: list[Element] = []
        self._groups: list[Group] = []
        self._ready: Frame | None = None
        self._renderer = None

    def colour(self, k: int):
        return self.colours[k % len(self.colours)]

    # -- drawing

    def _prepare(self, frame: Frame):
        if self._ready != frame:
            from matplotlib.backends.backend_agg import RendererAgg

            dpi = frame.unit / INCH
            self.fig.set_dpi(dpi)
            self.fig.set_size_inches(frame.width / dpi, frame.height / dpi, forward=False)
            self._renderer = RendererAgg(frame.width, frame.height, dpi)
            with self._renderer._draw_disabled():
                self.fig.draw(self._renderer)  # only places labels, legends, annotations
            self._ready = frame
        self._renderer.clear()
        return self._renderer

    def _patch(self, frame: Frame, paint: Callable) -> Patch:
        renderer = self._prepare(frame)
        paint(renderer)
        a = np.asarray(renderer.buffer_rgba())
        rows, columns = a[..., 3].any(1).nonzero()[0], a[..., 3].any(0).nonzero()[0]
        if not len(rows):
            return EMPTY
        x, y = int(columns[0]), int(rows[0])
        rgba = a[y : rows[-1] + 1, x : columns[-1] + 1].astype(np.float32) * np.float32(1 / 255)
        rgba[..., :3] *= rgba[..., 3:]
        return Patch(x, y, rgba)

    # -- registering

    def group(self, kind: str) -> "Sheet":
        self._groups.append(Group(kind))
        return self

    def __enter__(self) -> Group:
        return self._groups[-1]

    def __exit__(self, *_) -> None:
        self._groups.pop()

    def add(
        self, role: Role, artists: Sequence, what: str = "", paint: Callable | None = None, bare: Callable | None = None
    ) -> None:
        """Artists that are one element, in painting order."""
        artists = list(artists)
        paint = paint or (lambda renderer: [a.draw(renderer) for a in artists])
        self._parts.append(
            Element(
                role,
                lambda frame: self._patch(frame, paint),
                what,
                bare=(lambda frame: self._patch(frame, bare)) if bare else None,
                group=tuple(reversed(self._groups)),
            )
        )

    def text(self, artist, what: str = "") -> None:
        """A text; its words are parts if it lies level or upright."""
        from matplotlib.text import Text

        string = artist.get_text()
        if not string.strip():
            return
        draw = lambda frame: self._patch(frame, lambda renderer: Text.draw(artist, renderer))
        count, turn = word_count(string), artist.get_rotation()
        parts: list[Element] = []
        if count > 1 and "\n" not in string and "$" not in string and turn in (0, 90):

            def word(frame: Frame, k: int) -> Patch:
                whole = draw(frame)
                box, words = artist.get_window_extent(self._renderer), string.split(" ")
                width = lambda s: self._renderer.get_text_width_height_descent(s, artist.get_fontproperties(), False)[0]
                ends = [round(width(" ".join(words[:j])) + width(" ") / 2) for j in range(1, count)]
                low, high = ([-(10**6), *ends][k], [*ends, 10**6][k])
                if turn == 90:
                    bottom = frame.height - round(box.y0)
                    y0, y1 = (int(np.clip(bottom - v - whole.y, 0, whole.rgba.shape[0])) for v in (high, low))
                    return Patch(whole.x, whole.y + y0, whole.rgba[y0:y1])
                x0, x1 = (int(np.clip(round(box.x0) + v - whole.x, 0, whole.rgba.shape[1])) for v in (low, high))
                return Patch(whole.x + x0, whole.y, whole.rgba[:, x0:x1])

            parts = grouped(
                "line",
                [
                    Element(Role.TEXT, lambda frame, k=k: word(frame, k), what, string.split(" ")[k])
                    for k in range(count)
                ],
            )
        self._parts.append(
            Element(Role.TEXT, draw, what, string.replace("$", ""), None, tuple(reversed(self._groups)), tuple(parts))
        )

    def axes(self, ax, what: str = "axes", role: Role = Role.PANEL, under: Sequence = ()) -> None:
        """Plate, grid, ticks and spines as one element (`under`: artists between plate and grid), then numbers, names and title."""
        axes = [a for a in (getattr(ax, n, None) for n in ("xaxis", "yaxis")) if a is not None]

        def lines(renderer) -> None:
            for a in under:
                a.draw(renderer)
            ticks = (
                [t for axis in axes for t in (*axis.get_major_ticks(), *axis.get_minor_ticks())] if ax.axison else []
            )
            for t in ticks:
                if t.gridline.get_visible():
                    t.gridline.draw(renderer)
            for t in ticks:
                for line in (t.tick1line, t.tick2line):
                    if line.get_visible():
                        line.draw(renderer)
            for spine in ax.spines.values() if ax.axison else ():
                if spine.get_visible():
                    spine.draw(renderer)

        def whole(renderer) -> None:
            if ax.patch.get_visible() and ax.axison:
                ax.patch.draw(renderer)
            lines(renderer)

        self.add(role, [], what, whole, None if under else lines)
        if ax.axison:
            for axis in axes:
                axis._update_ticks()  # writes the labels
                with self.group("axis"):
                    for t in axis.get_major_ticks():
                        for label in (t.label1, t.label2):
                            if label.get_visible():
                                self.text(label)
                self.text(axis.label)
        for title in (ax.title, ax._left_title, ax._right_title):
            self.text(title, "plot title")

    def legend(self, legend) -> None:
        with self.group("legend"):
            if legend.get_frame_on():
                self.add(Role.SHAPE, [legend.legendPatch], bare=lambda renderer: None)
            for k, (handle, text) in enumerate(zip(legend.legend_handles, legend.get_texts())):
                with self.group("entry"):
                    self.add(Role.MARK, [handle], "legend" if k == 0 else "")
                    self.text(text)
            self.text(legend.get_title())

    def note(self, annotation) -> None:
        """An annotation: its arrow, its plate, its text."""
        with self.group("call-out"):
            if annotation.arrow_patch is not None:
                self.add(Role.MARK, [annotation.arrow_patch], "arrow")
            if annotation.get_bbox_patch() is not None:
                self.add(
                    Role.SHAPE,
                    [],
                    "plate",
                    lambda renderer: (
                        annotation.update_bbox_position_size(renderer),
                        annotation.get_bbox_patch().draw(renderer),
                    ),
                )
                box = annotation.get_bbox_patch()
                plain = lambda renderer: (box.set_visible(False), el_text(annotation, renderer), box.set_visible(True))
                self._parts.append(
                    Element(
                        Role.TEXT,
                        lambda frame: self._patch(frame, plain),
                        "label",
                        annotation.get_text(),
                        group=tuple(reversed(self._groups)),
                    )
                )
            else:
                self.text(annotation, "label")

    def elements(self) -> list[Element]:
        """All that was registered, with the figure's font."""
        from matplotlib.font_manager import FontProperties
        from matplotlib.text import Text

        for text in self.fig.findobj(Text):
            text.set_fontproperties(
                FontProperties(fname=str(self.style.face(text.get_text())), size=text.get_fontsize())
            )
        return self._parts


def el_text(annotation, renderer) -> None:
    from matplotlib.text import Text

    Text.draw(annotation, renderer)


def fix_ticks(ax, x: int = 5, y: int = 5) -> None:
    """At most so many ticks, the same at every size."""
    from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, MaxNLocator, NullLocator

    for axis, count in ((ax.xaxis, x), (ax.yaxis, y)):
        if isinstance(axis.get_major_locator(), FixedLocator) and isinstance(
            axis.get_major_formatter(), (FixedFormatter, FuncFormatter)
        ):
            continue
        if axis.get_scale() == "linear" and not isinstance(axis.get_major_locator(), FixedLocator):
            axis.set_major_locator(MaxNLocator(count))
        low, high = sorted(axis.get_view_interval())
        locations = [v for v in axis.get_major_locator()() if low - 1e-9 <= v <= high + 1e-9]
        formatter = axis.get_major_formatter()
        labels = formatter.format_ticks(locations)
        axis.set_major_locator(FixedLocator(locations))
        axis.set_major_formatter(FixedFormatter(labels))
        if axis.get_scale() == "linear":
            axis.set_minor_locator(NullLocator())


def sheet_context(rng: Rng, style: Style):
    """The context in which a figure is made: a style sheet, and settings drawn by chance."""
    import matplotlib.style

    name = "dark_background" if style.dark and rng.random() < 0.6 else str(rng.choice(SHEETS))
    size = float(rng.uniform(6.2, 10.5))
    own = {
        "font.size": size,
        "axes.titlesize": size * float(rng.uniform(1, 1.35)),
        "axes.labelsize": size * float(rng.uniform(0.95, 1.15)),
        "xtick.labelsize": size * 0.92,
        "ytick.labelsize": size * 0.92,
        "legend.fontsize": size * 0.92,
        "axes.unicode_minus": bool(rng.random() < 0.5) and style.minus != "-",
        "mathtext.fontset": str(rng.choice(["dejavusans", "stix", "dejavuserif"])) if style.split == "train" else "cm",
        "figure.dpi": 72,
        "text.usetex": False,
        "figure.autolayout": False,
    }
    pt = float(np.exp(rng.uniform(np.log(0.5), np.log(1.6))))
    own |= {
        "axes.linewidth": pt,
        "xtick.major.width": pt,
        "ytick.major.width": pt,
        "lines.linewidth": float(np.exp(rng.uniform(np.log(0.7), np.log(3)))),
        "lines.markersize": float(rng.uniform(2.5, 7)),
        "xtick.major.size": float(rng.uniform(2, 4)),
        "ytick.major.size": float(rng.uniform(2, 4)),
    }
    if rng.random() < 0.3:
        own |= {"axes.spines.top": False, "axes.spines.right": False}
    if rng.random() < 0.25:
        own |= {
            "axes.grid": True,
            "grid.alpha": float(rng.uniform(0.3, 1)),
            "grid.linestyle": str(rng.choice(["-", "--", ":"])),
        }
    if rng.random() < 0.15:
        own |= {"xtick.direction": "in", "ytick.direction": "in", "xtick.top": True, "ytick.right": True}
    if rng.random() < 0.012:
        own |= {"path.sketch": (1.0, 60, 2)}
    return matplotlib.style.context([name, own])
