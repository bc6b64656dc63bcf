"""Conversations written down: interviews, minutes, transcripts. Who speaks stands before a colon at the beginning of a paragraph.

One label is none: lists, credits and headings have such colons too. A conversation has several of them near each other, in
which a name, a role or „Frage“ stands, and people in it come again or speak of themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

from lagebild.lang.data import read_data
from lagebild.model.document import Block
from lagebild.model.speech import Stance
from lagebild.quote.drafts import Context, Draft
from lagebild.quote.people import People

__all__ = ["Names", "Turn", "TurnWords", "place_turn", "read_turns"]

Names = Mapping[int, tuple[str, int, int]]
"""Kind, number and end of the name that covers a character."""
LabelKind = Literal["question", "answer", "person", "other"]

LONGEST_LABEL = 60
"""Characters. „Hauptausschussvorsitzende Dr. Karla von Bülow (parteilos)“ has 57."""
MOST_WORDS = 7
FEWEST = 3
"""Labels of a conversation; two are enough where one says „Frage“."""
SHORT = 5
"""Letters of the longest abbreviation with a stop („Prof.“)."""
FARTHEST = 4
"""Blocks between two labels of one conversation: an answer has seldom more paragraphs."""
LONGEST_QUESTION = 400
HEAD = 8
"""Blocks before the first label in which it may stand with whom the conversation is."""
_ENDS = frozenset('.!?…“”"«»)*_')
_NO_LABEL = frozenset('!?;„“”"«»,=/<>{}[]')
_DRESS = " *_#>\t\u00a0"


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says in one block: characters `start` to `end`. `opens`: with a label of its own, not going on from the block before.

    `speaker`: the label where it names somebody, for „Antwort:“ the name in the text's head, else None.
    """

    start: int
    end: int
    speaker: tuple[int, int] | None
    opens: bool
    asks: bool


class TurnWords:
    """What labels look like in one language, from `lang/*/speech.toml`."""

    def __init__(self, table: Mapping[str, Any], people: People) -> None:
        self._sets = {name: frozenset(words) for name, words in table.items()}
        self.people = people

    @classmethod
    def load(cls, language: str) -> TurnWords:
        """The words of a language. Raises FileNotFoundError where it has no `speech.toml`."""
        return cls(read_data(language, "speech")["turns"], People.load(language))

    def has(self, name: str, word: str) -> bool:
        """True where a word stands in a list, in either case."""
        return word.casefold() in self._sets[name]


@dataclass(frozen=True, slots=True)
class _Label:
    """A colon near the beginning of block number `block`; `start` to `end` the words before it."""

    block: int
    start: int
    end: int
    said: int
    name: str
    kind: LabelKind


def read_turns(text: str, blocks: Sequence[Block], names: Names, words: TurnWords) -> dict[int, Turn]:
    """The turns of the conversations in a document, by number of block; {} for most documents.

    A block without a label between two labels goes on from the one before; behind the last label nothing does, for there the
    text about the conversation follows.
    """
    labels = [label for k, block in enumerate(blocks) if (label := _label(text, k, block, names, words))]
    if len(labels) > 1:
        labels = _with_surnames(text, labels, names)
    found: dict[int, Turn] = {}
    for group in _near(labels):
        accepted = _accepted(text, blocks, group, words)
        if accepted:
            partner = _partner(
                text, blocks[max(0, accepted[0].block - HEAD) : accepted[0].block], names, words
            )
            found.update(_turns(text, blocks, accepted, partner, words))
    return found or dict(_bare_turns(text, blocks, names, words))


def place_turn(turn: Turn, number: int, context: Context) -> None:
    """Add a turn to `context`: the words of whoever its label names; a block without a label goes on with the turn before."""
    last = context.last
    piece = (turn.start, turn.end)
    if not turn.opens and last is not None and last.how == "turn":
        last.pieces.append(piece)
        return
    stance: Stance = "ask" if turn.asks else "assert"
    by = "label" if turn.speaker else "none"
    context.add(
        Draft([piece], "direct", (), turn.speaker, stance, "neutral", 0.9, "turn", by=by, frame=number)
    )


