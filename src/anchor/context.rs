//! What anchors need to know of a pair of documents: the day of writing, the glosses, the names and countries of the English.

use super::date::{self, Date, Day};
use super::gloss::{self, Gloss, Glosses};
use super::name::Names;
use super::{country, reading, words::words};
use crate::document::{Document, Kind};
use crate::glossary::Matcher;
use crate::learn::Learnt;
use crate::text::{Folded, Language};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// What the user says of a pair beside its texts.
#[derive(Clone, Default)]
pub struct Given {
    /// The day of writing; without it the texts are asked.
    pub today: Option<Day>,
    /// Terms to look for in both texts.
    pub terms: Option<Arc<Matcher>>,
    /// What a memory knows of the words of the source.
    pub learnt: Arc<Learnt>,
}

/// What anchors need to know of a pair of documents.
#[derive(Default)]
pub struct Context {
    today: Option<Day>,
    terms: Option<Arc<Matcher>>,
    glosses: Glosses,
    /// The countries the English names; nothing where there is no English.
    countries: Option<FxHashSet<&'static str>>,
    names: Names,
}

/// How many segments at the beginning of a document are searched for its date.
const HEAD: usize = 12;

impl Context {
    /// What is known of a pair; the source may be missing.
    pub fn of(source: Option<&Document>, target: &Document) -> Context {
        let is_english = target.language == Language::English;
        let (names, (glosses, countries)) = rayon::join(
            || if is_english { Names::of(source, target) } else { Names::default() },
            || (glosses(source, target), is_english.then(|| countries(&target.text))),
        );
        let today = source.and_then(written_on).or_else(|| written_on(target));
        Context { today, glosses: Glosses::new(glosses), countries, names, ..Context::default() }
    }

    /// The same, written on a given day.
    pub fn on(mut self, day: Day) -> Context {
        self.today = Some(day);
        self
    }

    /// The same with what the user says.
    pub fn with(mut self, given: &Given) -> Context {
        self.today = given.today.or(self.today);
        self.terms.clone_from(&given.terms);
        self
    }

    /// The terms that the user brings along.
    pub fn terms(&self) -> Option<&Matcher> {
        self.terms.as_deref()
    }

    /// The day of writing, where it is known.
    pub fn today(&self) -> Option<Day> {
        self.today
    }

    /// The terms that the texts explain.
    pub fn glosses(&self) -> &Glosses {
        &self.glosses
    }

    /// The names of the English and where the Korean has them.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Whether the English names a country, or there is no English to tell.
    pub fn expects(&self, code: &str) -> bool {
        self.countries.as_ref().is_none_or(|countries| countries.contains(code))
    }
}

/// What either text explains in the other language.
fn glosses(source: Option<&Document>, target: &Document) -> Vec<Gloss> {
    let (mut glosses, english) = rayon::join(
        || source.map_or_else(Vec::new, |source| gloss::harvest_korean(Folded::new(&source.text).text())),
        || gloss::harvest_english(Folded::new(&target.text).text()),
    );
    join(&mut glosses, english);
    glosses
}

/// Adds what the English says of its acronyms to the glosses that the Korean gives.
fn join(glosses: &mut Vec<Gloss>, english: Vec<Gloss>) {
    let mut first: FxHashMap<String, usize> = FxHashMap::default();
    for (index, gloss) in glosses.iter().enumerate() {
        for form in &gloss.english {
            first.entry(form.clone()).or_insert(index);
        }
    }
    for further in english {
        let known = further.english.iter().filter_map(|form| first.get(form)).min().copied();
        let Some(index) = known else { continue };
        for form in further.english {
            first.entry(form.clone()).and_modify(|known| *known = index.min(*known)).or_insert(index);
            if !glosses[index].english.contains(&form) {
                glosses[index].english.push(form);
            }
        }
    }
    glosses.dedup();
}

/// The date of a document: the first full date among its first segments, a byline before anything else.
fn written_on(document: &Document) -> Option<Day> {
    let head = document.segments.iter().take(HEAD);
    let bylines = head.clone().filter(|segment| segment.kind == Kind::Byline);
    bylines
        .chain(head.filter(|segment| !matches!(segment.kind, Kind::Sentence | Kind::Item)))
        .find_map(|segment| full_date(segment.span.of(&document.text), document.language))
}

fn full_date(text: &str, language: Language) -> Option<Day> {
    let folded = Folded::new(text);
    let context = Context::default();
    let mut reading = reading::Reading::new(folded.text(), language, Kind::Byline, &context);
    date::find(&mut reading);
    reading.finish().into_iter().find_map(|anchor| match anchor.fact {
        super::Fact::Date(Date { year: Some((year, last)), month: Some((month, _)), day, .. }) if year == last => {
            Some(Day { year, month, day: day.map_or(15, |(day, _)| day) })
        }
        _ => None,
    })
}

fn countries(text: &str) -> FxHashSet<&'static str> {
    let words = words(text);
    (0..words.len()).filter_map(|index| country::english_at(text, &words, index)).map(|(place, _)| place.code).collect()
}
