"""The foreign split of the evaluation set: figures drawn by gnuplot, Graphviz, R and TikZ, never trained on.

    apt-get install graphviz gnuplot-nox r-base-core texlive-latex-base texlive-pictures poppler-utils
    python foreign_figures.py --out ../src/test/resources/org/layerj/evaluation

Every group of elements (background, panel, data, shape, mark) is rendered by the foreign program in a run of its own, on a
transparent page and in the same fixed layout; what belongs to other groups is left out or drawn transparent. The input is
the exact composite of these layers, not a further rendering, so that the layers are the truth to the last bit.
"""
from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from make_evaluation_set import write

CLEAR = "#00000000"


def run(command: list[str], text: str) -> bytes:
    done = subprocess.run(command, input=text.encode(), capture_output=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode()}")
    return done.stdout


def page(size: tuple[int, int], colour: tuple[int, int, int]) -> np.ndarray:
    return np.broadcast_to(np.array([*colour, 255], np.uint8), (size[1], size[0], 4)).copy()


def rgba(file: Path, size: tuple[int, int]) -> np.ndarray:
    """The file as straight RGBA; a page that is a pixel off is cropped or padded at the right and at the bottom."""
    image = Image.open(file).convert("RGBA")
    return np.asarray(image.crop((0, 0, *size)) if image.size != size else image)


# ---- gnuplot --------------------------------------------------------------------------------------------------------

GNUPLOT_SIZE = (384, 288)
# The frame is always laid out in the same place; a group that does not show axes unsets them.
GNUPLOT_PAGE = """set terminal pngcairo transparent truecolor size {w},{h} font "{font},11"
set output "{file}"
set lmargin at screen .15
set rmargin at screen .95
set bmargin at screen .16
set tmargin at screen .88
set samples 160
unset key
"""
BARE = "unset tics\nunset border\nunset grid\nset xlabel ' '\nset ylabel ' '\n"

