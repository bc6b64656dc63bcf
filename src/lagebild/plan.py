"""THE PATH: every step in order, one line each. What a step reads must be written above it; the plan checks that."""

from __future__ import annotations

from lagebild.annotate.sentences import SentenceTools, split_sentences
from lagebild.annotate.words import WordTools, split_words
from lagebild.clean.blocks import BlockTools, mark_blocks, repeated_keys
from lagebild.clean.masthead import MastheadTools, read_masthead
from lagebild.clean.repeats import find_repeated_lines, print_lines
from lagebild.clean.stretches import StretchTools, cut_blocks
from lagebild.clean.text import TextTools, extract_text
from lagebild.lineage.align import AlignTools, align_passages
from lagebild.lineage.candidates import find_candidates, pair_keys
from lagebild.lineage.credits import CreditTools, find_credits
from lagebild.lineage.families import group_copies
from lagebild.lineage.prints import print_windows
from lagebild.model.decision import Decision
from lagebild.model.document import Block, Document, LinePrints, Masthead, RepeatedLine, Stretch
from lagebild.model.lineage import CopyCandidate, CopyFamily, CopyLink, Credit, Fingerprints
from lagebild.model.marks import Sentence, Words
from lagebild.model.source import RawItem
from lagebild.step import EachDocument, EachGroup, Plan, WholeCase

__all__ = ["PLAN"]

PLAN = Plan(
    given=(RawItem, Decision),
    steps=(
        # clean: readable text, what each part of it is, what it says of itself
        EachDocument(extract_text, reads=(RawItem,), writes=(Document,), tools=TextTools, raw=True),
        EachDocument(cut_blocks, reads=(Document,), writes=(Stretch,), tools=StretchTools),
        EachDocument(print_lines, reads=(Document, Stretch), writes=(LinePrints,)),
        EachGroup(find_repeated_lines, by=repeated_keys, keys_from=(LinePrints,), reads=(), writes=(RepeatedLine,), at_least=2),
        EachDocument(
            mark_blocks,
            reads=(RawItem, Document, Stretch, LinePrints),
            lookup={RepeatedLine: repeated_keys},
            writes=(Block,),
            tools=BlockTools,
        ),
        EachDocument(read_masthead, reads=(RawItem, Document, Block), writes=(Masthead,), tools=MastheadTools),
        # annotate: what stands in the text
        EachDocument(split_sentences, reads=(Document, Stretch), writes=(Sentence,), tools=SentenceTools),
        EachDocument(split_words, reads=(Document, Masthead, Sentence), writes=(Words,), tools=WordTools),
        # lineage: who copied whom
        EachDocument(find_credits, reads=(Document, Block), writes=(Credit,), tools=CreditTools),
        EachDocument(print_windows, reads=(Document, Block), writes=(Fingerprints,)),
        WholeCase(find_candidates, reads=(Fingerprints,), writes=(CopyCandidate,)),
    ),
)
