"""Figures of one to four plots drawn by matplotlib, of many kinds and in many style sheets; at times beside a
picture."""

import numpy as np

from ... import elements as el
from ...elements import ALL, Role
from ...renderers.matplotlib import Sheet, fix_ticks, sheet_context
from ...templates import Template, cells, shrink
from .curves import family

PANEL, DATA, MARK = Role.PANEL, Role.DATA, Role.MARK
MAPS = (
    "viridis",
    "plasma",
    "magma",
    "cividis",
    "Blues",
    "Reds",
    "YlGn",
    "RdBu_r",
    "coolwarm",
    "Spectral",
    "gray",
    "turbo",
    "PuOr",
    "bone",
    "hot",
)
MARKERS = "os^Dv*xP+."


def lines(s, ax, rng):
    n, count, style = int(rng.choice([6, 10, 15, 80, 200])), int(rng.integers(1, 6)), rng.random() < 0.4
    x = np.linspace(0, float(rng.choice([1, 5, 10, 24, 100])), n)
    for k, y in enumerate(family(rng, n, count)):
        with s.group("series"):
            c = s.colour(k)
            if rng.random() < 0.25:
                s.add(
                    DATA,
                    [ax.fill_between(x, y - 0.05, y + 0.05, color=c, alpha=float(rng.uniform(0.15, 0.4)), linewidth=0)],
                    "",
                )
            marker = MARKERS[k % 10] if n < 20 and rng.random() < 0.7 else ""
            s.add(
                DATA,
                ax.plot(
                    x,
                    y,
                    marker=marker,
                    ls=("-", "--", ":", "-.")[k % 4 if style else 0],
                    color=c,
                    label=s.style.word(rng),
                ),
                "line plot" if k == 0 else "",
            )
    return count > 1


def scatter(s, ax, rng):
    count, n = int(rng.integers(1, 5)), int(rng.integers(15, 160))
    for k in range(count):
        with s.group("series"):
            p = rng.normal(rng.uniform(-2, 2, 2), rng.uniform(0.3, 1.2, 2), (n, 2))
            s.add(
                DATA,
                [
                    ax.scatter(
                        p[:, 0],
                        p[:, 1],
                        s=float(rng.uniform(4, 40)) if rng.random() < 0.8 else rng.uniform(4, 150, n),
                        marker=MARKERS[k % 6],
                        color=s.colour(k),
                        alpha=float(rng.choice([1, 0.8, 0.5])),
                        edgecolors="w" if rng.random() < 0.3 else None,
                        linewidths=0.5,
                        label=s.style.word(rng),
                    )
                ],
                "scatter plot" if k == 0 else "",
            )
    if rng.random() < 0.3:
        s.add(DATA, ax.plot([-3, 3], [-2.5, 2.5], color=s.foreground, ls=str(rng.choice(["-", "--"]))), "trend line")
    return count > 1


def bars(s, ax, rng):
    groups, count, kind, flat = (
        int(rng.integers(2, 7)),
        int(rng.integers(1, 4)),
        str(rng.choice(["beside", "stacked"])),
        rng.random() < 0.2,
    )
    w, floor = 0.8 / (count if kind == "beside" else 1), np.zeros(groups)
    errors, hatch, edge = rng.random() < 0.35 and kind == "beside", rng.random() < 0.15, rng.random() < 0.3
    for k in range(count):
        v = rng.uniform(1, 9, groups)
        at = np.arange(groups) + (w * (k - (count - 1) / 2) if kind == "beside" else 0)
        look = dict(
            color=s.colour(k),
            edgecolor=s.foreground if edge else None,
            linewidth=0.8 if edge else 0,
            hatch=("//", "..", "xx", "\\\\")[k] if hatch else None,
            label=s.style.word(rng),
        )
        made = ax.barh(at, v, w * 0.95, left=floor, **look) if flat else ax.bar(at, v, w * 0.95, bottom=floor, **look)
        with s.group("series"):
            for j, patch in enumerate(made.patches):
                s.add(DATA, [patch], "bar chart" if j + k == 0 else "")
            if errors:
                e = (
                    ax.errorbar(v, at, xerr=v * 0.12, fmt="none", ecolor=s.foreground, capsize=2, lw=1)
                    if flat
                    else ax.errorbar(at, v, yerr=v * 0.12, fmt="none", ecolor=s.foreground, capsize=2, lw=1)
                )
                s.add(DATA, [*e[2], *e[1]])
        if kind == "stacked":
            floor = floor + v
    names = [s.style.word(rng)[:8] for _ in range(groups)]
    (ax.set_yticks if flat else ax.set_xticks)(
        np.arange(groups), names, **({} if flat or rng.random() < 0.7 else {"rotation": 45, "ha": "right"})
    )
    return count > 1


