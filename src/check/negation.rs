//! `negation`: an English sentence that denies what the original affirms, or the other way round.

use super::comparison::statement::{Statement, statements};
use super::{Examination, Finding, Place, Related, Severity};
use crate::anchor::polarity::{Mark, Sort};
use crate::document::Kind;
use crate::text::Span;

/// Compares the negations.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for statement in statements(examination) {
        findings.extend(added(&statement));
        let ways: [fn(&Statement) -> Vec<Finding>; 3] = [lost, lost_altogether, lost_in_clause];
        let lost = ways.into_iter().map(|way| way(&statement)).find(|lost| !lost.is_empty());
        findings.extend(lost.unwrap_or_default());
    }
}

/// Negations of the English that the source of their clause does not have.
fn added(statement: &Statement) -> Vec<Finding> {
    let marks = statement.marks(Sort::Negation);
    let count = |homes: &[usize], sort: Sort| homes.iter().map(|&home| statement.source_marks(home, sort).len()).sum::<usize>();
    let sources = &statement.row.sources;
    let denies = count(sources, Sort::Negation) + count(sources, Sort::Denial) > 0;
    let is_doubtful = |mark: &&Mark| {
        let home = statement.homes(mark.span).first().copied();
        let negations = count(&home.into_iter().collect::<Vec<_>>(), Sort::Negation);
        let in_home = marks.iter().filter(|other| statement.homes(other.span).first().copied() == home).count();
        !denies || in_home > negations && stands_alone(statement, mark)
    };
    let is_taken_back = |mark: &&Mark| denies_again(statement, mark) || comes_late(statement, mark);
    let turned = |mark: &Mark| {
        let contrasts = if denies || statement.row.support < CERTAIN { CONTRASTS } else { DEGREES };
        let is_turned = statement.row.support >= SURE && turns_a_verb(statement, mark, contrasts);
        finding(statement, *mark, if is_turned { Severity::Major } else { Severity::Minor })
    };
    marks.iter().filter(is_doubtful).filter(|mark| !is_taken_back(mark)).map(turned).collect()
}

/// Support from which the sources of a sentence are beyond doubt.
const SURE: f64 = 0.75;
const CERTAIN: f64 = 0.9;

/// Whether a negation is "not" with a verb, and the source has the words that it turns: "no longer", "never" and "without" are
/// said in many ways, and so are "not quite", ", not that" and "not … but".
fn turns_a_verb(statement: &Statement, mark: &Mark, contrasts: &[&str]) -> bool {
    let document = &statement.examination.target.document;
    let word = mark.span.of(&document.text).to_ascii_lowercase();
    let segment = statement.target_span();
    let (before, after) = (&document.text[segment.start..mark.span.start], &document.text[mark.span.end..segment.end]);
    let is_not = word == "cannot" || word.ends_with("not") || word.ends_with("n't") || word.ends_with("n’t");
    let is_sentence = document.segments[statement.row.target_index].kind == Kind::Sentence;
    let follows = after.trim_start_matches(' ');
    let is_contrast = before.trim_end().ends_with(',')
        || follows.is_empty()
        || follows.starts_with([',', '.', ';', ':', '!', '?', ')'])
        || contrasts.iter().any(|adverb| starts_with_word(follows, adverb))
        || LIMITS.iter().any(|limit| clause(follows).contains(limit));
    is_not && is_sentence && !is_contrast && !statement.counterparts(mark.span, REACH).is_empty()
}

/// What "not" makes a degree of …
const DEGREES: &[&str] = &["quite", "yet", "until", "even", "always", "more", "less", "so", "too", "as", "that", "merely", "just"];
/// … and what it makes a contrast of where the source denies something too.
const CONTRASTS: &[&str] =
    &["quite", "yet", "until", "all", "every", "even", "always", "more", "less", "so", "too", "as", "a", "the", "that", "merely", "just"];
/// Words that take back what "not" denies: not … but, not … until.
const LIMITS: &[&str] = &[" but ", " unless ", " except ", " only ", " without ", " before ", " beyond ", " other than "];