def _label(text: str, number: int, block: Block, names: Names, words: TurnWords) -> _Label | None:
    start = block.start
    while start < block.end and text[start] in _DRESS:
        start += 1
    colon = text.find(":", start, min(block.end, start + LONGEST_LABEL))
    end = colon
    while end > start and text[end - 1] in _DRESS:
        end -= 1
    if colon < 0 or end <= start or _is_sentence(text[start:end]):
        return None
    said = colon + 1
    while said < block.end and (text[said] in _DRESS or text[said] == "\n"):
        said += 1
    written = _without_bracket(text[start:end])
    parts = written.split()
    if not parts or len(parts) > MOST_WORDS or said >= block.end or not _capitals(parts, words):
        return None
    return _Label(number, start, end, said, written.casefold(), _kind(parts, start, names, words))


def _is_sentence(label: str) -> bool:
    """Marks of sentences and of program text stand in no label; the stop of „Dr.“ or „A.“ does."""
    stops = [part for part in label.split() if part.endswith(".") and len(part) > SHORT]
    return bool(stops) or any(mark in label for mark in _NO_LABEL)


def _without_bracket(label: str) -> str:
    """„Stahl (lacht)“ speaks as „Stahl“ does."""
    opened = label.find("(")
    return label[:opened].strip() if opened > 0 and label.endswith(")") else label


def _capitals(parts: Sequence[str], words: TurnWords) -> bool:
    first = parts[0][:1]
    return (first.isupper() or (len(parts[0]) == 1 and first.isalpha())) and all(
        part[:1].isupper() or words.has("particles", part.rstrip(".")) for part in parts[1:]
    )


def _kind(parts: Sequence[str], start: int, names: Names, words: TurnWords) -> LabelKind:
    if len(parts) == 1 and words.has("questions", parts[0]):
        return "question"
    if len(parts) == 1 and words.has("answers", parts[0]):
        return "answer"
    place = start
    for part in parts:
        if names.get(place, ("",))[0] == "PER" or words.has("askers", part) or words.people.role(part):
            return "person"
        place += len(part) + 1
    return "other"


def _with_surnames(text: str, labels: Sequence[_Label], names: Names) -> list[_Label]:
    """„Stahl:“ in a text that names Vera Stahl is a person, although no reader of names would say so of the label alone."""
    ends = {place: end for place, (kind, _, end) in names.items() if kind == "PER"}
    people = {
        text[place:end].split()[-1].casefold() for place, end in ends.items() if text[place:end].strip()
    }
    return [
        replace(label, kind="person") if label.kind == "other" and label.name in people else label
        for label in labels
    ]


def _near(labels: Sequence[_Label]) -> Iterator[list[_Label]]:
    group: list[_Label] = []
    for label in labels:
        if group and label.block - group[-1].block > FARTHEST:
            yield group
            group = []
        group.append(label)
    if group:
        yield group


def _accepted(text: str, blocks: Sequence[Block], group: list[_Label], words: TurnWords) -> list[_Label]:
    """The labels of a group that is a conversation; [] where it is a list."""
    counts = Counter(label.name for label in group)
    known = {label.name for label in group if label.kind != "other"}
    kept = [label for label in group if label.kind != "other" or counts[label.name] > 1]
    asked = any(label.kind == "question" for label in kept) and len({label.name for label in kept}) > 1
    if not known or len(kept) < (2 if asked else FEWEST) or len({label.name for label in kept}) < 2:
        return []
    said = [text[label.said : blocks[label.block].end].rstrip() for label in kept]
    if sum(one[-1:] in _ENDS for one in said) * 5 < len(said) * 3:
        return []
    again = any(counts[name] > 1 for name in known)
    personal = sum("?" in one or _personal(one, words) for one in said)
    return kept if asked or (again and personal) or personal * 2 >= len(said) else []


def _personal(said: str, words: TurnWords) -> bool:
    return any(words.has("first_person", word.strip(".,!?:;")) for word in said[:400].split())


def _turns(
    text: str,
    blocks: Sequence[Block],
    labels: Sequence[_Label],
    partner: tuple[int, int] | None,
    words: TurnWords,
) -> Iterator[tuple[int, Turn]]:
    """Each label's block, and the paragraphs up to the next label."""
    for k, label in enumerate(labels):
        speaker = {"question": None, "answer": partner}.get(label.kind, (label.start, label.end))
        block = blocks[label.block]
        asks = label.kind == "question" or _question(text, label.said, block.end)
        turn = Turn(label.said, _trimmed(text, label.said, block.end), speaker, True, asks)
        yield label.block, turn
        for number in range(label.block + 1, labels[k + 1].block if k + 1 < len(labels) else 0):
            block = blocks[number]
            if block.kind in ("paragraph", "list", "lead", "other"):
                end = _trimmed(text, block.start, block.end)
                yield number, replace(turn, start=block.start, end=end, opens=False)