def histogram(s, ax, rng):
    count = int(rng.integers(1, 4))
    for k in range(count):
        v = rng.normal(rng.uniform(-2, 2), rng.uniform(0.5, 1.4), 400)
        kind = str(rng.choice(["stepfilled", "step", "bar"], p=[0.6, 0.2, 0.2]))
        _, _, made = ax.hist(
            v,
            int(rng.integers(10, 40)),
            alpha=0.6 if count > 1 else 1,
            color=s.colour(k),
            histtype=kind,
            label=s.style.word(rng),
        )
        with s.group("series"):
            s.add(DATA, list(made), "histogram" if k == 0 else "")
    return count > 1


def boxes(s, ax, rng):
    count, violin = int(rng.integers(2, 6)), rng.random() < 0.5
    values = [rng.normal(rng.uniform(-1, 1), rng.uniform(0.4, 1.2), 60) for _ in range(count)]
    if violin:
        made = ax.violinplot(values, showmedians=bool(rng.random() < 0.5), widths=0.8)
        for k, body in enumerate(made["bodies"]):
            body.set_facecolor(s.colour(k)), body.set_alpha(float(rng.choice([0.5, 0.8, 1])))
            s.add(DATA, [body], "violin plot" if k == 0 else "")
        for name in ("cbars", "cmins", "cmaxes", "cmedians"):
            if name in made:
                made[name].set_color(s.foreground)
                s.add(DATA, [made[name]])
    else:
        made = ax.boxplot(
            values,
            patch_artist=bool(rng.random() < 0.7),
            notch=bool(rng.random() < 0.15),
            widths=float(rng.uniform(0.4, 0.75)),
        )
        for k in range(count):
            if hasattr(made["boxes"][k], "set_facecolor"):
                made["boxes"][k].set_facecolor(s.colour(k))
            s.add(
                DATA,
                [
                    *made["whiskers"][2 * k : 2 * k + 2],
                    *made["caps"][2 * k : 2 * k + 2],
                    made["boxes"][k],
                    made["medians"][k],
                    made["fliers"][k],
                ],
                "box plot" if k == 0 else "",
            )
    if rng.random() < 0.4:
        for k, v in enumerate(values):
            s.add(DATA, [ax.scatter(k + 1 + rng.normal(0, 0.06, 20), v[:20], s=6, color=s.foreground, alpha=0.6)])
    ax.set_xticks(np.arange(1, count + 1), [s.style.word(rng)[:8] for _ in range(count)])
    return False


def image(s, ax, rng):
    n, m = int(rng.integers(4, 14)), int(rng.integers(4, 14))
    kind = str(rng.choice(["cells", "field", "contour", "filled"]))
    field = (
        rng.random((n, m))
        if kind == "cells"
        else np.sin(np.linspace(0, rng.uniform(2, 6), 40))[:, None] * np.cos(np.linspace(0, rng.uniform(2, 6), 50))
        + 0.3 * np.linspace(-1, 1, 50)
    )
    cmap = str(rng.choice(MAPS))
    if kind == "contour":
        s.add(
            DATA,
            [
                ax.contour(
                    field, levels=int(rng.integers(4, 10)), cmap=cmap if rng.random() < 0.7 else None, colors=None
                )
            ],
            "contour plot",
        )
        return False
    if kind == "filled":
        made = ax.contourf(field, levels=int(rng.integers(4, 10)), cmap=cmap)
    elif rng.random() < 0.5:
        made = ax.imshow(
            field,
            cmap=cmap,
            aspect="auto" if rng.random() < 0.6 else "equal",
            interpolation="nearest" if kind == "cells" else "bilinear",
        )
    else:
        made = ax.pcolormesh(
            field, cmap=cmap, edgecolors="w" if kind == "cells" and rng.random() < 0.4 else "none", linewidth=0.5
        )
    s.under = [made]  # with its frame one panel: the plate beneath does not show
    if kind == "cells" and n * m < 50 and rng.random() < 0.5:
        with s.group("values"):
            for i in range(n):
                for j in range(m):
                    offset = 0.5 if "Quad" in type(made).__name__ else 0
                    s.text(
                        ax.text(
                            j + offset,
                            i + offset,
                            f"{field[i, j]:.1f}",
                            ha="center",
                            va="center",
                            color="w" if np.mean(made.to_rgba(field[i, j])[:3]) < 0.5 else "k",
                        )
                    )
    s.mappable = made
    return False