/// Whether a source says that something comes late: "not until 2041" for 2041년에야.
fn comes_late(statement: &Statement, mark: &Mark) -> bool {
    const LATE: &[&str] = &["에야", "서야", "비로소", "전까지", "전에는"];
    let text = &statement.examination.target.document.text;
    clause(&text[mark.span.end..statement.target_span().end]).contains(" until ")
        && statement.near_sources().iter().any(|&segment| LATE.iter().any(|word| statement.source_text(segment).contains(word)))
}

/// Whether a word that denies follows so closely that both affirm: cannot fail, not without.
fn denies_again(statement: &Statement, mark: &Mark) -> bool {
    const AGAIN: &[&str] =
        &["fail", "without", "lack", "avoid", "refus", "den", "ignor", "neglect", "overlook", "prevent", "unable", "impossible", "miss"];
    let text = &statement.examination.target.document.text;
    let rest = text[mark.span.end..statement.target_span().end].trim_start();
    AGAIN.iter().any(|word| rest.starts_with(word))
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// A text up to the end of its clause.
fn clause(text: &str) -> &str {
    &text[..text.find(['.', ';', ':', '!', '?', '—']).unwrap_or(text.len())]
}

/// Whether the words that an English negation turns stand in the source without one.
fn stands_alone(statement: &Statement, mark: &Mark) -> bool {
    let counterparts = statement.counterparts(mark.span, REACH);
    !counterparts.is_empty() && !counterparts.iter().any(|&(segment, span)| is_denied(statement, segment, span))
}

/// How many bytes of a clause an English negation turns.
const REACH: usize = 34;
/// How many bytes before and behind a Korean word its negation may stand: three eojeols behind.
const SOURCE_BEFORE: usize = 16;
const SOURCE_AFTER: usize = 48;

/// Whether a Korean word stands beside a negation or a word that denies.
fn is_denied(statement: &Statement, segment: usize, span: Span) -> bool {
    let clause = statement.source_clause(segment, span.start);
    let reach = Span::new(span.start.saturating_sub(SOURCE_BEFORE).max(clause.start), (span.end + SOURCE_AFTER).min(clause.end));
    let marks = |sort| statement.source_marks(segment, sort);
    marks(Sort::Negation).into_iter().chain(marks(Sort::Denial)).any(|mark| mark.span.overlaps(reach))
}

/// Negations of the sources whose word the English has, in a sentence that denies nothing.
fn lost(statement: &Statement) -> Vec<Finding> {
    let denials = denials(statement);
    let pairs = statement.pairs();
    let written = |segment: &usize| source_negations(statement, *segment).len();
    // A negation may stand far from the words that it denies.
    if statement.marks(Sort::Negation).len() >= statement.row.sources.iter().map(written).sum() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for &segment in statement.row.sources.iter().take(1) {
        let end = statement.source_span(segment).end;
        for mark in source_negations(statement, segment)
            .into_iter()
            .filter(|mark| mark.span.end + PREDICATE >= end || ends_clause(statement, mark))
            .filter(|mark| !denied_beside(statement, segment, mark))
        {
            let before = |&&(_, other, span): &&(Span, usize, Span)| {
                other == segment && span.end <= mark.span.end && span.end + NEGATED >= mark.span.start
            };
            let negated = pairs.iter().filter(before).max_by_key(|(_, _, span)| span.end);
            found.extend(
                negated
                    .filter(|(place, ..)| !denies_by_prefix(statement, *place) && !is_near(&denials, *place))
                    .map(|&(place, ..)| lost_finding(statement, place, segment, mark)),
            );
        }
    }
    found.truncate(1);
    found
}

/// Whether an English sentence beside this one has the words of a negation of their source, and denies something.
fn denied_beside(statement: &Statement, segment: usize, mark: &Mark) -> bool {
    let ledger = statement.examination.ledger;
    let at = statement.examination.row_index(statement.row);
    let beside = &ledger[at.saturating_sub(2)..ledger.len().min(at + 3)];
    let mut others = beside.iter().filter(|row| row.target_index != statement.row.target_index && row.sources.first() == Some(&segment));
    others.any(|row| {
        let other = statement.of(row);
        let is_near = |(_, of, span): &(Span, usize, Span)| *of == segment && stands_before(*span, mark);
        [Sort::Negation, Sort::Denial].into_iter().any(|sort| !other.marks(sort).is_empty()) && other.pairs().iter().any(is_near)
    })
}

/// A negation that ends a source, in a sentence that has its words and denies nothing at all.
fn lost_altogether(statement: &Statement) -> Vec<Finding> {
    let text = &statement.examination.target.document.text;
    let sentence = statement.target_span();
    let denies = !denials(statement).is_empty() || has_denial_by_prefix(sentence.of(text));
    if denies || statement.row.support < SURE {
        return Vec::new();
    }
    let pairs = statement.pairs();
    let lost = statement.row.sources.iter().take(2).find_map(|&segment| {
        let end = statement.source_span(segment).end;
        let mark = source_negations(statement, segment).into_iter().rfind(|mark| mark.span.end + PREDICATE >= end)?;
        if denied_beside(statement, segment, &mark) {
            return None;
        }
        let is_near = |(_, other, span): &&(Span, usize, Span)| *other == segment && stands_before(*span, &mark);
        let words: Vec<Span> = pairs.iter().filter(is_near).map(|(place, ..)| *place).collect();
        let place = Span::new(words.iter().map(|word| word.start).min()?, words.iter().map(|word| word.end).max()?);
        (statement.homes(place).first() == Some(&segment)).then(|| (segment, mark, clauses(text, sentence, place)))
    });
    lost.map(|(segment, mark, place)| lost_finding(statement, place, segment, mark)).into_iter().collect()
}

/// Whether any word of a text denies by its beginning.
fn has_denial_by_prefix(text: &str) -> bool {
    text.split(|character: char| !character.is_alphabetic()).any(is_denial_by_prefix)
}

/// Everything in a sentence that denies or may hide a denial.
fn denials(statement: &Statement) -> Vec<Mark> {
    let text = &statement.examination.target.document.text;
    let marks = [Sort::Negation, Sort::Denial, Sort::Plain].into_iter().flat_map(|sort| statement.marks(sort));
    marks.filter(|mark| !mark.span.of(text).to_ascii_lowercase().ends_with("a few")).collect()
}

/// What the words of a clause must be worth, in nats, and how much of that one English clause must hold; chosen so that no clean
/// sentence of the golden pairs and the news is flagged.
const CLAUSE_WORTH: f64 = 6.0;
const CLAUSE_SHARE: f64 = 0.7;

/// A negation that is the predicate of a clause of a source, whose words stand in one clause of the English that denies nothing.
fn lost_in_clause(statement: &Statement) -> Vec<Finding> {
    if statement.row.support < SURE {
        return Vec::new();
    }
    let weighed = statement.weighed();
    let lost = statement.row.sources.iter().find_map(|&segment| {
        let mut marks = source_negations(statement, segment).into_iter();
        marks.find_map(|mark| {
            let place = affirmed(statement, &weighed, segment, &mark)?;
            (is_finite(statement, segment, &mark) && !denied_beside(statement, segment, &mark)).then_some((segment, mark, place))
        })
    });
    lost.map(|(segment, mark, place)| lost_finding(statement, place, segment, mark)).into_iter().collect()
}

/// The English clause that has the words of a Korean clause without its negation.
fn affirmed(statement: &Statement, weighed: &[(Span, usize, Span, f64)], segment: usize, mark: &Mark) -> Option<Span> {
    let clause = statement.source_clause(segment, mark.span.start);
    let is_denied = |span: &Span| span.start >= clause.start && span.end <= mark.span.start + 12;
    let words: Vec<_> = weighed.iter().filter(|(_, other, span, _)| *other == segment && is_denied(span)).collect();
    let nearest =
        words.iter().filter(|(_, _, span, _)| span.end + SOURCE_AFTER >= mark.span.start).max_by_key(|(_, _, span, _)| span.end)?;
    let place = statement.clause_at(nearest.0.start);
    let inside: f64 = words.iter().filter(|(word, ..)| word.overlaps(place)).map(|(.., weight)| weight).sum();
    let all: f64 = words.iter().map(|(.., weight)| weight).sum();
    let reach = Span::new(place.start.saturating_sub(AROUND), place.end + AROUND);
    let text = &statement.examination.target.document.text;
    let denies = denials(statement).iter().any(|denial| denial.span.overlaps(reach)) || has_denial_by_prefix(place.of(text));
    (words.len() > 1 && inside >= CLAUSE_WORTH && inside >= all * CLAUSE_SHARE && !denies).then(|| trimmed(text, place))
}

/// How many bytes around a clause a denial may belong to it.
const AROUND: usize = 30;

fn trimmed(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let start = span.start + part.len() - part.trim_start().len();
    Span::new(start, start + part.trim().len())
}

/// The negations of a source that deny: 부족하지 않다 affirms, but 전혀 없다 does not.
fn source_negations(statement: &Statement, segment: usize) -> Vec<Mark> {
    let denials = statement.source_marks(segment, Sort::Denial);
    let takes_back = |mark: &Mark| {
        let before = Span::new(mark.span.start.saturating_sub(AFTER_DENIAL), mark.span.start);
        statement.source_at(mark.span).starts_with('지') && denials.iter().any(|denial| denial.span.overlaps(before))
    };
    statement.source_marks(segment, Sort::Negation).into_iter().filter(|mark| !takes_back(mark)).collect()
}

/// How many bytes before a negation the word that denies may end which it takes back: three syllables.
const AFTER_DENIAL: usize = 9;

/// Whether a Korean negation is the predicate of its clause, and does not set one thing against another: 아니라, 말고.
fn is_finite(statement: &Statement, segment: usize, mark: &Mark) -> bool {
    const ENDINGS: &[&str] = &["다", "며", "나", "지만", "는데", "고", "음"];
    const NOUNS: &[&str] = &["것", "점", "셈", "상태", "실정", "상황", "입장", "방침"];
    const CONTRASTS: &[&str] = &["아니라", "아니고", "아니며", "말고", "않고는"];
    let end = statement.source_span(segment).end;
    let rest = &statement.source_rest(mark.span.start)[..end - mark.span.start];
    let mark_length = mark.span.end - mark.span.start;
    let eojeol_end = rest[mark_length..].find(' ').map_or(rest.len(), |at| mark_length + at);
    let eojeol = rest[..eojeol_end].trim_end_matches(|character: char| !character.is_alphanumeric());
    let next = rest[eojeol_end..].trim_start();
    let is_end = ENDINGS.iter().any(|ending| eojeol.ends_with(ending)) || NOUNS.iter().any(|noun| next.starts_with(noun));
    is_end && !CONTRASTS.iter().any(|word| eojeol.contains(word))
}

/// A place in a sentence with the rest of its clauses.
fn clauses(text: &str, sentence: Span, place: Span) -> Span {
    let before = &text[sentence.start..place.start];
    let start = before.rfind([',', ';', ':']).map_or(sentence.start, |at| sentence.start + at + 1);
    let end = place.end + clause(&text[place.end..sentence.end]).find(',').unwrap_or_else(|| clause(&text[place.end..sentence.end]).len());
    Span::new(start + text[start..].len() - text[start..].trim_start().len(), end)
}

/// Whether a Korean word stands among those that a negation denies.
fn stands_before(word: Span, mark: &Mark) -> bool {
    word.end <= mark.span.start + 6 && word.end + PREDICATE_WORDS >= mark.span.start
}

/// How many bytes before a Korean negation the words stand that it denies: five eojeols.
const PREDICATE_WORDS: usize = 60;

/// How many bytes from the end of a Korean sentence its predicate stands.
const PREDICATE: usize = 36;
/// Whether a negation is the predicate of a clause that another one follows: 아니지만, 않으며.
fn ends_clause(statement: &Statement, mark: &Mark) -> bool {
    let rest = statement.source_rest(mark.span.end);
    let eojeol = &rest[..rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len())];
    ["지만", "으나", "으며", "는데", "았고", "었고", "했고"].iter().any(|ending| eojeol.ends_with(ending))
}

