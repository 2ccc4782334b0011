//! XLIFF: bilingual files of translation tools. Reads 1.2 and 2.0 to 2.1, writes 2.1.

mod read;
mod write;

use crate::exchange::Format;

/// XLIFF.
pub const FORMAT: Format = Format {
    name: "xliff",
    endings: &["xlf", "xliff", "sdlxliff", "mqxliff"],
    about: "bilingual files; 1.2 and 2.1 read, 2.1 written",
    read: read::read,
    write: write::write,
};

/// What begins the ids of units that are written here, so that they are not taken for keys when they are read again.
const ID: &str = "jjak-";

/// The category of metadata in which this program writes what XLIFF has no word for.
const CATEGORY: &str = "jjak";

/// The category of metadata for properties.
const PROPERTIES: &str = "properties";

/// The kind of placeholder that holds inline mark-up of TMX as it is.
const TMX: &str = "jjak:tmx";

/// The state of a unit that a person has said is wrong.
const REJECTED: &str = "jjak:rejected";
