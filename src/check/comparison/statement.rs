//! How a sentence states what it states, beside its sources: negation, modality, condition.

use crate::align::Side;
use crate::anchor::polarity::{Mark, Sort, marks};
use crate::check::Examination;
use crate::support::facts::homes;
use crate::support::{Row, Verdict};
use crate::text::{Folded, Span};

/// A judged sentence and the source segments that are compared with it.
pub struct Statement<'a> {
    /// All that is known.
    pub examination: &'a Examination<'a>,
    /// The row of the sentence.
    pub row: &'a Row,
    source: &'a Side,
}

/// How much the words around a span must explain to tell its source, in nats.
const TELLING: f64 = 1.5;

/// A source that explains a clause this much as well as the best one is a home of it too.
const CLAUSE_SHARE: f64 = 0.7;

/// Every sentence that has a source.
pub fn statements<'a>(examination: &'a Examination<'a>) -> Vec<Statement<'a>> {
    let Some(source) = examination.source else { return Vec::new() };
    let rows =
        examination.ledger.iter().filter(|row| matches!(row.verdict, Verdict::Supported | Verdict::Partial) && !row.sources.is_empty());
    rows.map(|row| Statement { examination, row, source }).collect()
}

impl<'a> Statement<'a> {
    /// Another sentence of the same pair.
    pub fn of(&self, row: &'a Row) -> Statement<'a> {
        Statement { row, ..*self }
    }

    /// The marks of a sort in the sentence, their spans in the document.
    pub fn marks(&self, sort: Sort) -> Vec<Mark> {
        in_segment(self.examination.target, self.row.target_index, sort)
    }

    /// The marks of a sort in a source segment, their spans in the document.
    pub fn source_marks(&self, segment: usize, sort: Sort) -> Vec<Mark> {
        in_segment(self.source, segment, sort)
    }

    /// The sources with the segments beside them.
    pub fn near_sources(&self) -> Vec<usize> {
        let last = self.source.document.segments.len();
        let mut near: Vec<usize> = self.row.sources.iter().flat_map(|&own| own.saturating_sub(1)..last.min(own + 2)).collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    /// Whether any of the sources has a mark of any of the sorts.
    pub fn sources_have(&self, sorts: &[Sort]) -> bool {
        self.row.sources.iter().any(|&segment| sorts.iter().any(|&sort| !self.source_marks(segment, sort).is_empty()))
    }

    /// Where the words that follow a span of the sentence, up to the end of its clause, stand in the sources: source segment
    /// and bytes, nearest first. Where nothing follows, what goes before.
    pub fn counterparts(&self, span: Span, reach: usize) -> Vec<(usize, Span)> {
        let text = &self.examination.target.document.text;
        let segment = self.examination.target.document.segments[self.row.target_index].span;
        let is_end = |character: char| matches!(character, ',' | ';' | ':' | '.' | '!' | '?' | '—' | '(' | '“' | '"');
        let after = &text[span.end..segment.end];
        let end = span.end + after.find(is_end).unwrap_or(after.len()).min(reach);
        let start = span.start
            - text[segment.start..span.start]
                .chars()
                .rev()
                .take_while(|&character| !is_end(character))
                .map(char::len_utf8)
                .sum::<usize>()
                .min(reach);
        let following = self.within(Span::new(span.end, end.max(span.end)));
        if !following.is_empty() { following } else { self.within(Span::new(start, span.start)).into_iter().rev().collect() }
    }

    /// Every word of the sources that a word of a stretch of the sentence agrees with.
    fn within(&self, reach: Span) -> Vec<(usize, Span)> {
        let all = self.pairs().into_iter().filter(|(place, ..)| place.overlaps(reach));
        all.map(|(_, segment, span)| (segment, span)).collect()
    }

    /// The sources that explain the words around a span; all of them where no words near it tell.
    pub fn homes(&self, span: Span) -> Vec<usize> {
        let Some(matrix) = self.examination.matrix else { return Vec::new() };
        let homes = homes(matrix, self.row, span);
        match homes.first() {
            Some((_, pull)) if *pull >= TELLING => homes.into_iter().map(|(segment, _)| segment).collect(),
            _ => self.row.sources.clone(),
        }
    }

    /// The sources that explain the clause around a span; those of the words near it where the clause alone does not tell.
    pub fn clause_homes(&self, span: Span) -> Vec<usize> {
        let Some(matrix) = self.examination.matrix else { return Vec::new() };
        let clause = self.clause(span);
        let (items, worth) = (&matrix.targets[self.row.target_index].items, matrix.item_worth(self.row.target_index));
        let explained = |&segment: &usize| {
            let matches = matrix.matches(segment, self.row.target_index).iter();
            let inside = matches.filter(|found| items[found.item as usize].span.overlaps(clause));
            (segment, inside.map(|found| f64::from(found.quality * worth[found.item as usize].found)).sum::<f64>())
        };
        let all: Vec<(usize, f64)> = self.row.sources.iter().map(explained).collect();
        let best = all.iter().map(|(_, pull)| *pull).fold(0.0, f64::max);
        if best < TELLING {
            return self.homes(span);
        }
        all.into_iter().filter(|(_, pull)| *pull >= best * CLAUSE_SHARE).map(|(segment, _)| segment).collect()
    }

    /// The clause around a span: up to the next comma, colon, "and" or "but" on either side.
    fn clause(&self, span: Span) -> Span {
        const JOINTS: &[&str] = &[",", ";", ":", "—", " – ", " and ", " but ", " while ", " whereas "];
        self.between(span, JOINTS)
    }

    /// Every word of the sentence with every word of its sources that it agrees with: bytes, source segment, bytes.
    pub fn pairs(&self) -> Vec<(Span, usize, Span)> {
        let mut all: Vec<_> = self.weighed().into_iter().map(|(place, segment, span, _)| (place, segment, span)).collect();
        all.sort();
        all
    }

    /// Every word of the sentence with every word of its sources that it agrees with, and what that is worth in nats.
    pub fn weighed(&self) -> Vec<(Span, usize, Span, f64)> {
        let Some(matrix) = self.examination.matrix else { return Vec::new() };
        let (items, worth) = (&matrix.targets[self.row.target_index].items, matrix.item_worth(self.row.target_index));
        let of_source = |&segment: &usize| {
            let words = &matrix.sources[segment].words;
            let matches = matrix.matches(segment, self.row.target_index).iter().filter(|found| items[found.item as usize].is_content);
            matches.map(move |found| {
                let weight = f64::from(found.quality * worth[found.item as usize].found);
                (items[found.item as usize].span, segment, words[found.word as usize].span, weight)
            })
        };
        self.row.sources.iter().flat_map(of_source).collect()
    }

    /// The clause of the sentence around a byte.
    pub fn clause_at(&self, at: usize) -> Span {
        const JOINTS: &[&str] = &[
            ",",
            ";",
            ":",
            "—",
            " – ",
            " and ",
            " but ",
            " while ",
            " whereas ",
            " though ",
            " although ",
            " because ",
            " since ",
            " which ",
            " who ",
            " that ",
            " so ",
        ];
        self.between(Span::new(at, at), JOINTS)
    }

    /// What stands around a span of the sentence up to the next joint on either side.
    fn between(&self, span: Span, joints: &[&str]) -> Span {
        let (text, sentence) = (&self.examination.target.document.text, self.target_span());
        let (before, after) = (&text[sentence.start..span.start], &text[span.end..sentence.end]);
        let start = joints.iter().filter_map(|joint| before.rfind(joint).map(|at| at + joint.len())).max().unwrap_or(0);
        let end = joints.iter().filter_map(|joint| after.find(joint)).min().unwrap_or(after.len());
        Span::new(sentence.start + start, span.end + end)
    }

    /// The clause of a source segment around a byte: up to a comma, the end of a sentence, or an ending that joins clauses.
    pub fn source_clause(&self, segment: usize, at: usize) -> Span {
        const JOINING: &[&str] = &[
            "며", "으나", "지만", "는데", "면서", "었고", "았고", "하고", "되고", "이고", "있고", "없고", "않고", "했고", "였고", "으니",
            "므로", "다고", "라고",
        ];
        let (span, text) = (self.source_span(segment), self.source_text(segment));
        let mut clause = Span::new(span.start, span.end);
        for word in text.split_whitespace() {
            let end = span.start + (word.as_ptr() as usize - text.as_ptr() as usize) + word.len();
            let bare = word.trim_end_matches(['”', '’', '"', '\'', ')', '」']);
            let ends = bare.ends_with([',', ';', '.', '!', '?']) || JOINING.iter().any(|ending| bare.ends_with(ending));
            match ends {
                true if end <= at => clause.start = end,
                true => {
                    clause.end = end;
                    break;
                }
                false => {}
            }
        }
        clause
    }

    /// The bytes of the sentence.
    pub fn target_span(&self) -> Span {
        self.examination.target.document.segments[self.row.target_index].span
    }

    /// The text of some bytes of the source.
    pub fn source_at(&self, span: Span) -> &str {
        span.of(&self.source.document.text)
    }

    /// The text of the source from a byte on.
    pub fn source_rest(&self, at: usize) -> &str {
        &self.source.document.text[at..]
    }

    /// The first of some phrases in a source segment.
    pub fn source_phrase(&self, segment: usize, phrases: &[&str]) -> Option<Span> {
        let (text, start) = (self.source_text(segment), self.source_span(segment).start);
        let found = phrases.iter().filter_map(|phrase| text.find(phrase).map(|at| Span::new(start + at, start + at + phrase.len())));
        found.min()
    }

    /// The text of a source segment.
    pub fn source_text(&self, segment: usize) -> &str {
        self.source.document.segment_text(segment)
    }

    /// The bytes of a source segment.
    pub fn source_span(&self, segment: usize) -> Span {
        self.source.document.segments[segment].span
    }
}

fn in_segment(side: &Side, segment: usize, sort: Sort) -> Vec<Mark> {
    let span = side.document.segments[segment].span;
    let markup = side.document.markup_within(span);
    let folded = Folded::without(span.of(&side.document.text), &markup);
    let found = marks(folded.text(), side.document.language, sort).into_iter();
    found.map(|mark| Mark { span: folded.original(mark.span).shifted(span.start), ..mark }).collect()
}
