"""Reported speech: clauses, sources, infinitives, noun phrases, what goes on, and what is no report."""

from __future__ import annotations

import pytest

from tests.quote.marked import case, quotes_in


@pytest.mark.parametrize(
    ("marked", "stance", "distance"),
    [
        ("[Der Bürgermeister]{speaker} [sagte]{cue}, [dass die Halle geschlossen bleibe]{quote}.", "assert", "neutral"),
        ("[Der Bürgermeister]{speaker} [sagte]{cue}, [die Halle bleibe geschlossen]{quote}.", "assert", "neutral"),
        ("[Sie]{speaker} [behauptete]{cue}, [das Geld sei überwiesen]{quote}.", "assert", "doubt"),
        ("[Die Halle bleibe geschlossen]{quote}, [teilte]{cue} [Amtsleiter Jan Reimer]{speaker} am Dienstag [mit]{cue}.", "assert", "neutral"),
        ("[Der Sprecher]{speaker} [teilte]{cue} in Kiel [mit]{cue}, [dass zwei Schiffe fehlen]{quote}.", "assert", "neutral"),
        ("[Der Minister]{speaker} [bat]{cue} die Anwohner, [die Fenster zu schließen]{quote}.", "demand", "neutral"),
        ("[Die Firma]{speaker} [versprach]{cue}, [den Schaden zu ersetzen]{quote}.", "promise", "neutral"),
        ("[Der Verband]{speaker} [warnte]{cue} [vor einem kalten Winter]{quote}.", "warn", "neutral"),
        ("[Der Verband]{speaker} [wies]{cue} [die Darstellung]{quote} [zurück]{cue}.", "deny", "neutral"),
        ("[Die Ministerin]{speaker} [räumte ein]{cue}, [dass Fehler gemacht wurden]{quote}.", "concede", "endorsed"),
        ("[Laut]{cue} [Jens Thiel]{speaker} [fehlen zwanzig Lehrer]{quote}.", "assert", "neutral"),
        ("[Nach Angaben]{cue} [der Feuerwehr]{speaker} [brannten drei Scheunen]{quote}.", "assert", "neutral"),
        ("[Augenzeugen]{speaker} [zufolge]{cue} [fielen Schüsse]{quote}.", "assert", "neutral"),
        ("[Die Lage sei ruhig]{quote}, [so]{cue} [Polizeichef Anton Wolters]{speaker}.", "assert", "neutral"),
        ("[Die Zahl der Gäste sinkt]{quote}, [wie]{other} [der Verband]{speaker} am Freitag [mitteilte]{cue}.", "assert", "neutral"),
        ("[Der Mann [soll]{cue} zwei Autos gestohlen haben]{quote}.", "assert", "hearsay"),
        ("[Er]{speaker} [fragte]{cue}, [ob der Zug noch fahre]{quote}.", "ask", "neutral"),
        ("[Der Trainer]{speaker} [nannte]{cue} [das Spiel „eine Katastrophe“]{quote}.", "assert", "neutral"),
        ("[Er kenne den Damm]{quote}, [begann]{cue} [er]{speaker}.", "assert", "neutral"),
    ],
)  # fmt: skip
def test_words_cue_speaker_and_stance(marked: str, stance: str, distance: str) -> None:
    quote = case(marked).check()
    assert (quote.stance, quote.distance) == (stance, distance)
    assert quote.reasons


def test_own_account_is_cut_around_its_source() -> None:
    case(
        "[[Der Sänger]{speaker} hat]{quote} [nach eigenen Angaben]{cue} [drei Häuser gekauft]{quote}."
    ).check()


def test_a_clause_joined_without_subject_shares_the_speaker() -> None:
    found = case(
        "Der Kanzler sagte, die Gefangenen sollten gut behandelt werden, warnte jedoch davor, dass Kämpfe drohten."
    )
    assert [found.words(quote.speaker) for quote in found.quotes] == ["Der Kanzler", "Der Kanzler"]
    assert [quote.stance for quote in found.quotes] == ["assert", "warn"]


