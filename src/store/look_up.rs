//! Look-up in the memory: exact, fuzzy and concordance.

use crate::memory::{Hit, Needle, Query};
use crate::store::filter::Allowed;
use crate::store::index::{Searcher, Shelf};
use crate::store::oracle::Oracle;
use crate::store::unit::{self, Languages};
use crate::store::{Filter, Result, Store, StoredUnit};
use regex::Regex;
use rusqlite::{OptionalExtension, Statement};

/// What is asked of a look-up.
#[derive(Clone, Debug)]
pub struct Asked {
    /// How alike a hit must be, 0 to 1.
    pub least: f64,
    /// The most hits.
    pub limit: usize,
    /// Whether whole sentences are compared.
    pub whole: bool,
    /// Whether sentences that hold the query count too.
    pub concordance: bool,
    /// A pattern that sentences must match, instead of holding the query.
    pub pattern: Option<Regex>,
    /// Which units may answer.
    pub filter: Filter,
}

impl Default for Asked {
    fn default() -> Asked {
        Asked { least: 0.7, limit: 5, whole: true, concordance: true, pattern: None, filter: Filter::default() }
    }
}

/// A hit with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// How it answers.
    pub hit: Hit,
    /// The unit.
    pub unit: StoredUnit,
}

/// What concordance looks for and where, in the order in which it looks: the piece among the texts of the query's language,
/// then among the others, then the same for its words.
pub(super) struct Needles {
    needles: Vec<Needle>,
    shelf: Shelf,
    is_one_sided: bool,
}

impl Needles {
    /// A needle that is looked for among the texts of the query's language alone.
    pub(super) fn of_one_side(needle: Needle, query: &Query) -> Needles {
        let shelf = if query.is_korean() { Shelf::Korean } else { Shelf::Other };
        Needles { needles: vec![needle], shelf, is_one_sided: true }
    }

    fn new(query: &Query, asked: &Asked) -> Needles {
        let shelf = if query.is_korean() { Shelf::Korean } else { Shelf::Other };
        let needles = match &asked.pattern {
            _ if !asked.concordance => Vec::new(),
            Some(pattern) => vec![Needle::pattern(pattern.clone())],
            None => Needle::piece(&query.text).into_iter().chain(Needle::words(&query.text)).collect(),
        };
        Needles { needles, shelf, is_one_sided: false }
    }

    pub(super) fn each(&self) -> impl Iterator<Item = (&Needle, Shelf)> {
        let sides = if self.is_one_sided { vec![self.shelf] } else { vec![self.shelf, self.shelf.other()] };
        self.needles.iter().flat_map(move |needle| sides.clone().into_iter().map(move |shelf| (needle, shelf)))
    }
}

/// Looks up again and again in the state that the memory is in at each time.
pub struct LookUp<'a> {
    store: &'a Store,
    searcher: Searcher<'a>,
    unit: Statement<'a>,
    filter: Filter,
    allowed: Allowed,
    oracle: Option<Oracle>,
}

impl Store {
    /// Makes looking up ready.
    pub fn look_up(&self) -> Result<LookUp<'_>> {
        self.named(self.new_look_up())
    }

    fn new_look_up(&self) -> Result<LookUp<'_>> {
        self.map()?;
        let unit = self.connection.prepare(&format!("SELECT {} FROM {} WHERE units.id = ?", unit::COLUMNS, unit::TABLES))?;
        let allowed = Allowed::new(&self.connection, &Filter::default())?;
        Ok(LookUp { store: self, searcher: Searcher::new(&self.connection)?, unit, filter: Filter::default(), allowed, oracle: None })
    }
}

impl LookUp<'_> {
    /// The best units for a query, best first.
    pub fn find(&mut self, query: &mut Query, asked: &Asked) -> Result<Vec<Answer>> {
        self.find_with(query, asked, &Needles::new(query, asked))
    }

    /// The same, looking for needles of one's own.
    pub(super) fn find_with(&mut self, query: &mut Query, asked: &Asked, needles: &Needles) -> Result<Vec<Answer>> {
        let answers = self.find_now(query, asked, needles);
        self.store.named(answers)
    }

    fn find_now(&mut self, query: &mut Query, asked: &Asked, needles: &Needles) -> Result<Vec<Answer>> {
        if asked.filter != self.filter {
            self.allowed = Allowed::new(&self.store.connection, &asked.filter)?;
            self.filter = asked.filter.clone();
        }
        let hits = self.searcher.find(query, asked, needles, &self.allowed)?;
        self.answers(hits)
    }

    fn answers(&mut self, hits: Vec<Hit>) -> Result<Vec<Answer>> {
        let languages = Languages::load(&self.store.connection)?;
        let mut answers = Vec::with_capacity(hits.len());
        for hit in hits {
            let unit = self.unit.query_row([hit.unit], |row| unit::from_row(row, &languages)).optional()?;
            answers.extend(unit.map(|unit| Answer { hit, unit }));
        }
        Ok(answers)
    }

    /// The same by comparing with every unit, all of which are read into memory first: the truth that the index is tested
    /// against.
    pub fn find_exhaustively(&mut self, query: &mut Query, asked: &Asked) -> Result<Vec<Answer>> {
        let answers = self.find_all(query, asked);
        self.store.named(answers)
    }

    fn find_all(&mut self, query: &mut Query, asked: &Asked) -> Result<Vec<Answer>> {
        let connection = &self.store.connection;
        let version = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        let oracle = match self.oracle.take().filter(|oracle| oracle.version() == version) {
            Some(oracle) => oracle,
            None => Oracle::load(connection, version)?,
        };
        let hits = oracle.find(query, asked, &Needles::new(query, asked), &Allowed::new(connection, &asked.filter)?);
        self.oracle = Some(oracle);
        self.answers(hits)
    }
}
