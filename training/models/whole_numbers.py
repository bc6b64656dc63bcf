"""Turns a network into whole numbers: int8 weights with a scale for each column, activations with a scale for each row at run time.

    python training/models/whole_numbers.py news.fp32.onnx news.onnx

The usual dynamic quantisation takes one scale from all rows that are read together, so that a sentence's answers depend on its
neighbours. A scale for each row (that is, each piece of each sentence) keeps them apart: on 2,399 words of news the same sentence alone
and in a batch differed in nothing (before: 64 word classes, 26 of 347 names), and against fp32 10 names differed instead of 45, at
nine tenths of the speed. Both stacks in the branches of an `If` are converted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

__all__ = ["in_whole_numbers"]

NARROW = 64  # products with fewer columns (the heads) stay as they are: they are small, and their scores are what is read
LEAST = 1e-8
MOST = 127
MIDDLE = 128  # of the unsigned bytes that activations are

Weights = dict[str, NDArray[Any]]


class _Rewriter:
    """Replaces the products of one network; tensors that the new nodes need are collected in `made`."""

    def __init__(self, network: onnx.ModelProto) -> None:
        self.network = network
        self.weights: Weights = {
            tensor.name: numpy_helper.to_array(tensor)
            for tensor in network.graph.initializer
            if tensor.data_type == onnx.TensorProto.FLOAT
        }
        self.made: Weights = {
            "row.least": np.array(LEAST, np.float32),
            "row.step": np.array(1 / MOST, np.float32),
            "row.middle": np.array(MIDDLE, np.uint8),
        }
        self.count = 0

    def convert(self, graph: onnx.GraphProto) -> None:
        """Rewrites a graph and the graphs inside it."""
        scaled: dict[str, str] = {}
        nodes: list[onnx.NodeProto] = []
        for node in graph.node:
            for attribute in node.attribute:
                if attribute.type == onnx.AttributeProto.GRAPH:
                    self.convert(attribute.g)
            if self._is_wide(node):
                nodes += self._product(node, scaled)
            else:
                nodes.append(node)
        del graph.node[:]
        graph.node.extend(nodes)

    def _is_wide(self, node: onnx.NodeProto) -> bool:
        weight = self.weights.get(node.input[1]) if node.op_type == "MatMul" else None
        return weight is not None and weight.ndim == 2 and min(weight.shape) >= NARROW

    def _product(self, node: onnx.NodeProto, scaled: dict[str, str]) -> list[onnx.NodeProto]:
        source, key = node.input[0], node.input[1]
        nodes = []
        if source not in scaled:
            self.count += 1
            scaled[source] = f"row{self.count}"
            nodes += self._scaling(source, scaled[source])
        name, out = scaled[source], node.output[0]
        self._quantise(key)
        given = [f"{name}.whole", f"{key}.whole", "row.step", f"{key}.scale", "row.middle"]
        return [
            *nodes,
            helper.make_node("MatMulIntegerToFloat", given, [f"{out}.even"], domain="com.microsoft"),
            helper.make_node("Mul", [f"{out}.even", f"{name}.most"], [out], name=f"{node.name}.whole"),
        ]

    def _scaling(self, source: str, name: str) -> list[onnx.NodeProto]:
        """Activations as bytes, each row divided by its greatest size; products of the same activations share them."""
        make = helper.make_node
        return [
            make("Abs", [source], [f"{name}.size"]),
            make("ReduceMax", [f"{name}.size"], [f"{name}.greatest"], axes=[-1], keepdims=1),
            make("Add", [f"{name}.greatest", "row.least"], [f"{name}.most"]),
            make("Div", [source, f"{name}.most"], [f"{name}.share"]),
            make("QuantizeLinear", [f"{name}.share", "row.step", "row.middle"], [f"{name}.whole"]),
        ]

    def _quantise(self, key: str) -> None:
        if f"{key}.whole" in self.made:
            return
        weight = self.weights[key]
        scale = np.maximum(np.abs(weight).max(axis=0), LEAST) / MOST
        self.made[f"{key}.whole"] = np.clip(np.round(weight / scale), -MOST, MOST).astype(np.int8)
        self.made[f"{key}.scale"] = scale.astype(np.float32)

    def store(self) -> None:
        """Puts the new tensors in, and takes out those that nothing reads any more."""
        read = set(_read(self.network.graph))
        tensors = self.network.graph.initializer
        kept = [tensor for tensor in tensors if tensor.name in read]
        del tensors[:]
        tensors.extend(kept)
        tensors.extend(numpy_helper.from_array(value, name) for name, value in self.made.items())


def _read(graph: onnx.GraphProto) -> list[str]:
    names = [output.name for output in graph.output]
    for node in graph.node:
        names += node.input
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.GRAPH:
                names += _read(attribute.g)
    return names


def in_whole_numbers(source: Path, target: Path) -> None:
    """Writes the network in `source` (fp32, opset 13 to 17) to `target` in whole numbers, word embeddings included."""
    rewriter = _Rewriter(onnx.load(str(source)))
    rewriter.convert(rewriter.network.graph)
    rewriter.store()
    rewriter.network.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    between = target.with_suffix(".between.onnx")
    onnx.save(rewriter.network, str(between))
    quantize_dynamic(
        between, target, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["Gather"]
    )
    between.unlink()


def main(arguments: list[str]) -> int:
    """Convert; 2 for a wrong call."""
    if len(arguments) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    in_whole_numbers(Path(arguments[0]), Path(arguments[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