def test_reported_speech_goes_on_a_row_a_sentence() -> None:
    found = case(
        "Amtsleiterin Vera Lenz sagte, das Wasser sei sauber. Es gebe keinen Grund zur Sorge. Geprüft werde täglich."
    )
    assert len(found.quotes) == 3
    assert [quote.cue == () for quote in found.quotes] == [False, True, True]
    assert {found.words(quote.speaker) for quote in found.quotes} == {"Amtsleiterin Vera Lenz"}


def test_a_subjunctive_sentence_without_anybody_before_has_no_speaker() -> None:
    found = case("[Die Straße sei gesperrt worden.]{quote} Es regnete.")
    assert found.check().speaker is None


def test_mixed_speech_keeps_the_whole_clause_and_its_marked_words() -> None:
    quote = case(
        "[Der Arzt]{speaker} [sagte]{cue}, [die Klinik sei „[am Ende ihrer Kraft]{marked}“ angekommen]{quote}."
    ).check()
    assert quote.form == "mixed"


def test_a_clause_may_stand_inside_another() -> None:
    found = case("Die Sprecherin sagte, der Minister habe erklärt, dass er zurücktrete.")
    outer, inner = found.quotes
    assert inner.inside == outer.id
    assert found.words(inner.speaker) == "der Minister"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Am Montag sagte in Bonn der Sprecher der Stadt, es werde gebaut.", "der Sprecher der Stadt"),
        ("Ida Merk, Leiterin des Museums in Hof, sagte, es werde gebaut.", "Ida Merk, Leiterin des Museums in Hof"),
        ("Der Chef der Behörde, Jan Holm, sagte, es werde gebaut.", "Der Chef der Behörde, Jan Holm"),
        ("Auch die Ministerin sagte, es werde gebaut.", "die Ministerin"),
        ("Eine Quelle aus dem Ministerium sagte, es werde gebaut.", "Eine Quelle aus dem Ministerium"),
        ("Ursula von der Heyde sagte, es werde gebaut.", "Ursula von der Heyde"),
        ("Die Vorwürfe wies der Sprecher zurück.", "der Sprecher"),
        ("Es wurde mitgeteilt, dass gebaut werde.", None),
        ("In dem Schreiben heißt es, dass gebaut werde.", "dem Schreiben"),
    ],
)  # fmt: skip
def test_the_smallest_phrase_with_name_and_role(text: str, speaker: str | None) -> None:
    found = case(text)
    assert found.words(found.only.speaker) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Der Minister sagte die Reise ab.",
        "Er meldete sich bei der Polizei.",
        "Nicht erklärte Streiks haben den Verkehr gestört.",
        "Ich habe keine Zeit.",
        "Die Partei beschloss den Haushalt.",
        "Die Kirche heißt Sankt Marien.",
        "Die Ausstellung war ein Erfolg, die Besucher kamen in Scharen.",
    ],
)
def test_not_reported(text: str) -> None:
    assert quotes_in(text) == []


def test_headings_quote_in_short() -> None:
    found = case(
        "[Angela Merkel]{speaker}: [Krise ist überwunden]{quote}\n\nIn Berlin begann die Woche ruhig."
    )
    assert found.check().reasons[0].name == "heading"


@pytest.mark.parametrize(
    "marked",
    [
        "[Bei dem Sturm wurden]{quote} [nach Angaben]{cue} [der Feuerwehr]{speaker} [14 Dächer abgedeckt]{quote}.",
        "[Das Blatt „Nordbote“]{speaker} [schrieb]{cue}, [die Halle sei verkauft]{quote}.",
    ],
)
def test_speakers_end_before_numbers_and_behind_marks(marked: str) -> None:
    case(marked).check()


def test_a_verb_that_goes_on_with_the_subject_before_reports_no_fact_before_it() -> None:
    found = case(
        "Heike Brandt freute sich über den Preis, forderte aber eine bessere Bezahlung. Sonst gehe sie."
    )
    assert {found.words(quote.speaker) for quote in found.quotes} == {"Heike Brandt"}
    assert "Heike Brandt freute sich über den Preis" not in [
        found.words(quote.pieces[0]) for quote in found.quotes
    ]


def test_a_subject_before_a_relative_clause_warns_whom_it_warns() -> None:
    found = case(
        "Die Mieterinnen eines Hauses, das 1960 gebaut wurde, hatten ihre Vermieter vor dem Schimmel gewarnt, sagten zwei Nachbarn."
    )
    assert [found.words(quote.speaker) for quote in found.quotes] == [
        "zwei Nachbarn",
        "Die Mieterinnen eines Hauses",
    ]


