"""THE PATH: every step in order, one line each. What a step reads must be written above it; the plan checks that."""

from __future__ import annotations

from lagebild.annotate.names import NameTools, find_names
from lagebild.annotate.quantities import QuantityTools, find_quantities
from lagebild.annotate.sentences import SentenceTools, split_sentences
from lagebild.annotate.times import TimeTools, find_times
from lagebild.annotate.words import WordTools, split_words
from lagebild.brief.check import CheckTools, check_lines
from lagebild.brief.dossier import DossierTools, bind_dossier
from lagebild.brief.lines import LineTools, story_key, write_lines
from lagebild.brief.places import PlaceTools as MapTools
from lagebild.brief.places import draw_map
from lagebild.brief.places import linked_entities as placed_entities
from lagebild.brief.timeline import TimelineTools, draw_timeline
from lagebild.clean.blocks import BlockTools, mark_blocks, repeated_keys
from lagebild.clean.masthead import MastheadTools, read_masthead
from lagebild.clean.repeats import find_repeated_lines, print_lines
from lagebild.clean.stretches import StretchTools, cut_blocks
from lagebild.clean.text import TextTools, extract_text
from lagebild.compare.findings import CompareTools, compare_claims, linked_entities
from lagebild.compare.origins import OriginTools, find_origins, speaker_entities
from lagebild.lineage.align import AlignTools, align_passages
from lagebild.lineage.candidates import find_candidates, pair_keys
from lagebild.lineage.credits import CreditTools, find_credits
from lagebild.lineage.families import group_copies
from lagebild.lineage.prints import PrintTools, print_windows
from lagebild.model.decision import Decision, Ruling
from lagebild.model.document import Block, Document, LinePrints, Masthead, RepeatedLine, Stretch
from lagebild.model.dossier import BriefLine, Dossier, DraftLine, MapPoint, TimelineEntry
from lagebild.model.finding import ClaimOrigin, Finding, Origin
from lagebild.model.identity import (
    Entity,
    EntityForm,
    EntityPair,
    MentionLink,
    NameUse,
    Place,
    PlaceUse,
    Speaker,
)
from lagebild.model.layers import MapLayer
from lagebild.model.lineage import CopyCandidate, CopyFamily, CopyLink, Credit, Fingerprints
from lagebild.model.marks import Mention, Quantity, Sentence, TimePhrase, Words
from lagebild.model.source import RawItem
from lagebild.model.speech import Claim, Quote
from lagebild.model.story import Dateline, Event, Signature, Story, StoryMember, When
from lagebild.quote.claims import ClaimTools, find_claims
from lagebild.quote.find import QuoteTools, find_quotes
from lagebild.resolve.link import link_mentions, use_keys
from lagebild.resolve.places import PlaceTools, place_entities
from lagebild.resolve.places_uses import PlaceUseTools, read_places
from lagebild.resolve.rulings import file_rulings, own_rulings
from lagebild.resolve.settle import SettleTools, settle_entities
from lagebild.resolve.speakers import SpeakerTools, name_speakers, speaker_keys
from lagebild.resolve.uses import NameTools as UseTools
from lagebild.resolve.uses import gather_names
from lagebild.step import EachDocument, EachGroup, Plan, WholeCase
from lagebild.story.datelines import DatelineTools, date_documents, story_keys
from lagebild.story.events import EventTools, gather_events
from lagebild.story.signatures import SignatureTools, sign_documents
from lagebild.story.stories import group_stories
from lagebild.story.when import WhenTools, date_phrases

__all__ = ["PLAN"]

TEXT = (Document, Block, Masthead, Sentence, Words)
"""What most readers of language see of a document."""

STORY = (
    RawItem, Document, Block, Masthead, Sentence, Mention, MentionLink, TimePhrase, When, Quote, Speaker, Claim, ClaimOrigin,
    StoryMember, Dateline,
)  # fmt: skip
"""What comparing and briefing see of the documents of a story."""