def _bare_turns(
    text: str, blocks: Sequence[Block], names: Names, words: TurnWords
) -> Iterator[tuple[int, Turn]]:
    """An interview without labels: paragraphs that are questions, each answered by paragraphs in which somebody speaks of himself.

    Only where the text before says that it is an interview.
    """
    asked = [k for k, block in enumerate(blocks) if _only_asks(text, block)]
    if len(asked) < FEWEST or any(b - a < 2 or b - a > FARTHEST for a, b in pairwise(asked)):
        return
    head = blocks[max(0, asked[0] - HEAD) : asked[0]]
    around = (*head, *blocks[asked[-1] + 2 : asked[-1] + 2 + HEAD])
    told = " ".join(text[block.start : block.end] for block in around).split()
    answers = [text[blocks[k + 1].start : blocks[k + 1].end] for k in asked[:-1]]
    personal = sum(_personal(one, words) for one in answers)
    if not any(words.has("interview", word.strip(".,:!?*_")) for word in told) or personal * 2 < len(answers):
        return
    partner = _partner(text, head, names, words) or _addressed(text, blocks[asked[0]], words)
    for k, number in enumerate(asked):
        start, end = _dressed(text, blocks[number])
        yield number, Turn(start, end, None, True, True)
        behind = asked[k + 1] if k + 1 < len(asked) else min(number + 2, len(blocks))
        for later in range(number + 1, behind):
            start, end = _dressed(text, blocks[later])
            yield later, Turn(start, end, partner, later == number + 1, False)


def _addressed(text: str, block: Block, words: TurnWords) -> tuple[int, int] | None:
    """„**Frau Behm**, Sie leiten …“: whom the first question speaks to."""
    start, end = _dressed(text, block)
    parts = text[start:end].split(" ", 2)
    if len(parts) == 3 and words.has("titles", parts[0]) and parts[1].endswith(","):
        return start, start + len(parts[0]) + len(parts[1])
    return None


def _only_asks(text: str, block: Block) -> bool:
    start, end = _dressed(text, block)
    return 0 < end - start < LONGEST_QUESTION and text[end - 1] == "?" and text[start].isupper()


def _dressed(text: str, block: Block) -> tuple[int, int]:
    """A block without the signs that make it bold."""
    start = block.start
    while start < block.end and text[start] in _DRESS:
        start += 1
    return start, _trimmed(text, start, block.end)


def _question(text: str, start: int, end: int) -> bool:
    return text[start:end].rstrip(_DRESS + "\n")[-1:] == "?"


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1] in _DRESS or text[end - 1].isspace()):
        end -= 1
    return end


def _partner(text: str, head: Sequence[Block], names: Names, words: TurnWords) -> tuple[int, int] | None:
    """With whom the conversation is, as the blocks before it say; None where they name several people or nobody."""
    people: dict[str, tuple[int, int]] = {}
    announced, after_with = False, None
    for block in head:
        place = block.start
        for part in text[block.start : block.end].split():
            place = text.find(part, place, block.end)
            bare = place + len(part) - len(part.lstrip('„“"«»(*_'))
            kind, _, end = names.get(bare, ("", -1, 0))
            announced = announced or words.has("interview", part.strip(".,:!?*_"))
            if (
                kind == "PER"
                and end > bare
                and (bare == 0 or names.get(bare - 1, ("", -2, 0))[1] != names[bare][1])
            ):
                start = _with_role(text, block.start, bare)
                people.setdefault(text[bare:end].split()[-1].casefold(), (start, end))
                before = text[max(block.start, start - 30) : start].split()
                if before and words.has("with", before[-1]):
                    after_with = after_with or (start, end)
            place += len(part)
    if len(people) == 1:
        return next(iter(people.values()))
    return after_with if announced else None


def _with_role(text: str, first: int, start: int) -> int:
    """The start of a name with the role in front of it: „Kinderarzt Tarek Benali“."""
    before = text[first:start].split(" ")
    if len(before) > 2 and before[-1] == "" and before[-2][:1].isupper() and before[-2].isalpha():
        return start - len(before[-2]) - 1
    return start
