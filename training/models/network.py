"""The network: one encoder whose lower layers stay as they were; upper layers twice, untouched (meaning) and re-trained (all heads).

Heads on the first piece of each word: names (BIO tags), parts of speech, one head a feature, dependencies by two bilinear forms
(Dozat & Manning 2017), all linear otherwise. Corpora with other rules for names have heads of their own that are not shipped.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional
from weights import Encoder

__all__ = ["Heads", "Layer", "Stack", "embedding", "layers"]

ARC, REL = 192, 96


class Layer(nn.Module):
    """A transformer layer with the norm after each part, as in BERT."""

    def __init__(self, width: int, heads: int, inner: int, eps: float, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.first_norm, self.second_norm = nn.LayerNorm(width, eps), nn.LayerNorm(width, eps)
        self.rise, self.fall = nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """States [B,T,H]; mask [B,1,1,T], 0 where a piece counts and a large negative number where it is filling."""
        rows, length, width = states.shape

        def split(part: Tensor) -> Tensor:
            return part.view(rows, length, self.heads, width // self.heads).transpose(1, 2)

        query, key, value = split(self.query(states)), split(self.key(states)), split(self.value(states))
        weight = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(width // self.heads) + mask, -1)
        seen = (weight @ value).transpose(1, 2).reshape(rows, length, width)
        states = self.first_norm(states + self.dropout(self.out(seen)))
        return self.second_norm(states + self.dropout(self.fall(functional.gelu(self.rise(states)))))


class Stack(nn.Module):
    """Some layers, one after the other."""

    def __init__(self, parts: Sequence[Layer]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(parts)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        for layer in self.layers:
            states = layer(states, mask)
        return states

    def again(self) -> Stack:
        """A copy to train."""
        return copy.deepcopy(self)


class Embedding(nn.Module):
    """Pieces and their places as vectors."""

    def __init__(self, words: Tensor, places: Tensor, kind: Tensor, norm: nn.LayerNorm) -> None:
        super().__init__()
        self.words = nn.Embedding.from_pretrained(words, freeze=True)
        self.places = nn.Parameter(places + kind, requires_grad=False)
        self.norm = norm

    def forward(self, pieces: Tensor) -> Tensor:
        return self.norm(self.words(pieces) + self.places[: pieces.shape[1]])


def embedding(encoder: Encoder, kept: Sequence[int]) -> Embedding:
    """The word embeddings of the kept pieces, in their order."""
    tensors = {name: torch.from_numpy(value) for name, value in encoder.tensors.items()}
    norm = nn.LayerNorm(encoder.width, encoder.eps)
    norm.load_state_dict({"weight": tensors["emb.ln.w"], "bias": tensors["emb.ln.b"]})
    words = tensors["emb.word"].view(-1, encoder.width)[torch.tensor(list(kept))].clone()
    return Embedding(
        words, tensors["emb.pos"].view(-1, encoder.width), tensors["emb.type"][: encoder.width], norm
    )


def layers(encoder: Encoder, dropout: float) -> list[Layer]:
    """All layers with the weights of the file."""
    found = []
    for place in range(encoder.depth):
        layer = Layer(encoder.width, encoder.heads, encoder.inner, encoder.eps, dropout)
        names = {"query": "q", "key": "k", "value": "v", "out": "ao", "rise": "fi", "fall": "fo"}
        names |= {"first_norm": "aln", "second_norm": "oln"}
        state = {}
        for name, short in names.items():
            weight = torch.from_numpy(encoder.tensors[f"l{place}.{short}.w"])
            part = getattr(layer, name)
            state[f"{name}.weight"] = weight.view(part.weight.shape)
            state[f"{name}.bias"] = torch.from_numpy(encoder.tensors[f"l{place}.{short}.b"])
        layer.load_state_dict(state)
        found.append(layer)
    return found


class Heads(nn.Module):
    """What is read from the re-trained layers, a word each."""

    def __init__(
        self, width: int, names: Mapping[str, int], upos: int, feats: int, rels: int, dropout: float
    ) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.names = nn.ModuleDict({scheme: nn.Linear(width, count) for scheme, count in names.items()})
        self.upos, self.feats = nn.Linear(width, upos), nn.Linear(width, feats)
        self.arc_of, self.arc_to = nn.Linear(width, ARC), nn.Linear(width, ARC)
        self.rel_of, self.rel_to = nn.Linear(width, REL), nn.Linear(width, REL)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.rel = nn.Parameter(torch.zeros(rels, REL + 1, REL + 1))
        nn.init.normal_(self.arc, std=0.02)
        nn.init.normal_(self.rel, std=0.02)

    def words(self, states: Tensor, starts: Tensor) -> Tensor:
        """The states at the first piece of each word [B,W,H]."""
        index = starts.unsqueeze(-1).expand(-1, -1, states.shape[-1])
        return self.dropout(torch.gather(states, 1, index))

    def trees(self, words: Tensor, starts: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of heads [B,W,W+1] (0 = root) and of relations [B,W,W+1,R]."""
        rows = words.shape[0]
        root = self.root.view(1, 1, -1).expand(rows, 1, -1)
        ends = torch.cat([root, words], 1)
        act = functional.gelu
        of, to = self.dropout(act(self.arc_of(words))), self.dropout(act(self.arc_to(ends)))
        one = torch.ones_like(of[..., :1])
        arcs = torch.cat([of, one], -1) @ self.arc @ to.transpose(1, 2)
        filled = torch.cat([torch.ones_like(starts[:, :1]), starts], 1) == 0
        arcs = arcs.masked_fill(filled.unsqueeze(1), -10_000.0)
        of, to = self.dropout(act(self.rel_of(words))), self.dropout(act(self.rel_to(ends)))
        of = torch.cat([of, torch.ones_like(of[..., :1])], -1)
        to = torch.cat([to, torch.ones_like(to[..., :1])], -1)
        side = (of.unsqueeze(1) @ self.rel.unsqueeze(0)) @ to.unsqueeze(1).transpose(2, 3)
        return arcs, side.permute(0, 2, 3, 1)