PLAN = Plan(
    given=(RawItem, Decision, MapLayer),
    steps=(
        # clean: readable text, what each part of it is, what it says of itself
        EachDocument(extract_text, reads=(RawItem,), writes=(Document,), tools=TextTools, raw=True),
        EachDocument(cut_blocks, reads=(Document,), writes=(Stretch,), tools=StretchTools),
        EachDocument(print_lines, reads=(Document, Stretch), writes=(LinePrints,)),
        EachGroup(find_repeated_lines, by=repeated_keys, keys_from=(LinePrints,), reads=(), writes=(RepeatedLine,), at_least=2),
        EachDocument(
            mark_blocks, reads=(RawItem, Document, Stretch, LinePrints), lookup={RepeatedLine: repeated_keys}, writes=(Block,),
            tools=BlockTools,
        ),
        EachDocument(read_masthead, reads=(RawItem, Document, Block), writes=(Masthead,), tools=MastheadTools),
        # annotate: what stands in the text
        EachDocument(split_sentences, reads=(Document, Stretch), writes=(Sentence,), tools=SentenceTools),
        EachDocument(split_words, reads=(Document, Masthead, Sentence), writes=(Words,), tools=WordTools),
        EachDocument(find_names, reads=(Document, Masthead, Sentence, Words), writes=(Mention,), tools=NameTools),
        EachDocument(find_times, reads=TEXT, writes=(TimePhrase,), tools=TimeTools),
        EachDocument(find_quantities, reads=(*TEXT, TimePhrase), writes=(Quantity,), tools=QuantityTools),
        # quote: who says what, in the text's own words
        EachDocument(find_quotes, reads=(*TEXT, Mention), writes=(Quote,), tools=QuoteTools),
        EachDocument(find_claims, reads=(*TEXT, Mention, TimePhrase, Quantity, Quote), writes=(Claim,), tools=ClaimTools),
        # lineage: who copied whom
        EachDocument(find_credits, reads=(Document, Block), writes=(Credit,), tools=CreditTools),
        EachDocument(print_windows, reads=(Document, Block, Quote), writes=(Fingerprints,), tools=PrintTools),
        WholeCase(find_candidates, reads=(Fingerprints,), writes=(CopyCandidate,)),
        EachGroup(
            align_passages, by=pair_keys, keys_from=(CopyCandidate,), reads=(RawItem, Document, Block, Masthead, Quote, Credit),
            writes=(CopyLink,), tools=AlignTools, at_least=2,
        ),
        WholeCase(group_copies, reads=(CopyLink, Fingerprints, Masthead), writes=(CopyFamily,)),
        # resolve: who and where is meant
        EachDocument(gather_names, reads=(*TEXT, Mention), writes=(NameUse,), tools=UseTools),
        WholeCase(settle_entities, reads=(NameUse, Decision), writes=(EntityPair, Entity, EntityForm), tools=SettleTools),
        EachDocument(link_mentions, reads=(Document, Mention, NameUse), lookup={EntityForm: use_keys}, writes=(MentionLink,)),
        EachDocument(
            read_places, reads=(Document, Block, Masthead, Sentence, Mention, NameUse), writes=(PlaceUse,), tools=PlaceUseTools,
        ),
        WholeCase(place_entities, reads=(Entity, EntityForm, NameUse, PlaceUse), writes=(Place,), tools=PlaceTools),
        WholeCase(file_rulings, reads=(RawItem, Decision, EntityForm, Entity), writes=(Ruling,)),
        EachDocument(
            name_speakers, reads=(*TEXT, Mention, Quote, NameUse, MentionLink),
            lookup={EntityForm: speaker_keys, Ruling: own_rulings}, writes=(Speaker,), tools=SpeakerTools,
        ),
        # story: which texts tell of the same, and when
        EachDocument(sign_documents, reads=(*TEXT, TimePhrase, MentionLink), writes=(Signature,), tools=SignatureTools),
        WholeCase(group_stories, reads=(RawItem, Masthead, Signature, CopyCandidate), writes=(Story, StoryMember)),
        EachGroup(
            date_documents, by=story_keys, keys_from=(StoryMember,), apart=True,
            reads=(RawItem, Document, Block, Masthead, Sentence, TimePhrase, CopyLink, Signature, StoryMember),
            writes=(Dateline,), tools=DatelineTools,
        ),
        EachDocument(date_phrases, reads=(*TEXT, TimePhrase, Dateline), writes=(When,), tools=WhenTools),
        EachGroup(
            gather_events, by=story_keys, keys_from=(StoryMember,), apart=True,
            reads=(Document, Masthead, Claim, MentionLink, When, Dateline), writes=(Event,), tools=EventTools,
        ),
        # compare: who stands behind a claim, where reports agree, clash, or stand alone
        EachGroup(
            find_origins, by=story_keys, keys_from=(StoryMember,), apart=True,
            reads=(RawItem, Document, Block, Masthead, Sentence, Mention, MentionLink, Quote, Speaker, Claim, Credit, CopyLink),
            lookup={Entity: speaker_entities}, writes=(Origin, ClaimOrigin), tools=OriginTools,
        ),
        EachGroup(
            compare_claims, by=story_keys, keys_from=(StoryMember,), apart=True,
            reads=(*STORY, NameUse, Quantity, Credit, CopyLink), lookup={Entity: linked_entities}, writes=(Finding,), tools=CompareTools,
        ),
        # brief: what is handed over, every line with its place
        EachGroup(draw_timeline, by=story_keys, keys_from=(StoryMember,), apart=True, reads=STORY, writes=(TimelineEntry,), tools=TimelineTools),
        EachGroup(
            draw_map, by=story_keys, keys_from=(StoryMember,), apart=True, reads=(*STORY, PlaceUse), lookup={Place: placed_entities},
            writes=(MapPoint,), tools=MapTools,
        ),
        EachGroup(
            write_lines, by=story_keys, keys_from=(StoryMember,), apart=True, reads=STORY, lookup={Finding: story_key}, writes=(DraftLine,),
            tools=LineTools,
        ),
        EachGroup(
            check_lines, by=story_keys, keys_from=(StoryMember,), apart=True, reads=STORY, lookup={DraftLine: story_key, Finding: story_key},
            writes=(BriefLine,), tools=CheckTools,
        ),
        EachGroup(
            bind_dossier, by=story_keys, keys_from=(StoryMember,), apart=True, reads=(*STORY, CopyLink), lookup={Origin: story_key, Story: story_key},
            writes=(Dossier,), tools=DossierTools,
        ),
    ),
)  # fmt: skip