# name: (page colour, font, common settings, [(roles, commands for that layer)])
GNUPLOT = {
    "lines": ((255, 255, 255), "DejaVu Sans", "set xrange [0:10]\nset yrange [-1.2:1.6]\n", [
        ("panel", "set grid lc rgb '#c8c8c8' lw 1 dt 1\nset border 3 lw 1.5\nset tics nomirror out\nset format '%g'\nset xlabel 'Time (s)'\n"
                  "set ylabel 'Response'\nplot 1/0 notitle"),
        ("data", BARE + "plot exp(-x/6)*sin(2*x) w l lw 3 lc rgb '#9400d3', .7*exp(-x/9)*cos(1.6*x) w l lw 3 lc rgb '#009e73'"),
        ("mark", BARE + "set title 'Damped modes'\nset key top right\nset arrow 1 from 5.2,.8 to 4.05,.6 lw 2 lc rgb '#202020' front\n"
                        "set label 1 'second peak' at 5.3,.85 front\nplot 1/0 w l lw 3 lc rgb '#9400d3' t 'mode 1', 1/0 w l lw 3 lc rgb '#009e73' t 'mode 2'"),
    ]),
    "bars": ((250, 248, 240), "DejaVu Serif", "set xrange [-.6:4.6]\nset yrange [0:10]\nset boxwidth .6\nset style fill solid 1 border lc rgb '#303030'\n"
             "$d << EOD\n0 4.2 .6\n1 7.1 .8\n2 5.5 .5\n3 8.3 .9\n4 2.9 .4\nEOD\n", [
        ("panel", "set object 1 rectangle from graph 0,0 to graph 1,1 fc rgb '#e9eef6' fs solid noborder behind\nset grid ytics lc rgb '#ffffff' lw 2 dt 1\n"
                  "set border 3\nset tics nomirror\nset format x ''\nset ylabel 'Count'\nplot 1/0"),
        ("data", BARE + "plot $d u 1:2 w boxes lc rgb '#56b4e9', $d u 1:2:3 w yerrorbars lw 2 pt 0 lc rgb '#202020'"),
        ("mark", BARE + "set title 'Colonies per plate'\nset label 1 'n = 5' at graph .04,.92 tc rgb '#b03030'\nset label 2 'A' at 0,-.6 center\n"
                        "set label 3 'B' at 1,-.6 center\nset label 4 'C' at 2,-.6 center\nset label 5 'D' at 3,-.6 center\nset label 6 'E' at 4,-.6 center\n"
                        "set label 7 '*' at 3,9.55 center font 'DejaVu Serif,18'\nplot 1/0"),
    ]),
    "heat": ((255, 255, 255), "DejaVu Sans", "set xrange [-3:3]\nset yrange [-3:3]\nset palette rgbformulae 33,13,10\nunset colorbox\nset isosamples 60\n", [
        ("panel", "set border lw 1.5\nset tics out nomirror\nset pm3d map interpolate 2,2\nset view map\nsplot sin(x*1.3)*cos(y)+.2*x w pm3d"),
        ("shape", BARE + "set object 1 circle at 1.2,0 size .8 fs empty border lc rgb '#ffffff' lw 3 front\n"
                         "set arrow 1 from -1.1,-2.1 to .5,-.5 lw 3 lc rgb '#ffffff' front\nplot 1/0"),
        ("mark", BARE + "set title 'Field strength'\nset label 1 'core' at -2,-2.35 tc rgb '#ffffff' font 'DejaVu Sans,13' front\nplot 1/0"),
    ]),
    "areas": ((28, 30, 38), "DejaVu Sans", "set xrange [0:12]\nset yrange [0:6]\n", [
        ("panel", "set grid lc rgb '#484c58' dt 1\nset border lc rgb '#d0d0d0'\nset tics nomirror tc rgb '#d0d0d0'\nplot 1/0"),
        ("data", BARE + "set style fill transparent solid .6 noborder\nplot 3+sin(x)+.1*x w filledcurves y1=0 lc rgb '#f0e442', "
                        "2+cos(x*.8)*1.2 w filledcurves y1=0 lc rgb '#d55e00'"),
        ("shape", BARE + "set object 1 rectangle from 6.6,.4 to 9.4,4.9 fs empty border lc rgb '#ffffff' lw 2 front\nplot 1/0"),
        ("mark", BARE + "set title 'Stacked signal' tc rgb '#f0f0f0'\nset label 1 'window' at 6.7,5.3 tc rgb '#ffffff' front\nplot 1/0"),
    ]),
}


def gnuplot(name: str, folder: Path) -> tuple[list[np.ndarray], list[str]]:
    colour, font, common, groups = GNUPLOT[name]
    layers, names = [page(GNUPLOT_SIZE, colour)], ["background"]
    for k, (role, commands) in enumerate(groups):
        file = folder / f"{name}-{k}.png"
        run(["gnuplot"], GNUPLOT_PAGE.format(w=GNUPLOT_SIZE[0], h=GNUPLOT_SIZE[1], font=font, file=file) + common + commands + "\n")
        layers.append(rgba(file, GNUPLOT_SIZE))
        names.append(role)
    return layers, names


# ---- Graphviz -------------------------------------------------------------------------------------------------------