def areas(s, ax, rng):
    n, count = 40, int(rng.integers(2, 5))
    x, layers = np.linspace(0, 10, n), family(rng, n, count)
    if rng.random() < 0.5:
        made = ax.stackplot(
            x,
            layers,
            colors=[s.colour(k) for k in range(count)],
            labels=[s.style.word(rng) for _ in range(count)],
            baseline=str(rng.choice(["zero", "sym"])),
        )
    else:
        made = [
            ax.fill_between(x, 0, y, color=s.colour(k), alpha=float(rng.uniform(0.3, 0.8)), label=s.style.word(rng))
            for k, y in enumerate(layers)
        ]
    for k, patch in enumerate(made):
        s.add(DATA, [patch], "area plot" if k == 0 else "")
    return True


def arrows(s, ax, rng):
    if rng.random() < 0.5:
        y, x = np.mgrid[-3:3:9j, -3:3:9j]
        s.add(DATA, [ax.quiver(x, y, -1 - x**2 + y, 1 + x - y**2, color=s.colour(0))], "vector field")
    else:
        stem = ax.stem(np.arange(12), rng.uniform(0.1, 1, 12), linefmt="-", basefmt=" ")
        for part in (stem.stemlines, stem.markerline):
            part.set_color(s.colour(0))
        s.add(DATA, [stem.stemlines, stem.markerline], "stem plot")
    return False


def errors(s, ax, rng):
    count, n, flat = int(rng.integers(1, 4)), int(rng.integers(4, 10)), rng.random() < 0.2
    for k in range(count):
        x, y = np.arange(n) + k * 0.12, rng.uniform(1, 8, n)
        e = ax.errorbar(
            x,
            y,
            yerr=rng.uniform(0.2, 1, n),
            fmt=MARKERS[k] + ("" if flat else "-"),
            color=s.colour(k),
            capsize=float(rng.choice([0, 2, 3])),
            label=s.style.word(rng),
        )
        with s.group("series"):
            s.add(DATA, [*e[2], *e[1], e[0]], "plot of points with error bars" if k == 0 else "")
    return count > 1


def steps(s, ax, rng):
    count = int(rng.integers(1, 4))
    for k in range(count):
        x, y = np.arange(20), np.clip(np.cumprod(rng.uniform(0.85, 1, 20)), 0, 1)
        with s.group("series"):
            s.add(
                DATA,
                ax.step(x, y, where="post", color=s.colour(k), label=s.style.word(rng)),
                "step plot" if k == 0 else "",
            )
    if rng.random() < 0.3:
        s.add(DATA, [ax.axvspan(5, 9, color=s.colour(count), alpha=0.25)], "marked region")
    return count > 1


KINDS = (lines, lines, scatter, bars, histogram, boxes, image, areas, arrows, errors, steps)


def pie(s, ax, rng):
    count = int(rng.integers(3, 7))
    made = ax.pie(
        rng.dirichlet(np.full(count, 2)),
        labels=[s.style.word(rng)[:8] for _ in range(count)],
        colors=[s.colour(k) for k in range(count)],
        autopct="%.0f%%" if rng.random() < 0.5 else None,
        wedgeprops={"width": 0.45} if rng.random() < 0.35 else None,
        explode=[0.08] + [0] * (count - 1) if rng.random() < 0.25 else None,
    )
    with s.group("series"):
        for k, w in enumerate(made[0]):
            s.add(DATA, [w], "pie chart" if k == 0 else "")
    for texts in made[1:]:
        for t in texts:
            s.text(t)


