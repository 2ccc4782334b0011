//! Which units a look-up may answer with.

use crate::memory::Status;
use crate::store::{Result, unit};
use rusqlite::{Connection, Row};
use rustc_hash::FxHashMap;

/// Which units a look-up may answer with. Rejected ones never answer unless they are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only units whose origin's name has this in it (in any case): a document or a file.
    pub document: Option<String>,
    /// Only units whose origin is of this kind: `import`, `save`, `add`.
    pub origin: Option<String>,
    /// Only units made or changed at this time or later, in seconds since 1970.
    pub since: Option<i64>,
    /// Only units made or changed before this time.
    pub until: Option<i64>,
    /// Only units of this status.
    pub status: Option<Status>,
}

/// A filter made ready.
pub(super) struct Allowed {
    filter: Filter,
    /// Origins that are allowed, with their times; `None` where every origin is.
    origins: Option<FxHashMap<i64, i64>>,
}

/// What of a unit a filter and the context look at.
pub(super) struct Facts {
    status: Status,
    origin: i64,
    /// When the unit itself says it was made or changed.
    at: Option<i64>,
    pub(super) context: Option<u32>,
}

impl Facts {
    pub(super) const COLUMNS: &str = "status, origin, context, coalesce(changed, created)";

    /// Reads [`Facts::COLUMNS`], the first being column `first`.
    pub(super) fn read(row: &Row, first: usize) -> Result<Facts> {
        let status = unit::status(row.get(first)?);
        Ok(Facts { status, origin: row.get(first + 1)?, context: row.get(first + 2)?, at: row.get(first + 3)? })
    }
}

impl Allowed {
    pub(super) fn new(connection: &Connection, filter: &Filter) -> Result<Allowed> {
        let needed = filter.document.is_some() || filter.origin.is_some() || filter.since.is_some() || filter.until.is_some();
        let origins = if needed { Some(origins(connection, filter)?) } else { None };
        Ok(Allowed { filter: filter.clone(), origins })
    }

    /// Whether nothing but rejected units is kept out.
    pub(super) fn is_everything(&self) -> bool {
        self.filter == Filter::default()
    }

    /// Whether no unit can be let through, coming from nowhere that is allowed.
    pub(super) fn is_nothing(&self) -> bool {
        self.origins.as_ref().is_some_and(FxHashMap::is_empty)
    }

    pub(super) fn allows(&self, facts: &Facts) -> bool {
        let status = match self.filter.status {
            Some(status) => facts.status == status,
            None => facts.status != Status::Rejected,
        };
        status && self.allows_origin(facts)
    }

    fn allows_origin(&self, facts: &Facts) -> bool {
        let Some(origins) = &self.origins else { return true };
        let Some(origin_at) = origins.get(&facts.origin) else { return false };
        let at = facts.at.unwrap_or(*origin_at);
        self.filter.since.is_none_or(|since| at >= since) && self.filter.until.is_none_or(|until| at < until)
    }
}

fn origins(connection: &Connection, filter: &Filter) -> Result<FxHashMap<i64, i64>> {
    let mut statement = connection.prepare_cached("SELECT id, at, name, kind FROM actions")?;
    let mut rows = statement.query([])?;
    let wanted = filter.document.as_deref().map(str::to_lowercase);
    let mut origins = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let (name, kind): (String, String) = (row.get(2)?, row.get(3)?);
        let is_of_kind = filter.origin.as_ref().is_none_or(|origin| *origin == kind);
        if is_of_kind && wanted.as_ref().is_none_or(|wanted| name.to_lowercase().contains(wanted)) {
            origins.insert(row.get(0)?, row.get(1)?);
        }
    }
    Ok(origins)
}
