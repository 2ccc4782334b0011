-- The look-up's index. All of it is derived from the units and can be made again from them at any time.
--
-- A part covers a range of unit numbers and is written once, in one transaction; new parts replace old ones. Units beyond
-- the last part are compared one by one. Texts of units never change, so a part can only hold too much (units that have
-- been removed), never too little.
--
-- Within a part the texts lie on two shelves: 0 the Korean ones, 1 all others. On a shelf they are numbered by length
-- ("ordinals"), so that the lengths that can answer a query are one range.
--
-- Keys of rows: place of the part, 13 bits; shelf, 1 bit; 48 bits that say what of the shelf.
CREATE TABLE index_parts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    place      INTEGER NOT NULL UNIQUE,
    first_unit INTEGER NOT NULL,
    last_unit  INTEGER NOT NULL
) STRICT;

CREATE TABLE index_shelves (
    part     INTEGER NOT NULL REFERENCES index_parts (id) ON DELETE CASCADE,
    shelf    INTEGER NOT NULL,
    entries  INTEGER NOT NULL,
    lengths  BLOB NOT NULL,             -- pairs of 32 bits: a length and the first ordinal that has it
    frequent BLOB NOT NULL,             -- pairs of 32 bits: a feature whose list is stored page by page, and its count
    PRIMARY KEY (part, shelf)
) STRICT, WITHOUT ROWID;

-- Which ordinals have a feature. The 48 bits: feature (32), page of the list plus one (16), or 0 for a list in one piece.
CREATE TABLE index_lists (
    key  INTEGER PRIMARY KEY,
    list BLOB NOT NULL
) STRICT;

-- The unit behind an ordinal, a thousand ordinals a row: twice the distance from the part's first unit, plus one for a target.
CREATE TABLE index_entries (
    key     INTEGER PRIMARY KEY,
    entries BLOB NOT NULL
) STRICT;

-- Fingerprints of whole texts, sorted: with numbers masked, as they stand, and of the other side. For exact look-up.
CREATE TABLE index_hashes (
    key    INTEGER PRIMARY KEY,
    hashes BLOB NOT NULL
) STRICT;

-- Every distinct word and number in small letters, for parts of words.
CREATE TABLE index_words (
    key   INTEGER PRIMARY KEY,
    words TEXT NOT NULL
) STRICT;
