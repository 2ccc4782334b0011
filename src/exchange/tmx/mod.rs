//! TMX 1.4b: translation memories of every tool. Reads 1.1 to 1.4, writes 1.4 at level 2.

mod inline;
mod read;
mod write;

use crate::exchange::Format;
use crate::memory::TranslationUnit;

/// TMX 1.4b.
pub const FORMAT: Format =
    Format { name: "tmx", endings: &["tmx"], about: "translation memory exchange 1.4b", read: read::read, write: write::write };

/// Takes inline mark-up out of a unit that would not come back as it is when written and read again: what strangers' files of
/// other formats call mark-up may be anything. Says whether there was any.
pub(super) fn drop_wrong_inline(unit: &mut TranslationUnit) -> bool {
    let Some(details) = unit.details.as_deref().filter(|details| !details.source.inline.is_empty() || !details.target.inline.is_empty())
    else {
        return false;
    };
    let inline = (details.source.inline.clone(), details.target.inline.clone());
    if inline_again(unit).as_ref() == Some(&inline) {
        return false;
    }
    if let Some(details) = unit.details.as_mut() {
        (details.source.inline, details.target.inline) = Default::default();
    }
    unit.details.take_if(|details| details.is_empty());
    true
}

/// Mark-up of both sides.
type BothInline = (Vec<(usize, String)>, Vec<(usize, String)>);

/// The inline mark-up of a unit after it has been written and read again.
fn inline_again(unit: &TranslationUnit) -> Option<BothInline> {
    let mut bytes = Vec::new();
    let mut plain = TranslationUnit::new(&unit.source, &unit.target);
    plain.details.clone_from(&unit.details);
    write::write(&mut bytes, &mut |take| take(plain.clone())).ok()?;
    let mut found = None;
    read::read(&mut &bytes[..], &mut |unit| {
        let is_same = (&unit.source, &unit.target) == (&plain.source, &plain.target);
        found = unit.details.filter(|_| is_same).map(|details| (details.source.inline, details.target.inline));
        Ok(())
    })
    .ok()?;
    found
}

/// Attributes of a unit that TMX 1.4 has and that are kept as they are; the dates, the source language and the `tuid` have
/// fields of their own.
const UNIT_ATTRIBUTES: &[&str] = &[
    "o-encoding",
    "datatype",
    "usagecount",
    "lastusagedate",
    "creationtool",
    "creationtoolversion",
    "creationid",
    "segtype",
    "changeid",
    "o-tmf",
];

/// Attributes of a side that are kept as they are.
const SIDE_ATTRIBUTES: &[&str] = &[
    "o-encoding",
    "datatype",
    "usagecount",
    "lastusagedate",
    "creationtool",
    "creationtoolversion",
    "creationdate",
    "creationid",
    "changedate",
    "o-tmf",
    "changeid",
];

/// What `segtype` may say.
const SEGMENT_TYPES: &[&str] = &["block", "paragraph", "sentence", "phrase"];

/// Properties in which this program writes what TMX has no word for.
const STATUS: &str = "x-jjak-status";
const CONTEXT: &str = "x-jjak-context";

/// Properties in which other tools write the sentence before.
const CONTEXTS: &[&str] = &["prev", "x-context-pre", "x-previous-source-text"];