/// How many bytes before a Korean negation its word may end: one eojeol.
const NEGATED: usize = 14;

/// Whether a word that denies stands in the clause of a word.
fn is_near(denials: &[Mark], place: Span) -> bool {
    let reach = Span::new(place.start.saturating_sub(CLAUSE), place.end + CLAUSE);
    denials.iter().any(|mark| mark.span.overlaps(reach))
}

/// How many bytes before and behind a word belong to its clause.
const CLAUSE: usize = 48;

/// unable, inactive, useless: the word denies by itself.
fn denies_by_prefix(statement: &Statement, place: Span) -> bool {
    is_denial_by_prefix(place.of(&statement.examination.target.document.text))
}

/// Beginnings of words that deny by themselves, and beginnings that only look like them.
const DENYING: &[&str] = &[
    "un", "non", "dis", "mis", "illeg", "illic", "illo", "illit", "irre", "irra", "impos", "imprac", "imma", "imbal", "impas", "imper",
    "impreci", "improb", "improp", "impru", "inab", "inacc", "inact", "inad", "inapp", "inca", "incom", "incon", "incor", "indef", "indir",
    "inef", "inel", "ineq", "inev", "inex", "infea", "inflex", "infor", "infre", "inhu", "inoper", "insec", "insens", "insig", "insol",
    "inst", "insuff", "intac", "intol", "inval", "invis", "indiff", "indisp", "injus",
];
const PLAIN: &[&str] = &[
    "under", "unit", "uniq", "unif", "union", "univ", "until", "unto", "uncle", "unanim", "discu", "distr", "dist", "displ", "disc",
    "disea", "disp", "miss", "mist", "inform", "incom", "income", "instit", "instr", "insta", "inste", "inca", "indica", "indir",
];

