-- What a memory holds. Reasons stand beside each table; times are seconds since 1970 (UTC).

-- Every change has an origin and a time: one row for each command that changed something.
-- `undone_by` names the action that took it back.
CREATE TABLE actions (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    at        INTEGER NOT NULL,
    kind      TEXT NOT NULL,            -- import, save, add, remove, clean, undo, term …
    name      TEXT NOT NULL,            -- the file or document it came from
    undone_by INTEGER REFERENCES actions (id)
) STRICT;

-- Texts of saved pairs, whole, so that spans keep their meaning whatever happens to the file.
CREATE TABLE documents (
    id       INTEGER PRIMARY KEY,
    path     TEXT NOT NULL,             -- as the user named it
    language TEXT NOT NULL,
    digest   INTEGER NOT NULL,          -- of the text: finds the same text under another name
    text     TEXT NOT NULL
) STRICT;
CREATE INDEX documents_by_digest ON documents (digest);
CREATE INDEX documents_by_path ON documents (path);

CREATE TABLE segments (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number   INTEGER NOT NULL,          -- from 0, in text order
    kind     TEXT NOT NULL,
    first    INTEGER NOT NULL,          -- bytes of the document's text
    last     INTEGER NOT NULL,          -- the byte after it
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

-- Two aligned documents. A changed version is a new row; `replaced_by` keeps the old one out of sight but not out of history.
CREATE TABLE pairs (
    id          INTEGER PRIMARY KEY,
    source      INTEGER NOT NULL REFERENCES documents (id),
    target      INTEGER NOT NULL REFERENCES documents (id),
    saved_by    INTEGER NOT NULL REFERENCES actions (id),
    replaced_by INTEGER REFERENCES actions (id)
) STRICT;
CREATE INDEX pairs_by_source ON pairs (source);
CREATE INDEX pairs_by_saving ON pairs (saved_by);

CREATE TABLE beads (
    id     INTEGER PRIMARY KEY,
    pair   INTEGER NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,            -- from 0, in the aligner's order
    score  REAL NOT NULL,
    status INTEGER NOT NULL,            -- 0 confirmed, 1 proposed, 2 rejected
    unit   INTEGER,                     -- the unit made of it; units may go, so no foreign key
    UNIQUE (pair, number)
) STRICT;

CREATE INDEX beads_by_unit ON beads (unit);

-- A bead's segments are sets, not ranges: a summary jumps.
CREATE TABLE bead_segments (
    bead    INTEGER NOT NULL REFERENCES beads (id) ON DELETE CASCADE,
    side    INTEGER NOT NULL CHECK (side IN (0, 1)), -- 0 source, 1 target
    segment INTEGER NOT NULL,
    PRIMARY KEY (bead, side, segment)
) STRICT, WITHOUT ROWID;

-- Language tags by number: a million units repeat a handful of them, and 0 and 1 cost SQLite no byte.
CREATE TABLE languages (
    id  INTEGER PRIMARY KEY,
    tag TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO languages VALUES (0, 'ko'), (1, 'en');

-- Translation units. The texts of a unit never change: an edit is a removal and an addition, so whatever is derived from
-- a number stays true. No index stands on the texts; the look-up keeps its own (next migration).
CREATE TABLE units (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    source          TEXT NOT NULL,
    target          TEXT NOT NULL,
    source_language INTEGER NOT NULL REFERENCES languages (id),
    target_language INTEGER NOT NULL REFERENCES languages (id),
    status          INTEGER NOT NULL,   -- as in beads
    origin          INTEGER NOT NULL,   -- actions.id; not declared as a foreign key, which a million inserts would pay for
    restored_by     INTEGER,            -- the undo that brought it back, if one did
    created         INTEGER,
    changed         INTEGER,
    context         INTEGER,            -- fingerprint of the source text before it
    key             TEXT,               -- the tuid of TMX
    details         TEXT                -- JSON: notes, properties, inline mark-up
) STRICT;
CREATE INDEX units_by_key ON units (key) WHERE key IS NOT NULL;

-- What was a unit once: deletions are kept.
CREATE TABLE removed_units (
    id              INTEGER PRIMARY KEY,
    source          TEXT NOT NULL,
    target          TEXT NOT NULL,
    source_language INTEGER NOT NULL,
    target_language INTEGER NOT NULL,
    status          INTEGER NOT NULL,
    origin          INTEGER NOT NULL,
    restored_by     INTEGER,
    created         INTEGER,
    changed         INTEGER,
    context         INTEGER,
    key             TEXT,
    details         TEXT,
    removed_by      INTEGER NOT NULL REFERENCES actions (id)
) STRICT;
CREATE INDEX removed_units_by_action ON removed_units (removed_by);

-- Terms of the user's own glossary.
CREATE TABLE terms (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    note     TEXT NOT NULL,
    origin   INTEGER NOT NULL REFERENCES actions (id)
) STRICT;

CREATE TABLE term_forms (
    term   INTEGER NOT NULL REFERENCES terms (id) ON DELETE CASCADE,
    side   INTEGER NOT NULL CHECK (side IN (0, 1)), -- 0 source, 1 target
    number INTEGER NOT NULL,            -- from 0, in the order of the entry
    form   TEXT NOT NULL,
    status TEXT NOT NULL,               -- preferred, admitted, deprecated, forbidden
    PRIMARY KEY (term, side, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX term_forms_by_form ON term_forms (form);