def test_contradicting_somebody_is_not_saying_his_name() -> None:
    assert quotes_in("Damit widersprach die Ärztin dem Gesundheitsministerium in Mainz.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Der Chef sagte, die Kasse sei leer. Er wollte sich auf Nachfrage nicht weiter äußern.",
        "Der Chef sagte, die Kasse sei leer.\n\nDie Aktien fielen um drei Prozent.",
    ],
)
def test_the_outlets_own_sentence_in_the_past_tense_is_nobodys_words(text: str) -> None:
    assert [text[quote.start : quote.end] for quote in quotes_in(text)] == ["die Kasse sei leer"]


def test_named_speech_does_not_go_on_in_the_next_block() -> None:
    quotes = quotes_in(
        "Minister Uwe Horn rechnet mit einer guten Ernte.\n\nEin solcher Antrag sei nie gestellt worden."
    )
    assert [quote.speaker is None for quote in quotes] == [False, True]


@pytest.mark.parametrize(
    "label", ["Werft-Gelände: „Wir wissen nichts davon“", "EILMELDUNG: „Wir wissen nichts davon“"]
)
def test_a_topic_or_label_before_a_heading_speaks_no_words(label: str) -> None:
    assert [quote.speaker for quote in quotes_in(f"{label}\n\nDer Betriebsrat tagte am Montag in Kiel.")] == [
        None
    ]


def test_words_set_between_blocks_are_not_those_of_the_last_source() -> None:
    quotes = quotes_in(
        "Nach Angaben der Polizei gab es zwei Verletzte.\n\n„Dann ist es zu spät“\n\nEs regnete."
    )
    assert [quote.speaker is None for quote in quotes if quote.form == "direct"] == [True]


def test_staying_with_what_was_said_is_saying_it_again() -> None:
    case(
        "[Der Konzernsprecher]{speaker} [blieb]{cue} dagegen [dabei]{cue}, [einen Antrag habe es nie gegeben]{quote}."
    ).check()
    assert quotes_in("Er blieb dabei stehen. Zwei Kinder blieben dabei unverletzt.") == []


def test_first_findings_are_no_speaker() -> None:
    found = case(
        "Es gebe nach ersten Erkenntnissen keine Toten, sagt Polizeisprecherin Ute Sand. „Wir suchen aber noch.“"
    )
    assert {found.words(quote.speaker) for quote in found.quotes} == {"Polizeisprecherin Ute Sand"}


def test_hiess_es_dort_points_at_who_was_spoken_of() -> None:
    (found,) = quotes_in("Die Bahnaufsicht Gießen wartete lange. „Wir prüfen das“, hieß es dort nur.")
    assert found.speaker is not None
    assert (found.speaker.start, found.speaker.end) == (0, len("Die Bahnaufsicht Gießen"))


def test_hiess_es_alone_points_at_nobody() -> None:
    (found,) = quotes_in("Die Bahnaufsicht Gießen wartete lange. „Wir prüfen das“, hieß es am Abend.")
    assert found.speaker is None


@pytest.mark.parametrize(
    ("text", "words", "speaker", "stance"),
    [
        ("Der Plan wurde von der Opposition kritisiert.", "Der Plan", "der Opposition", "assert"),
        ("Ihr wird Untreue vorgeworfen.", "Untreue", None, "assert"),
        ("Die Vorwürfe wurden vom Anwalt bestritten.", "Die Vorwürfe", "Anwalt", "deny"),
        ("Der Sprecher wollte sich dazu nicht äußern.", "dazu", "Der Sprecher", "no_comment"),
        ("Von einem „Desaster“ spricht der Gutachter.", "Von einem „Desaster“", "der Gutachter", "assert"),
        (
            "Die Behörde wies die Vorwürfe am Montag als haltlos zurück.",
            "die Vorwürfe",
            "Die Behörde",
            "deny",
        ),
        (
            "Den Vorwurf, Geld genommen zu haben, wies der Wirt zurück.",
            "Den Vorwurf, Geld genommen zu haben",
            "der Wirt",
            "deny",
        ),
        ("Ihm zufolge sei die Brücke sicher.", "sei die Brücke sicher", "Ihm", "assert"),
        (
            "Der 34 Jahre alte Fahrer schwieg zu den Vorwürfen.",
            "zu den Vorwürfen",
            "Der 34 Jahre alte Fahrer",
            "no_comment",
        ),
        ("Der Gouverneur schloss eine Räumung nicht aus.", "eine Räumung", "Der Gouverneur", "assert"),
        (
            "Die Polizei schrieb unter Berufung auf Ärzte, drei Menschen seien tot.",
            "drei Menschen seien tot",
            "Ärzte",
            "assert",
        ),
        ("Es fehle an Personal, beruhigte die Behörde.", "Es fehle an Personal", "die Behörde", "assert"),
    ],
)
def test_more_ways_of_saying(text: str, words: str, speaker: str | None, stance: str) -> None:
    (quote,) = quotes_in(text)
    assert text[quote.start : quote.end] == words
    assert (text[quote.speaker.start : quote.speaker.end] if quote.speaker else None) == speaker
    assert quote.stance == stance