fn is_denial_by_prefix(word: &str) -> bool {
    let word = word.to_lowercase();
    let starts = |beginnings: &[&str]| beginnings.iter().any(|beginning| word.starts_with(beginning));
    let formal =
        ["informal", "incompat", "incompl", "incompet", "instab", "distrust", "dispar", "displea", "discont", "discred", "mistak", "mistr"];
    word.len() > 4 && (starts(&formal) || starts(DENYING) && !starts(PLAIN)) || word.ends_with("less") || word.contains("lessly")
}

fn lost_finding(statement: &Statement, place: Span, segment: usize, mark: Mark) -> Finding {
    let text = &statement.examination.target.document.text;
    let source = statement.source_text(segment);
    let span = with_auxiliary(text, statement.examination.target.document.segments[statement.row.target_index].span, place);
    let mark_text = mark.span.shifted(0);
    let start = statement.source_span(segment).start;
    Finding {
        check: "negation",
        severity: Severity::Major,
        place: Place::Target,
        segment_index: statement.row.target_index,
        span,
        message: format!(
            "sentence {} denies this (“{}”), the English does not",
            segment + 1,
            &source[mark_text.start - start..mark_text.end - start]
        ),
        related: vec![Related { place: Place::Source, segment_index: segment, span: mark.span }],
        suggestion: None,
    }
}

