-- What was learnt from the units: which words stand for each other beyond the built-in lexicon. All of it can be made again
-- from the units (`jjak learn`), so it has no history.

-- Words that units left unexplained: Korean headwords and stems (side 0), English stems (side 1).
CREATE TABLE learnt_words (
    id    INTEGER PRIMARY KEY,
    side  INTEGER NOT NULL CHECK (side IN (0, 1)),
    word  TEXT NOT NULL,
    units INTEGER NOT NULL,             -- that left it unexplained
    UNIQUE (side, word)
) STRICT;

-- Counts, not probabilities: they can be added to, and what they say follows from them when they are read.
CREATE TABLE learnt_links (
    source   INTEGER NOT NULL,          -- learnt_words.id
    target   INTEGER NOT NULL,
    together INTEGER NOT NULL,          -- units that left both unexplained
    aligned  REAL NOT NULL,             -- in how many of these they are expected to stand for each other
    PRIMARY KEY (source, target)
) STRICT, WITHOUT ROWID;

-- From how many units, and up to which number: later ones have not been learnt from yet.
CREATE TABLE learnt_from (
    units     INTEGER NOT NULL,
    last_unit INTEGER NOT NULL
) STRICT;
