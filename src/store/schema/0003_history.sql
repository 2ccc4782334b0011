-- History that can be taken back, and numbers that need not count a million units.

-- What of an action is in the memory now: units, and bytes of their texts.
ALTER TABLE actions ADD COLUMN units INTEGER NOT NULL DEFAULT 0;
ALTER TABLE actions ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
UPDATE actions SET units = counted.units, bytes = counted.bytes
FROM (SELECT origin, count(*) AS units, sum(octet_length(source) + octet_length(target)) AS bytes FROM units GROUP BY origin) AS counted
WHERE counted.origin = actions.id;

-- What an undo took back.
ALTER TABLE actions ADD COLUMN undoes INTEGER REFERENCES actions (id);

-- A unit that comes back gets a new number, since the index holds a number's text for ever. This is the number that it had
-- first, where that is another one.
ALTER TABLE units ADD COLUMN identity INTEGER;
ALTER TABLE removed_units ADD COLUMN identity INTEGER;
CREATE INDEX units_by_identity ON units (identity) WHERE identity IS NOT NULL;

-- What an action changed without adding or removing a unit, and what stood there before, so that it can be undone.
CREATE TABLE changes (
    action INTEGER NOT NULL REFERENCES actions (id),
    what   TEXT NOT NULL,               -- pair: pairs.replaced_by; bead, unit: its status; term: brought back; restored: the identity
                                        -- of a unit that was brought back
    id     INTEGER NOT NULL,
    before INTEGER
) STRICT;
CREATE INDEX changes_by_action ON changes (action);

-- What was a term once.
CREATE TABLE removed_terms (
    id         INTEGER PRIMARY KEY,
    note       TEXT NOT NULL,
    origin     INTEGER NOT NULL,
    forms      TEXT NOT NULL,           -- JSON: side, number, form, status of each
    removed_by INTEGER NOT NULL REFERENCES actions (id)
) STRICT;
CREATE INDEX removed_terms_by_action ON removed_terms (removed_by);

-- The blobs of a part, so that its size is known and damage is seen: their bytes, and the sum of their fingerprints.
-- Parts written before this have no sum.
ALTER TABLE index_parts ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE index_parts ADD COLUMN digest INTEGER;