/// A word with the auxiliary before it: "is an easy".
fn with_auxiliary(text: &str, segment: Span, place: Span) -> Span {
    const AUXILIARIES: [&str; 20] = [
        "is", "are", "was", "were", "be", "been", "do", "does", "did", "has", "have", "had", "can", "could", "will", "would", "should",
        "may", "might", "must",
    ];
    let before = &text[segment.start..place.start];
    let mut start = place.start;
    for word in before.split(' ').rev().filter(|word| !word.is_empty()).take(4) {
        let offset = word.as_ptr() as usize - text.as_ptr() as usize;
        if AUXILIARIES.contains(&word) {
            start = offset;
            break;
        }
    }
    Span::new(start, place.end)
}

fn finding(statement: &Statement, mark: Mark, severity: Severity) -> Finding {
    let document = &statement.examination.target.document;
    let segment = statement.homes(mark.span).first().copied().unwrap_or(statement.row.sources[0]);
    Finding {
        check: "negation",
        severity,
        place: Place::Target,
        segment_index: statement.row.target_index,
        span: mark.span,
        message: format!("“{}” denies what sentence {} states without a negation", mark.span.of(&document.text), segment + 1),
        related: vec![Related { place: Place::Source, segment_index: segment, span: statement.source_span(segment) }],
        suggestion: None,
    }
}