# name: (page colour, engine, graph; element colours are named by role: NODE*, EDGE*, PLATE*, TEXT*)
GRAPHVIZ = {
    "pipeline": ((255, 255, 255), "dot", """digraph { rankdir=LR; size="4.6,3!"; ratio=fill; fontname="DejaVu Sans"
        node [shape=box style="filled,rounded" fillcolor="SHAPE#8ecae6" color="SHAPE#023047" fontcolor="MARK#111111" fontname="DejaVu Sans" penwidth=1.5]
        edge [color="SHAPE#444444" penwidth=1.6 fontcolor="MARK#aa0000" fontname="DejaVu Sans" fontsize=12]
        acquire -> denoise -> segment -> count; denoise -> register -> count [label="slow"];
        count [shape=ellipse fillcolor="SHAPE#ffb703"] }"""),
    "clusters": ((244, 244, 240), "dot", """digraph { size="4,3.6!"; ratio=fill; fontname="DejaVu Serif"
        node [style=filled fillcolor="SHAPE#ffffff" color="SHAPE#333333" fontcolor="MARK#222222" fontname="DejaVu Serif"]
        edge [color="SHAPE#333333" penwidth=1.4]
        subgraph cluster_a { label="nucleus" fontcolor="MARK#1b4332" style=filled color="PANEL#b7e4c7" DNA -> RNA }
        subgraph cluster_b { label="cytosol" fontcolor="MARK#5a189a" style=filled color="PANEL#e0c3fc" ribosome -> protein; protein -> folding }
        RNA -> ribosome }"""),
    "network": ((18, 24, 38), "neato", """graph { size="3.8,3.8!"; ratio=fill; overlap=false; start=7
        node [shape=circle style=filled fillcolor="SHAPE#ef476f" color="SHAPE#ffffff" fontcolor="MARK#ffffff" fontname="DejaVu Sans" penwidth=2]
        edge [color="PANEL#8d99ae" penwidth=2.2]
        a -- b -- c -- d -- a; b -- e -- f; c -- g; g -- h; e -- h; d -- i
        e [fillcolor="SHAPE#06d6a0"]; h [fillcolor="SHAPE#118ab2"] }"""),
    "tree": ((255, 252, 235), "dot", """digraph { size="4.2,3.2!"; ratio=fill
        node [shape=diamond style=filled fillcolor="SHAPE#ffd166" color="SHAPE#7f5539" fontcolor="MARK#3d2b1f" fontname="DejaVu Sans"]
        edge [color="SHAPE#7f5539" penwidth=1.5 fontcolor="MARK#386641" fontname="DejaVu Sans"]
        signal -> mean [label="yes"]; signal -> drop [label="no"]
        node [shape=note fillcolor="SHAPE#cdb4db"]; mean -> table; mean -> plot; drop -> log }"""),
}


def graphviz(name: str, folder: Path) -> tuple[list[np.ndarray], list[str]]:
    colour, engine, text = GRAPHVIZ[name]
    roles = [r for r in ("PANEL", "SHAPE", "MARK") if f'"{r}#' in text]
    layers, names = [], ["background"]
    for role in roles:
        # Same text but for colours, so the same layout. The page is transparent in all of them.
        part = re.sub(r'"(PANEL|SHAPE|MARK)(#\w+)"', lambda m: f'"{m[2] if m[1] == role else CLEAR}"', text)
        file = folder / f"{name}-{role}.png"
        file.write_bytes(run([engine, "-Tpng:cairo", f"-Gbgcolor={CLEAR}", "-Gdpi=80", "-Gpad=.15"], part))
        layers.append(np.asarray(Image.open(file).convert("RGBA")))
        names.append(role.lower())
    size = layers[0].shape[1], layers[0].shape[0]
    assert all((x.shape[1], x.shape[0]) == size for x in layers), name
    return [page(size, colour), *layers], names


# ---- R --------------------------------------------------------------------------------------------------------------

