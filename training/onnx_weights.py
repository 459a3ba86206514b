"""Weights of an ONNX graph by names of our own: what the converters of small pretrained networks have in common.

`layers` walks the graph in its order and yields every layer that has weights: convolutions and matrix products with their biases (a
batch normalisation behind one is folded into it) and layer normalisations. A converter lists its network's names in the same order.
"""
import hashlib
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file


def read(path, sha256):
    """The model in a file, after checking that it is the one that was converted before."""
    found = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    if found != sha256:
        raise SystemExit(f"{path} has SHA-256 {found}, not {sha256}: it is another file than the one the program was written for.")
    return onnx.load(path)


class Layer:
    """One layer with weights: the nodes it came from, its kernel and, unless it has none, its bias."""

    def __init__(self, nodes, weight, bias):
        self.nodes, self.weight, self.bias = nodes, weight, bias


def layers(model):
    """All layers in the graph's order; kernels as PyTorch has them, that is (out, in / groups, h, w) and (out, in)."""
    graph = model.graph
    constants = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    readers = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)

    def behind(node):
        """The only node that reads a node's output, if there is just one; identities are passed through."""
        read = readers.get(node.output[0], [])
        if len(read) != 1:
            return None
        return behind(read[0]) if read[0].op_type == "Identity" else read[0]

    found = []
    for node in graph.node:
        weight = next((constants[n] for n in node.input[1:2] if n in constants), None)
        if weight is None:
            continue
        following = behind(node)
        bias, nodes = None, [node]
        if node.op_type in ("Conv", "ConvTranspose"):
            if len(node.input) > 2:
                bias = constants[node.input[2]]
            elif following is not None and following.op_type == "Add" and following.input[1] in constants:
                bias, nodes = constants[following.input[1]].reshape(-1), [node, following]
            elif following is not None and following.op_type == "BatchNormalization":
                scale, shift, mean, variance = (constants[n].astype(np.float64) for n in following.input[1:])
                scale = scale / np.sqrt(variance + onnx.helper.get_node_attr_value(following, "epsilon"))
                weight, bias, nodes = weight * scale.reshape(-1, 1, 1, 1), shift - mean * scale, [node, following]
            found.append(Layer(nodes, weight, bias))
        elif node.op_type == "MatMul":
            found.append(Layer([node, following], weight.T, constants[following.input[1]]))
        elif node.op_type == "Mul" and weight.ndim == 1 and weight.size > 1:      # the last two steps of a layer normalisation
            found.append(Layer([node, following], weight, constants[following.input[1]]))
    return found


def half(values):
    """Rounded to f16, which every weight must survive."""
    out = values.astype(np.float16)
    assert np.isfinite(out).all()
    return out


def named(found, names):
    """{name.weight, name.bias: f16} of layers and their names, given in the same order."""
    assert len(found) == len(names), f"the graph has {len(found)} layers with weights, not {len(names)}"
    out = {}
    for layer, name in zip(found, names):
        out[name + ".weight"] = half(layer.weight)
        # A bias for all, so that programs need not ask.
        channels = layer.weight.shape[1] if layer.nodes[0].op_type == "ConvTranspose" else layer.weight.shape[0]
        out[name + ".bias"] = half(np.zeros(channels) if layer.bias is None else layer.bias)
    return out


def rounded(model, found):
    """The same ONNX model computing with the rounded weights: what fixtures are made with. Batch normalisations are left with nothing but a shift."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    initializers = {i.name: i for i in copy.graph.initializer}

    def put(name, values):
        old = initializers[name]
        old.CopyFrom(numpy_helper.from_array(half(values).astype(np.float32).reshape(tuple(old.dims)), name))

    for layer in found:
        first, last = layer.nodes[0], layer.nodes[-1]
        put(first.input[1], layer.weight.T if first.op_type == "MatMul" else layer.weight)
        if last.op_type == "BatchNormalization":
            epsilon = onnx.helper.get_node_attr_value(last, "epsilon")
            for name, values in zip(last.input[1:], (np.ones_like(layer.bias), layer.bias, np.zeros_like(layer.bias), None)):
                if values is not None:
                    put(name, values)
            variance = initializers[last.input[4]]
            variance.CopyFrom(numpy_helper.from_array(np.full(layer.bias.size, 1 - epsilon, np.float32), last.input[4]))
        elif layer.bias is not None:
            put(first.input[2] if last is first else last.input[1], layer.bias)
    return copy


def save(path, tensors, about):
    """Writes safetensors with where they are from in the header."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    save_file({k: np.ascontiguousarray(v) for k, v in tensors.items()}, path, metadata=about)
    print(f"{path}: {len(tensors)} tensors, {Path(path).stat().st_size / 1e6:.2f} MB")
