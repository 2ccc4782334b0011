//! Exact look-up: the fingerprints of whole texts.

use super::build::{hash_row, hash_row_bits};
use super::{Entry, Part, REFERENCE, Shelf, reference_from_bytes};
use crate::memory::imprint::Imprint;
use crate::memory::postings::pull;
use crate::store::Result;
use rusqlite::{Connection, Statement};

/// A text with the fingerprint looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) entry: Entry,
    pub(super) exact: u16,
    /// The fingerprint of the text on the other side of its unit, kept of sources.
    pub(super) other: u16,
}

/// Reads fingerprints.
pub(super) struct Hashes<'a> {
    row: Statement<'a>,
    /// The key of the row read last, and its texts with their masked fingerprints, rising.
    last: Option<i64>,
    texts: Vec<(u32, Found)>,
    found: Vec<Found>,
}

impl<'a> Hashes<'a> {
    pub(super) fn new(connection: &'a Connection) -> Result<Hashes<'a>> {
        let row = connection.prepare("SELECT hashes FROM index_hashes WHERE key = ?")?;
        Ok(Hashes { row, last: None, texts: Vec::new(), found: Vec::new() })
    }

    /// Forgets the row read last, which may have been replaced.
    pub(super) fn forget(&mut self) {
        self.last = None;
    }

    /// All texts of a part whose masked fingerprint is that of the imprint, those that may be the very same text first.
    pub(super) fn alike(&mut self, part: &Part, shelf: Shelf, imprint: &Imprint) -> Result<&[Found]> {
        let bits = hash_row_bits(part.shelved(shelf).entries);
        let row = hash_row(imprint.masked, bits);
        if self.last != Some(part.key(shelf, row)) {
            self.read(part, shelf, row, (row << (32 - bits)) as u32)?;
        }
        let start = self.texts.partition_point(|(masked, _)| *masked < imprint.masked);
        let alike = self.texts[start..].iter().take_while(|(masked, _)| *masked == imprint.masked);
        self.found.clear();
        self.found.extend(alike.map(|(_, found)| *found));
        self.found.sort_by_key(|found| found.exact != imprint.exact);
        Ok(&self.found)
    }

    fn read(&mut self, part: &Part, shelf: Shelf, row: u64, mut masked: u32) -> Result<()> {
        let key = part.key(shelf, row);
        self.last = Some(key);
        self.texts.clear();
        let mut rows = self.row.query([key])?;
        let Some(row) = rows.next()? else { return Ok(()) };
        let bytes = row.get_ref(0)?.as_blob().unwrap_or(&[]);
        let mut at = 0;
        while at < bytes.len() {
            masked = masked.wrapping_add(pull(bytes, &mut at));
            let Some(exact) = bytes.get(at..).and_then(|rest| rest.first_chunk()) else { break };
            let Some(reference) = bytes.get(at + 2..).and_then(|rest| rest.first_chunk::<REFERENCE>()) else { break };
            at += 2 + REFERENCE;
            let entry = part.entry(reference_from_bytes(reference));
            let exact = u16::from_le_bytes(*exact);
            let other = bytes.get(at..).and_then(|rest| rest.first_chunk()).filter(|_| !entry.is_target);
            at += other.map_or(0, |_| 2);
            let other = other.map_or(0, |other| u16::from_le_bytes(*other));
            self.texts.push((masked, Found { entry, exact, other }));
        }
        Ok(())
    }
}
