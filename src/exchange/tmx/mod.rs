//! TMX 1.4b: translation memories of every tool. Reads 1.1 to 1.4, writes 1.4 at level 2.

mod inline;
mod read;
mod write;

use crate::exchange::Format;

/// TMX 1.4b.
pub const FORMAT: Format =
    Format { name: "tmx", endings: &["tmx"], about: "translation memory exchange 1.4b", read: read::read, write: write::write };

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