def polar(s, ax, rng):
    t = np.linspace(0, 2 * np.pi, 9)
    for k in range(int(rng.integers(1, 4))):
        if rng.random() < 0.5:
            v = rng.uniform(0.3, 1, 9)
            v[-1] = v[0]
            with s.group("series"):
                if rng.random() < 0.5:
                    s.add(DATA, ax.fill(t, v, color=s.colour(k), alpha=0.3))
                s.add(DATA, ax.plot(t, v, color=s.colour(k)), "radar chart" if k == 0 else "")
        elif k == 0:
            for patch in ax.bar(t[:-1], rng.uniform(0.2, 1, 8), 0.7, color=[s.colour(j) for j in range(8)], alpha=0.8):
                s.add(DATA, [patch], "polar chart")


def decorated(s, ax, rng, kind):
    """Title, names, legend, notes, spans."""
    style = s.style
    if rng.random() < 0.45:
        ax.set_title(
            style.phrase(rng, 1, 4) if rng.random() < 0.6 else style.word(rng),
            loc=str(rng.choice(["center", "center", "left"])),
        )
    if rng.random() < 0.7:
        ax.set_xlabel(style.word(rng))
    if rng.random() < 0.7:
        ax.set_ylabel(style.word(rng))
    if kind not in (image, bars, boxes) and rng.random() < 0.1:
        ax.set_yscale("symlog")
    fix_ticks(ax, int(rng.integers(3, 7)), int(rng.integers(3, 7)))


