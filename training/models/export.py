"""Writes a checkpoint as one ONNX file, fp32 and in whole numbers, with its labels and pieces, and compares both."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import onnx
import torch
from network import Embedding, Heads, Stack, embedding, layers
from onnx import TensorProto, helper
from torch import Tensor, nn
from weights import read_encoder
from whole_numbers import in_whole_numbers

__all__ = ["Whole"]


class Whole(nn.Module):
    """All outputs from pieces and starts of words."""

    def __init__(self, words: Embedding, lower: Stack, own: Stack, upper: Stack, heads: Heads) -> None:
        super().__init__()
        self.words, self.lower, self.own, self.upper, self.heads = words, lower, own, upper, heads

    def forward(self, pieces: Tensor, starts: Tensor) -> tuple[Tensor, ...]:
        real = (pieces != 1).to(torch.float32)
        mask = (1 - real)[:, None, None, :] * -10_000.0
        shared = self.lower(self.words(pieces), mask)
        told = self.upper(shared, mask)
        untouched = self.own(shared, mask)
        words = self.heads.words(told, starts)
        arcs, rels = self.heads.trees(words, starts)
        meant = (untouched * real[:, :, None]).sum(1)
        meaning = meant / meant.norm(dim=-1, keepdim=True).clamp(min=1e-6)
        return (
            self.heads.names["german"](words),
            self.heads.upos(words),
            self.heads.feats(words),
            arcs,
            rels,
            meaning,
        )


def either(path: Path) -> None:
    """Rewrites a graph so that one call runs one of both stacks: the input `want_meaning` chooses (an ONNX `If`).

    The outputs of the other stack's heads are then of no use; they cost next to nothing.
    """
    model = onnx.load(str(path))
    graph = model.graph
    maker = {name: node for node in graph.node for name in node.output}

    def before(names: list[str], stop: set[str]) -> set[str]:
        seen, todo = set(), [name for name in names if name not in stop]
        while todo:
            name = todo.pop()
            if name in maker and name not in seen:
                seen.update(maker[name].output)
                todo += [it for it in maker[name].input if it not in seen and it not in stop]
        return seen

    told, untouched = (_last(graph, scope) for scope in ("/upper/", "/own/"))
    a, b = before([told], set()), before([untouched], set())
    elsewhere = before([output.name for output in graph.output], {told, untouched})
    hidden = helper.make_tensor_value_info
    branches = []
    for name, own in ((untouched, b - a - elsewhere), (told, a - b - elsewhere)):
        nodes = [node for node in graph.node if node.output[0] in own]
        branches.append(
            helper.make_graph(
                nodes, name.strip("/").split("/")[0], [], [hidden(name, TensorProto.FLOAT, ["B", "T", None])]
            )
        )
    inside = {node.output[0] for branch in branches for node in branch.node}
    kept = [node for node in graph.node if node.output[0] not in inside]
    choice = helper.make_node(
        "If", ["want_meaning"], ["states"], "choose", then_branch=branches[0], else_branch=branches[1]
    )
    for node in kept:
        for place, name in enumerate(node.input):
            if name in (told, untouched):
                node.input[place] = "states"
    ready = {name for node in kept for name in node.output if name in before([told, untouched], set())}
    first = [node for node in kept if node.output[0] in ready]
    rest = [node for node in kept if node.output[0] not in ready]
    del graph.node[:]
    graph.node.extend([*first, choice, *rest])
    graph.input.append(hidden("want_meaning", TensorProto.BOOL, [1]))
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _last(graph: onnx.GraphProto, scope: str) -> str:
    """What the last node of a scope gives."""
    return str(next(node.output[0] for node in reversed(graph.node) if scope in node.name))


def main() -> None:
    """`news.fp32.onnx`, `news.onnx`, `labels.json`, `pieces.json` in the folder `--out`."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--encoder", required=True)
    read.add_argument("--checkpoint", required=True)
    read.add_argument("--out", required=True)
    read.add_argument("--version", default="0")
    options = read.parse_args()
    torch.set_num_threads(1)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    saved = torch.load(options.checkpoint, weights_only=True)
    known = saved["labels"]
    encoder = read_encoder(Path(options.encoder))
    stack = layers(encoder, 0.0)
    cut = encoder.depth - saved["tuned"]
    heads = Heads(
        encoder.width, {scheme: len(tags) for scheme, tags in known["names"].items()}, len(known["upos"]),
        sum(map(len, known["feats"].values())), len(known["rels"]), 0.0,
    )  # fmt: skip
    upper = Stack(stack[cut:]).again()
    upper.load_state_dict(
        {k.removeprefix("upper."): v for k, v in saved["model"].items() if k.startswith("upper.")}
    )
    state = {k.removeprefix("heads."): v for k, v in saved["model"].items() if k.startswith("heads.")}
    heads.load_state_dict(state)
    whole = Whole(
        embedding(encoder, saved["pieces"]), Stack(stack[:cut]), Stack(stack[cut:]), upper, heads
    ).eval()
    pieces = torch.tensor([[0, 5, 6, 7, 8, 2], [0, 5, 6, 2, 1, 1]])
    starts = torch.tensor([[1, 2, 4], [1, 0, 0]])
    named = ["names", "upos", "feats", "arcs", "rels", "meaning"]
    axes = {"pieces": {0: "B", 1: "T"}, "starts": {0: "B", 1: "W"}, **{name: {0: "B"} for name in named}}
    torch.onnx.export(
        whole, (pieces, starts), str(out / "news.fp32.onnx"), input_names=["pieces", "starts"], output_names=named,
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    either(out / "news.fp32.onnx")
    in_whole_numbers(out / "news.fp32.onnx", out / "news.onnx")
    if Path(options.checkpoint).parent.resolve() != out.resolve():
        shutil.copy(Path(options.checkpoint).with_name("pieces.json"), out / "pieces.json")
    (out / "labels.json").write_text(
        json.dumps(
            {"version": options.version, "names": known["names"]["german"], "upos": known["upos"], "feats": known["feats"], "rels": known["rels"]},
            ensure_ascii=False, indent=1,
        )
        + "\n",
        encoding="utf-8",
    )  # fmt: skip


if __name__ == "__main__":
    main()