@pytest.mark.parametrize(
    "text",
    [
        "Die SPD lobte den Vorstoß, die CDU verteidigte ihn.",
        "Der Rat beschloss, den Markt zu verlegen.",
        "Das Gericht erklärte die Kündigung für unwirksam.",
        "Der Präsident erklärte den Notstand.",
        "Unabhängig überprüfen ließen sich die Angaben nicht.",
        "Nähere Angaben machte er nicht.",
    ],
)
def test_events_and_the_outlets_own_words_are_no_clauses_of_somebody(text: str) -> None:
    assert [quote for quote in quotes_in(text) if quote.reasons[0].name != "noun_phrase"] == []


def test_so_x_may_stand_inside_its_words() -> None:
    text = "Ihr Mandant, so die Anwältin, sei unschuldig."
    (quote,) = quotes_in(text)
    assert [text[piece.start : piece.end] for piece in quote.pieces] == ["Ihr Mandant", "sei unschuldig"]


def test_a_citing_paper_passes_on() -> None:
    text = "Das Blatt zitiert einen Beamten mit den Worten: „Das war neu.“"
    (quote,) = quotes_in(text)
    assert quote.speaker is not None
    assert text[quote.speaker.start : quote.speaker.end] == "einen Beamten"
    assert [text[place.start : place.end] for place in quote.reported_by] == ["Das Blatt"]


def test_the_subjunctive_behind_a_colon_is_the_subjects() -> None:
    text = "Projektleiter Sven Ahl winkte ab: Es gehe um vier Anlagen. Die Abstände seien groß."
    speakers = [text[one.speaker.start : one.speaker.end] for one in quotes_in(text) if one.speaker]
    assert speakers == ["Projektleiter Sven Ahl"] * 2


def test_words_behind_a_sentence_about_somebody_else_are_nobodys() -> None:
    text = "Landrat Jens Thiel sagte, der Deich halte. Neben ihm stand Pastor Ole Wandt. Die Lage sei ernst."
    last = quotes_in(text)[-1]
    assert text[last.start : last.end] == "Die Lage sei ernst."
    assert last.speaker is None


def test_a_semicolon_parts_what_two_say() -> None:
    text = "Die Opposition forderte ihn auf, zu gehen; die Ministerin Ute Klee sagte, sie bleibe."
    speakers = [text[one.speaker.start : one.speaker.end] for one in quotes_in(text) if one.speaker]
    assert speakers == ["Die Opposition", "die Ministerin Ute Klee"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Der Wirt entgegnet, man habe alles versucht.", "Der Wirt"),
        ("Das sagte Vorstandschef Ralf Timm am Dienstag.", "Vorstandschef Ralf Timm"),
        ("Dies gab das Amt am Montag bekannt.", "das Amt"),
        ("Wie die Agentur Nord aus Regierungskreisen erfuhr, tritt er zurück.", "Regierungskreisen"),
        ("08.30 Uhr: Laut Rettungsdienst kam der Arzt zu spät.", "Rettungsdienst"),
    ],
)
def test_speakers_of_more_shapes(text: str, speaker: str) -> None:
    (quote,) = quotes_in(text)
    assert quote.speaker is not None
    assert text[quote.speaker.start : quote.speaker.end] == speaker