R_SIZE = (360, 288)
# name: (page colour, set-up, [(role, commands)]); every group starts from the same empty plot.
R = {
    "densities": ((255, 255, 255), "set.seed(4); a <- density(rnorm(90, 2)); b <- density(rnorm(90, 4, 1.3)); par(mar=c(4,4,2,1), cex=.85)\n"
                  "plot.new(); plot.window(c(-1, 8), c(0, .5))", [
        ("panel", "rect(par('usr')[1], par('usr')[3], par('usr')[2], par('usr')[4], col='#f2f2f2', border=NA); grid(col='white', lty=1, lwd=2); axis(1, labels=FALSE); axis(2, labels=FALSE)"),
        ("data", "polygon(a, col='#1b9e7799', border='#1b9e77', lwd=2)"),
        ("data", "polygon(b, col='#d95f0299', border='#d95f02', lwd=2)"),
        ("mark", "segments(mean(a$x), 0, mean(a$x), .45, lty=2, lwd=2); arrows(6.6, .33, 5, .25, lwd=2, length=.1)"),
        ("text", "axis(1, lwd=0); axis(2, lwd=0, las=1); title('Two groups', xlab='Distance', ylab='Density'); text(6.7, .36, 'shifted')"),
    ]),
    "boxes": ((255, 250, 240), "set.seed(9); v <- lapply(c(3, 4.5, 4, 6), function(m) rnorm(24, m, .8)); par(mar=c(4,4,2,1), cex=.85, family='serif')\n"
              "plot.new(); plot.window(c(.4, 4.6), c(0, 9))", [
        ("panel", "box(lwd=1.5); axis(2, labels=FALSE); abline(h=c(2, 4, 6, 8), col='grey80', lty=3)"),
        ("data", "boxplot(v, add=TRUE, axes=FALSE, col=c('#8dd3c7','#ffffb3','#bebada','#fb8072'), outline=FALSE, lwd=1.5)"),
        ("mark", "for (k in 1:4) points(jitter(rep(k, 24), 4 / k), v[[k]], pch=16, cex=.6, col='#00000088'); segments(1, 8.4, 4, 8.4, lwd=2)"),
        ("text", "axis(2, lwd=0, las=1); mtext(c('A','B','C','D'), 1, 1, at=1:4); title('Height by plot', ylab='cm'); text(2.5, 8.75, '***', cex=1.3)"),
    ]),
}


def r(name: str, folder: Path) -> tuple[list[np.ndarray], list[str]]:
    colour, setup, groups = R[name]
    layers, names = [page(R_SIZE, colour)], ["background"]
    for k, (role, commands) in enumerate(groups):
        file = folder / f"{name}-{k}.png"
        run(["Rscript", "--vanilla", "-"], f"png('{file}', {R_SIZE[0]}, {R_SIZE[1]}, bg='transparent', type='cairo')\n{setup}\n{commands}\ninvisible(dev.off())\n")
        layers.append(rgba(file, R_SIZE))
        names.append(role if role not in names else f"{role} 2")
    return layers, names


# ---- TikZ -----------------------------------------------------------------------------------------------------------

TIKZ_SIZE = (336, 252)
# A picture of 8 x 6 cm; every group's opacity is 0 in the runs of the others: \P panels, \S and \Z shapes, \M marks, \T text.
TIKZ_PAGE = r"""\documentclass[10pt]{article}\usepackage{tikz}\usetikzlibrary{shadows,arrows.meta,shapes.geometric}
%s
\begin{document}\pdfpagewidth=8cm \pdfpageheight=6cm \hoffset=-1in \voffset=-1in\shipout\vbox{\hbox{\begin{tikzpicture}[font=\sffamily]\useasboundingbox (0,0) rectangle (8,6);\clip (0,0) rectangle (8,6);
%s
\end{tikzpicture}}}\end{document}"""
TIKZ = {
    "sets": ((255, 255, 255), "SZMT", r"""
        \fill[teal,opacity=\S] (3,3.4) circle (1.8);
        \fill[orange,opacity=.6*\Z] (5,3.4) circle (1.8);
        \draw[line width=1.5pt,opacity=\M,-{Stealth[length=8pt]}] (6.9,.8) -- (4.6,2.6); \draw[line width=1pt,dashed,opacity=\M] (.6,.9) rectangle (7.6,5.5);
        \node[text opacity=\T] at (2.2,3.6) {\Large $A$}; \node[text opacity=\T] at (5.9,3.6) {\Large $B$}; \node[text opacity=\T] at (4,3.4) {$A\cap B$};
        \node[text opacity=\T] at (6.8,.45) {shared part}; \node[text opacity=\T] at (4,5.75) {\bfseries Two sets};"""),
    "loop": ((236, 240, 246), "PSMT", r"""
        \fill[black,opacity=.25*\P,rounded corners=6pt] (.45,.35) rectangle (7.75,4.95); \fill[white,opacity=\P,rounded corners=6pt] (.35,.45) rectangle (7.65,5.05);
        \node[draw=blue!60!black,fill=blue!25,rounded corners,line width=1pt,minimum width=1.7cm,minimum height=.9cm,opacity=\S,text opacity=\T] (a) at (1.7,3.8) {model};
        \node[draw=red!60!black,fill=red!25,diamond,aspect=1.6,line width=1pt,opacity=\S,text opacity=\T] (b) at (4.1,3.8) {fit?};
        \node[draw=green!40!black,fill=green!25,ellipse,line width=1pt,minimum width=1.6cm,opacity=\S,text opacity=\T] (c) at (6.4,3.8) {report};
        \node[draw=black,fill=yellow!40,trapezium,trapezium left angle=70,trapezium right angle=110,line width=1pt,opacity=\S,text opacity=\T] (d) at (4.1,1.5) {refine};
        \draw[line width=1.2pt,opacity=\M,-Latex] (a) -- (b); \draw[line width=1.2pt,opacity=\M,-Latex] (b) -- (c); \draw[line width=1.2pt,opacity=\M,-Latex] (b) -- (d);
        \draw[line width=1.2pt,opacity=\M,-Latex] (d) -| (a);
        \node[text opacity=\T] at (5.2,4.1) {\small yes}; \node[text opacity=\T] at (4.45,2.5) {\small no}; \node[text opacity=\T] at (4,5.5) {\bfseries\large Fitting loop};"""),
}
TIKZ_ROLES = {"P": "panel", "S": "shape", "Z": "shape 2", "M": "mark", "T": "text"}


