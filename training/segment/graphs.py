"""Graphs of pictures, by the plugin's own segmentation (org.layerj.segment.GraphStream), with their targets."""
from __future__ import annotations

import pickle
import struct
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import numpy as np

from .targets import Target, shares

TARGET = Path(__file__).resolve().parents[2] / "target"
NODE, PATCH, EDGE = 54, 3 * 12 * 12 * 4, 24


@dataclass
class Graph:
    """Nodes: segments first, then two levels of larger regions. `same` and `beneath` are per edge, 255 where nothing is known: whether both ends show
    the same element, and how far the element that `to` shows extends beneath or over `from` (255 levels less one)."""
    segments: int
    nodes: np.ndarray     # (n, NODE) f16
    patches: np.ndarray   # (n, PATCH) i8
    ends: np.ndarray      # (2, e) i16
    edges: np.ndarray     # (e, EDGE) f16
    area: np.ndarray      # (n,) f32
    parents: np.ndarray   # (n,) i32
    labels: np.ndarray | None = None        # (h, w) i32, and the two in full precision, only outside of files
    exact_nodes: np.ndarray | None = None
    exact_edges: np.ndarray | None = None
    visible: np.ndarray | None = None  # (n, 10) f16
    alpha: np.ndarray | None = None    # (n, 10) f16
    same: np.ndarray | None = None     # (e,) u8
    beneath: np.ndarray | None = None  # (e,) u8

    def packed(self) -> bytes:
        fields = {k: v for k, v in self.__dict__.items() if k not in ("labels", "exact_nodes", "exact_edges")}
        return zlib.compress(pickle.dumps(fields, 5), 1)

    @staticmethod
    def unpacked(data: bytes) -> "Graph":
        return Graph(**pickle.loads(zlib.decompress(data)))


class GraphMaker:
    """A running Java program that makes graphs. It must have been compiled, in the folder above training/:
    mvn -q compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt"""

    def __init__(self) -> None:
        path = f"{TARGET / 'classes'}:{(TARGET / 'classpath.txt').read_text()}"
        command = ["java", "-Xmx512m", "-XX:+UseSerialGC", "-cp", path, "org.layerj.segment.GraphStream"]
        self.java = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def _read(self, kind: str, *shape: int) -> np.ndarray:
        dtype = np.dtype(kind)
        size = int(np.prod(shape)) * dtype.itemsize
        data = self.java.stdout.read(size)
        if len(data) < size:
            raise RuntimeError("GraphStream ended early; see its error output")
        return np.frombuffer(data, dtype).reshape(shape)

    def graph(self, picture: np.ndarray) -> Graph:
        """Of a picture (h,w,4) u8."""
        h, w = picture.shape[:2]
        self.java.stdin.write(struct.pack(">ii", w, h) + np.ascontiguousarray(picture).tobytes())
        self.java.stdin.flush()
        segments, n, e = (int(v) for v in self._read(">i4", 3))
        self._read(">i4", 3)
        labels = self._read(">i4", h, w).astype(np.int32)
        parents, area = self._read(">i4", n).astype(np.int32), self._read(">f4", n).astype(np.float32)
        nodes, patches = self._read(">f4", n, NODE).astype(np.float32), self._read("i1", n, PATCH)
        ends, edges = self._read(">i4", 2, e).astype(np.int16), self._read(">f4", e, EDGE).astype(np.float32)
        return Graph(segments, nodes.astype(np.float16), patches, ends, edges.astype(np.float16), area, parents, labels, nodes, edges)

    def with_targets(self, target: Target) -> Graph:
        g = self.graph(target.picture)
        visible, alpha, shown, whole = shares(target, g.labels, g.segments)
        n = len(g.area)
        all_visible, all_alpha = np.zeros((n, visible.shape[1]), np.float32), np.zeros((n, visible.shape[1]), np.float32)
        all_visible[:g.segments], all_alpha[:g.segments] = visible, alpha
        for node in range(n):   # parts come before their wholes
            whole_node = g.parents[node]
            if whole_node >= 0:
                share = g.area[node] / g.area[whole_node]
                all_visible[whole_node] += all_visible[node] * share
                all_alpha[whole_node] += all_alpha[node] * share
        g.visible, g.alpha = all_visible.astype(np.float16), all_alpha.astype(np.float16)
        g.same, g.beneath = _pairs(g, shown, whole)
        g.labels, g.exact_nodes, g.exact_edges = None, None, None
        return g


def _pairs(g: Graph, shown: np.ndarray, whole: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    i, j = g.ends.astype(np.int64)
    same, beneath = np.full(len(i), 255, np.uint8), np.full(len(i), 255, np.uint8)
    main = shown.argmax(0)
    clear = shown.max(0) >= .5
    fine = (i < g.segments) & (j < g.segments)
    k = np.flatnonzero(fine)
    k = k[clear[i[k]] & clear[j[k]]]
    same[k] = main[i[k]] == main[j[k]]
    other = k[same[k] == 0]
    beneath[other] = np.rint(254 * np.clip(whole[main[j[other]], i[other]], 0, 1)).astype(np.uint8)
    return same, beneath


def write(path: Path, graphs: Iterator[Graph]) -> int:
    """Into a file of length-prefixed records, renamed when complete; how many."""
    count, part = 0, path.with_suffix(".part")
    with open(part, "wb") as out:
        for g in graphs:
            data = g.packed()
            out.write(len(data).to_bytes(4, "little"))
            out.write(data)
            count += 1
    part.rename(path)
    return count


def index(path: Path) -> list[tuple[Path, int, int]]:
    """Where the records of a file lie."""
    found, at, size = [], 0, path.stat().st_size
    with open(path, "rb") as file:
        while at < size:
            length = int.from_bytes(file.read(4), "little")
            found.append((path, at + 4, length))
            at += 4 + length
            file.seek(at)
    return found


def load(entry: tuple[Path, int, int]) -> Graph:
    with open(entry[0], "rb") as file:
        file.seek(entry[1])
        return Graph.unpacked(file.read(entry[2]))
