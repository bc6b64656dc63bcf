"""Trains the heads over the re-trained upper layers and writes a checkpoint with its scores. Seeded; one thread unless told otherwise.

`python train.py --corpora ../../../shared/corpora --encoder e5-small-q4.bin --out OUT` trains what is shipped. With `--fold K` the
trees of fold K of five are kept for measuring; `--only germeval` and `--tuned 12` give the trials of the model card.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from hashlib import sha256
from pathlib import Path

import torch
from bundle import NOTHING, Batch, Labels, Lower, Prepared, batches, labels, prepare
from network import Heads, Stack, embedding, layers
from scores import f1, spans
from texts import Example, dfki, germeval, own_texts, reserved, uner, universal
from torch import Tensor, nn
from torch.nn import functional
from vocabulary import write_pieces
from weights import read_encoder

from lagebild.lang.decoding import best_labels, heads_of, legal_steps
from lagebild.lang.pieces import Pieces

FOUR = {"PER", "LOC", "ORG", "MISC"}
SHARES = {"german": 1.0, "own": 1.0, "dfki": 0.25, "uner": 0.12, "trees": 1.0}
"""Which share of each group one round reads."""
SCHEME = {"german": "german", "own": "german", "dfki": "dfki", "uner": "uner"}


class Model(nn.Module):
    """Re-trained layers and heads."""

    def __init__(self, upper: Stack, heads: Heads) -> None:
        super().__init__()
        self.upper, self.heads = upper, heads
        self.noise = nn.Dropout(0.1)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """States of words, and the starts."""
        states = self.upper(self.noise(batch.states), batch.mask)
        return self.heads.words(states, batch.starts), batch.starts


def loss_of(model: Model, batch: Batch, known: Labels, names_weight: float) -> Tensor:
    """The sum of the losses of the layers that this group has."""
    words, starts = model(batch)
    total = torch.zeros(())

    def cross(scores: Tensor, wanted: Tensor, smooth: float = 0.0) -> Tensor:
        return functional.cross_entropy(
            scores.float().flatten(0, -2), wanted.flatten(), ignore_index=NOTHING, label_smoothing=smooth
        )

    if batch.group in SCHEME:
        total = total + cross(model.heads.names[SCHEME[batch.group]](words), batch.names) * names_weight
    if batch.group == "trees":
        total = total + cross(model.heads.upos(words), batch.upos)
        arcs, rels = model.heads.trees(words, starts)
        total = total + cross(arcs, batch.heads)
        at = batch.heads.clamp(min=0)[:, :, None, None].expand(-1, -1, 1, rels.shape[-1])
        total = total + cross(rels.gather(2, at).squeeze(2), batch.rels)
    if batch.group == "trees" or (batch.feats.numel() and bool((batch.feats != NOTHING).any())):
        scores = model.heads.feats(words)
        for row, columns in enumerate(known.slices().values()):
            if bool((batch.feats[row] != NOTHING).any()):
                total = total + cross(scores[..., columns], batch.feats[row]) * 0.5
    return total


@torch.no_grad()
def measure(model: Model, lower: Lower, items: list[Prepared], known: Labels) -> dict[str, float]:
    """Scores of one group of examples that were kept back."""
    model.eval()
    gold, found, counts = [], [], dict.fromkeys(("words", "upos", "uas", "las", "sub", "said", "right"), 0)
    columns = known.slices()
    for start in range(0, len(items), 16):
        part = sorted(items, key=lambda item: len(item.pieces))[start : start + 16]
        batch = lower.batch(part)
        with torch.autocast("cpu", torch.bfloat16):
            words, starts = model(batch)
        words = words.float()
        names = model.heads.names["german"](words).numpy() if "german" in model.heads.names else None
        if part[0].group == "trees":
            upos, feats = model.heads.upos(words).numpy(), model.heads.feats(words).numpy()
            arcs, rels = (scores.numpy() for scores in model.heads.trees(words, starts))
        for row, item in enumerate(part):
            count = len(item.starts)
            if part[0].group in SCHEME and names is not None:
                tags = known.names["german"]
                gold.append(spans([tags[tag] for tag in item.names]))
                found.append(
                    spans([tags[tag] for tag in best_labels(names[row, :count], *legal_steps(tags))])
                )
                continue
            heads = [head + 1 for head in heads_of(arcs[row, :count, : count + 1])]
            for word in range(count):
                counts["words"] += 1
                counts["upos"] += int(upos[row, word].argmax() == item.upos[word])
                right = heads[word] == item.heads[word]
                rel = int(rels[row, word, heads[word]].argmax())
                counts["uas"] += int(right)
                counts["las"] += int(right and rel == item.rels[word])
                mood = columns["Mood"]
                sub = known.feats["Mood"].index("Sub")
                said = int(feats[row, word, mood].argmax()) == sub
                meant = item.feats[list(known.feats).index("Mood")][word] == sub
                counts["sub"] += int(meant)
                counts["said"] += int(said)
                counts["right"] += int(said and meant)
    model.train()
    if gold:
        return {
            "names": f1(gold, found, FOUR), "per_loc": f1(gold, found, {"PER", "LOC"}),
            **{kind: f1(gold, found, {kind}) for kind in sorted(FOUR)},
            "derived": f1(gold, found, {tag[2:] for tag in known.names["german"] if tag.endswith(("deriv", "part"))}),
        }  # fmt: skip
    return {
        **{key: 100 * counts[key] / counts["words"] for key in ("upos", "uas", "las")},
        "sub_precision": 100 * counts["right"] / max(1, counts["said"]),
        "sub_recall": 100 * counts["right"] / max(1, counts["sub"]),
        "sub": counts["sub"], "said": counts["said"], "right": counts["right"], "words": counts["words"],
    }  # fmt: skip


def gather(options: argparse.Namespace) -> tuple[dict[str, list[Example]], dict[str, list[Example]]]:
    """Examples to train on and examples kept back."""
    folder = Path(options.corpora)
    german, trees = list(germeval(folder)), list(universal(folder))
    left_out = tuple(part for part in options.leave_out.split(",") if part)
    own = [
        e for e in own_texts(Path(__file__).with_name("texts")) if not e.source.startswith(left_out or "\0")
    ]
    train = {
        "german": [e for e in german if not reserved(e.source)],
        "own": own,
        "dfki": list(dfki(folder)),
        "uner": list(uner(folder)),
        "trees": [e for e in trees if options.fold < 0 or fold_of(e.source) != options.fold],
    }
    kept = {
        "german": [e for e in german if reserved(e.source)],
        "trees": [e for e in trees if fold_of(e.source) == max(options.fold, 0)],
    }
    if options.only:
        wanted = options.only.split(",")
        train = {group: examples for group, examples in train.items() if group in wanted}
        kept = {group: examples for group, examples in kept.items() if group in wanted}
    return train, kept


def _grown(state: dict[str, Tensor], more: int) -> dict[str, Tensor]:
    """A checkpoint for a stack with `more` layers below: these are as the encoder had them."""
    found = {}
    for name, value in state.items():
        parts = name.split(".")
        if parts[:2] == ["upper", "layers"]:
            parts[2] = str(int(parts[2]) + more)
        found[".".join(parts)] = value
    return found


def fold_of(source: str) -> int:
    """Which of five folds a document is in, by the SHA-256 of its name."""
    return int(sha256(source.encode()).hexdigest()[:8], 16) % 5


def main() -> None:
    """Trains, measures after each round, writes the checkpoint."""
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    order = random.Random(options.seed)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    encoder = read_encoder(Path(options.encoder))
    kept_pieces = json.loads(Path(options.vocabulary).read_text())
    write_pieces(encoder, kept_pieces, out / "pieces.json")
    train, kept = gather(options)
    saved = torch.load(options.start, weights_only=True) if options.start else None
    known = labels(
        {
            "german": [*train.get("german", ()), *train.get("own", ())],
            **{g: train[g] for g in ("dfki", "uner", "trees") if g in train},
        }
    )
    if saved:
        known = Labels(**saved["labels"])
    cutter = Pieces(out / "pieces.json")
    stack = layers(encoder, 0.1)
    lower = Lower(embedding(encoder, kept_pieces), Stack(stack[: encoder.depth - options.tuned]))
    model = Model(
        Stack(stack[encoder.depth - options.tuned :]).again(),
        Heads(
            encoder.width, {scheme: len(tags) for scheme, tags in known.names.items()}, max(1, len(known.upos)),
            max(1, sum(map(len, known.feats.values()))), max(1, len(known.rels)), 0.2,
        ),
    )  # fmt: skip

    if saved:
        model.load_state_dict(_grown(saved["model"], options.tuned - saved["tuned"]), strict=False)

    def numbers(group: str, examples: list[Example]) -> list[Prepared]:
        return [prepare(e, group if group != "own" else "german", known, cutter) for e in examples if e.words]

    ready = {group: numbers(group, examples) for group, examples in train.items()}
    tests = {group: numbers(group, examples) for group, examples in kept.items()}
    started = time.process_time()
    shares = SHARES | {
        pair.split("=")[0]: float(pair.split("=")[1]) for pair in options.shares.split(",") if pair
    }
    rounds = []
    for _ in range(options.rounds):
        chosen: list[Prepared] = []
        for group in sorted(ready):
            items, share = ready[group], shares[group]
            whole = int(share)
            chosen += items * whole + order.sample(items, int(len(items) * (share - whole)))
        rounds.append(list(batches(chosen, options.batch, order)))
    steps = sum(map(len, rounds))
    print(
        f"{sum(map(len, ready.values()))} examples, {steps} steps",
        {g: len(v) for g, v in ready.items()},
        flush=True,
    )
    optimiser = torch.optim.AdamW(
        [
            {"params": model.upper.parameters(), "lr": options.rate},
            {"params": model.heads.parameters(), "lr": options.rate * options.head_rate},
        ],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.0, 1 - step / steps)
    )
    average = {name: value.detach().clone() for name, value in model.named_parameters()}
    step, report = 0, {}
    for number, parts in enumerate(rounds):
        seen = 0.0
        for part in parts:
            lower.fill(part)
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(model, lower.batch(part), known, options.names_weight)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            seen += float(loss.detach())
            step += 1
            if step % 4 == 0:
                keep = min(options.average**4, step / (step + 40))
                with torch.no_grad():
                    for name, value in model.named_parameters():
                        average[name].lerp_(value.detach(), 1 - keep)
        report = {"round": number + 1, "loss": seen / len(parts), "cpu": time.process_time() - started}
        if number + 1 == len(rounds) or (options.every and (number + 1) % options.every == 0):
            current = {name: value.detach().clone() for name, value in model.named_parameters()}
            model.load_state_dict(average, strict=False)
            for group, items in tests.items():
                lower.fill(items)
                report[group] = measure(model, lower, items, known)
            if number + 1 < len(rounds):
                model.load_state_dict(current, strict=False)
        print(json.dumps(report, default=lambda x: round(x, 2)), flush=True)
    torch.save(
        {
            "model": model.state_dict(), "labels": known.__dict__, "tuned": options.tuned, "pieces": kept_pieces, "report": report,
            "options": vars(options),
        },
        out / "model.pt",
    )  # fmt: skip


def _options() -> argparse.Namespace:
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--corpora", required=True)
    read.add_argument("--encoder", required=True)
    read.add_argument("--vocabulary", required=True)
    read.add_argument("--out", required=True)
    read.add_argument("--rounds", type=int, default=8)
    read.add_argument("--every", type=int, default=0)
    read.add_argument("--batch", type=int, default=16)
    read.add_argument("--rate", type=float, default=2e-4)
    read.add_argument("--head-rate", type=float, default=5.0)
    read.add_argument("--average", type=float, default=0.99)
    read.add_argument(
        "--names-weight",
        type=float,
        default=1.0,
        help="the other losses are many and large: 3 keeps names in balance",
    )
    read.add_argument("--tuned", type=int, default=6)
    read.add_argument("--fold", type=int, default=-1)
    read.add_argument("--only", default="")
    read.add_argument(
        "--leave-out", default="", help="own texts whose file names begin so (comma between) are left out"
    )
    read.add_argument("--start", default="", help="a checkpoint to go on from")
    read.add_argument("--shares", default="")
    read.add_argument("--threads", type=int, default=1)
    read.add_argument("--seed", type=int, default=20250314)
    return read.parse_args()


if __name__ == "__main__":
    main()