def tikz(name: str, folder: Path) -> tuple[list[np.ndarray], list[str]]:
    colour, groups, drawing = TIKZ[name]
    layers, names = [page(TIKZ_SIZE, colour)], ["background"]
    for group in groups:
        opacities = "".join(f"\\def\\{g}{{{int(g == group)}}}" for g in TIKZ_ROLES)
        stem = folder / f"{name}-{group}"
        stem.with_suffix(".tex").write_text(TIKZ_PAGE % (opacities, drawing))
        run(["pdflatex", "-interaction=nonstopmode", f"-output-directory={folder}", f"{stem}.tex"], "")
        run(["pdftocairo", "-png", "-transp", "-singlefile", "-scale-to-x", str(TIKZ_SIZE[0]), "-scale-to-y", str(TIKZ_SIZE[1]), f"{stem}.pdf", str(stem)], "")
        layers.append(rgba(Path(f"{stem}.png"), TIKZ_SIZE))
        names.append(TIKZ_ROLES[group])
    return layers, names


CAPTIONS = {
    "lines": "A line plot of two damped modes with a legend and an arrow to the second peak.", "bars": "A bar chart of colonies per plate with error bars.",
    "heat": "A heat map of a field with a circle around its core and an arrow.", "areas": "Two translucent areas on a dark plot with a framed window.",
    "pipeline": "A flow chart from acquire to count with a slow branch.", "clusters": "A diagram of two coloured compartments, nucleus and cytosol, with boxes.",
    "network": "A dark network of nine round nodes joined by lines.", "tree": "A decision tree with diamonds and notes.",
    "densities": "Two translucent density curves with a dashed mean and an arrow.", "boxes": "A box plot of four groups with points and a significance bar.",
    "sets": "A Venn diagram of two translucent discs in a dashed frame.", "loop": "A flow chart of a fitting loop on a white card with a shadow.",
}


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--out", type=Path, required=True)
    a = args.parse_args()
    total = 0
    with tempfile.TemporaryDirectory() as scratch:
        for program, draw, figures in (("gnuplot", gnuplot, GNUPLOT), ("graphviz", graphviz, GRAPHVIZ), ("r", r, R), ("tikz", tikz, TIKZ)):
            for name in figures:
                layers, names = draw(name, Path(scratch))
                shown = [x[..., 3].any() for x in layers]
                assert all(shown), f"{program} {name}: a layer is empty {shown}"
                facts = {"family": program, "split": "foreign", "caption": CAPTIONS[name], "layers": names}
                total += write(a.out / f"foreign-{program}-{name}", np.stack(layers), facts)
    print(f"{len(CAPTIONS)} figures, {total / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
