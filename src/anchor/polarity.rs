//! Words that turn, bind or weaken a statement: negation, obligation, possibility, hedge, condition.

use crate::text::{Language, Span};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::sync::LazyLock;

/// What a word does to its statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Turns it: 않다, not.
    Negation,
    /// Turns it by its meaning: 거부하다, fail.
    Denial,
    /// Demands it: 해야 한다, must.
    Obligation,
    /// Allows it or holds it for possible: 할 수 있다, may.
    Possibility,
    /// Weakens it: 것으로 보인다, appears.
    Hedge,
    /// Binds it: 지 않는 한, unless.
    Condition,
    /// Only looks like one of these: 뿐만 아니라, not only.
    Plain,
}

/// A word or phrase of polarity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it does.
    pub sort: Sort,
    /// Its bytes in the folded text.
    pub span: Span,
}

const SORTS: [(&str, Sort); 7] = [
    ("negation", Sort::Negation),
    ("denial", Sort::Denial),
    ("obligation", Sort::Obligation),
    ("possibility", Sort::Possibility),
    ("hedge", Sort::Hedge),
    ("condition", Sort::Condition),
    ("plain", Sort::Plain),
];

/// The forms of one sort in one language.
struct Forms {
    sort: Sort,
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    forms: Vec<Form>,
}

struct Form {
    text: String,
    at_start: bool,
    at_end: bool,
    sort: Sort,
}

struct Tables {
    korean: Vec<Forms>,
    english: Vec<Forms>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables { korean: tables("ko"), english: tables("en") });

/// One automaton a sort; negation also knows the plain forms that hide it.
fn tables(language: &str) -> Vec<Forms> {
    let rows: Vec<(&str, &str)> = include_str!("polarity.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t').filter(|(code, _)| *code == language)?.1.split_once('\t'))
        .collect();
    let forms_of = |sort: Sort| {
        let names = rows.iter().filter(move |(name, _)| SORTS.contains(&(*name, sort)));
        names.flat_map(|(_, forms)| forms.split(';')).map(move |form| Form::new(form, sort))
    };
    let sorts = [Sort::Negation, Sort::Denial, Sort::Obligation, Sort::Possibility, Sort::Hedge, Sort::Condition];
    let all = sorts.into_iter().map(|sort| {
        let mut forms: Vec<Form> = forms_of(sort).collect();
        if sort == Sort::Negation {
            forms.extend(forms_of(Sort::Plain));
        }
        Forms::new(sort, forms)
    });
    all.collect()
}

impl Form {
    fn new(form: &str, sort: Sort) -> Form {
        let text = form.trim_start_matches('^').trim_end_matches('$');
        Form { text: text.to_string(), at_start: form.starts_with('^'), at_end: form.ends_with('$'), sort }
    }

    /// Whether the form may stand at a place of a text.
    fn fits(&self, text: &str, start: usize, end: usize, language: Language) -> bool {
        let before = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = text[end..].chars().next().is_some_and(char::is_alphanumeric);
        match language {
            Language::English => !before && (!after || self.text.ends_with('.')),
            Language::Korean => !(self.at_start && before || self.at_end && after),
        }
    }
}

impl Forms {
    fn new(sort: Sort, mut forms: Vec<Form>) -> Forms {
        forms.sort_by(|one, other| one.text.cmp(&other.text));
        forms.dedup_by(|one, other| one.text == other.text);
        let patterns = forms.iter().map(|form| form.text.as_str());
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
        let automaton = builder.build(patterns).expect("the forms are distinct and not empty");
        Forms { sort, automaton, forms }
    }
}

/// The marks of a sort in a folded text, in order.
pub fn marks(text: &str, language: Language, sort: Sort) -> Vec<Mark> {
    let tables = match language {
        Language::Korean => &TABLES.korean,
        Language::English => &TABLES.english,
    };
    let table = if sort == Sort::Plain { Sort::Negation } else { sort };
    let Some(forms) = tables.iter().find(|forms| forms.sort == table) else { return Vec::new() };
    let lower;
    let text = match language {
        Language::Korean => text,
        Language::English => {
            lower = text.to_ascii_lowercase();
            &lower
        }
    };
    let found = forms.automaton.leftmost_find_iter(text).filter_map(|found| {
        let form = &forms.forms[found.value() as usize];
        (form.sort == sort && form.fits(text, found.start(), found.end(), language))
            .then(|| Mark { sort, span: Span::new(found.start(), found.end()) })
    });
    found.collect()
}