def fill(s, box, rng, small):
    """One plot in a box (left, top, right, bottom)."""
    rect = (box[0], 1 - box[3], box[2] - box[0], box[3] - box[1])
    special = rng.random()
    if special < 0.06:
        with s.group("plot"):
            ax = s.fig.add_axes(rect)
            pie(s, ax, rng)
        return
    if special < 0.1:
        with s.group("plot"):
            ax = s.fig.add_axes(shrink_rect(rect), projection="polar")
            polar(s, ax, rng)
            fix_ticks(ax, 8, 3)
            s.axes(ax)
        return
    kind = KINDS[rng.integers(len(KINDS))]
    left, below, right, above = min(0.14, rect[2] * 0.3), min(0.13, rect[3] * 0.28), 0.03, min(0.08, rect[3] * 0.17)
    bar = kind is image and rng.random() < 0.6
    ax = s.fig.add_axes(
        (
            rect[0] + left,
            rect[1] + below,
            rect[2] - left - right - (min(0.13, rect[2] * 0.3) if bar else 0),
            rect[3] - below - above,
        )
    )
    s.mappable, s.under = None, []
    with s.group("plot"):
        start = len(s._parts)
        named = kind(s, ax, rng)
        if rng.random() < 0.15 and kind in (lines, scatter, errors, steps):
            c = str(rng.choice(["0.4", "r", "k"])) if s.background[0] > 90 else "w"
            s.add(
                MARK,
                [
                    (ax.axhline if rng.random() < 0.5 else ax.axvline)(
                        float(np.mean(ax.get_ylim())) if rng.random() < 2 else 0,
                        color=c,
                        ls=str(rng.choice(["--", ":", "-"])),
                        lw=0.9,
                    )
                ],
                "line",
            )
        decorated(s, ax, rng, kind)
        if rng.random() < 0.25 and kind in (lines, scatter, steps, errors, histogram):
            (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
            at = lambda: (x0 + (x1 - x0) * rng.uniform(0.2, 0.8), y0 + (y1 - y0) * rng.uniform(0.2, 0.8))
            look = [
                dict(arrowstyle="->"),
                dict(arrowstyle="-|>", fc=s.foreground),
                dict(arrowstyle="fancy", fc="0.6", ec="none"),
                dict(arrowstyle="-", ls="--"),
                dict(arrowstyle="->", connectionstyle="arc3,rad=.3"),
            ][rng.integers(5)]
            box_ = (
                dict(
                    boxstyle=str(rng.choice(["round", "square", "round4"])),
                    fc=s.colour(3),
                    ec=s.foreground,
                    alpha=float(rng.choice([1, 0.6])),
                )
                if rng.random() < 0.4
                else None
            )
            s.note(
                ax.annotate(
                    s.style.word(rng),
                    at(),
                    at(),
                    ha="center",
                    arrowprops={"color": s.foreground, **look} if "fc" not in look else look,
                    bbox=box_,
                )
            )
        made = s._parts[start:]
        del s._parts[start:]
        s.axes(ax, "heat map" if s.under else "axes", under=s.under)
        s._parts += made
        if named and rng.random() < 0.75:
            s.legend(
                ax.legend(
                    loc=(
                        str(rng.choice(["best", "upper right", "upper left", "lower right", "center right"]))
                        if rng.random() < 0.8
                        else "lower center"
                    ),
                    ncols=int(rng.choice([1, 1, 1, 2])),
                    frameon=bool(rng.random() < 0.6),
                    fancybox=bool(rng.random() < 0.5),
                    shadow=bool(rng.random() < 0.08),
                    framealpha=float(rng.choice([1, 0.8])),
                    title=s.style.word(rng) if rng.random() < 0.12 else None,
                )
            )
        if bar and s.mappable is not None:
            cax = s.fig.add_axes(
                (rect[0] + rect[2] - right - min(0.1, rect[2] * 0.24), rect[1] + below, 0.03, rect[3] - below - above)
            )
            colours = s.fig.colorbar(s.mappable, cax=cax)
            fix_ticks(cax, 5, 5)
            with s.group("colour bar"):
                solids = [colours.solids] if colours.solids is not None else []
                s.axes(cax, "colour bar", under=[*solids, colours.outline])


def shrink_rect(r):
    return r[0] + r[2] * 0.15, r[1] + r[3] * 0.15, r[2] * 0.7, r[3] * 0.7


def make(rng, style):
    with sheet_context(rng, style):
        s = Sheet(rng, style, bool(rng.random() < 0.5))
        rows, columns = ((1, 1), (1, 1), (1, 1), (1, 2), (2, 1), (2, 2), (1, 3))[rng.integers(7)]
        boxes = cells(rows, columns, (0.015, 0.015, 0.985, 0.985), 0.03) if rows * columns > 1 else [ALL]
        pictured = int(rng.integers(len(boxes))) if len(boxes) > 1 and rng.random() < 0.25 else -1
        parts = []
        for k, box in enumerate(boxes):
            if k == pictured:
                painter, what = (el.micrograph_painter if rng.random() < 0.7 else el.photo_painter)(rng, style)
                inner = shrink(box, 0.06, 0.08, 0.04, 0.06)
                picture = el.picture(PANEL, inner, painter, what)
                parts += el.grouped("panel", [picture])
                continue
            fill(s, box, rng, len(boxes) > 1)
            if len(boxes) > 1 and rng.random() < 0.8:
                s.text(
                    s.fig.text(
                        box[0] + 0.005,
                        1 - box[1] - 0.01,
                        "abcdefg"[k] if rng.random() < 0.7 else "ABCDEFG"[k],
                        va="top",
                        fontsize=11,
                        color=s.foreground,
                    ),
                    "panel letter",
                )
        rgb = tuple(v / 255 for v in s.background)
        background = el.picture(
            Role.BACKGROUND,
            ALL,
            lambda w, h: np.broadcast_to(np.array(rgb, np.float32), (h, w, 3)),
            f"plain {el.colour_name(s.background)} background",
        )
        if len(boxes) == 1 and rng.random() < 0.1:
            painter, what = el.photo_painter(rng, style) if rng.random() < 0.5 else el.micrograph_painter(rng, style)
            background = el.picture(Role.BACKGROUND, ALL, painter, what)
        parts = [background, *parts, *s.elements()]
    return ("A plot" if len(boxes) == 1 else f"A figure of {len(boxes)} panels"), parts


TEMPLATES = (Template("plot", "matplotlib", 6, make),)
