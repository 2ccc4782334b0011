-- The index also says where signs stand beside each other ("-r"): the whole index is made again from the units.
DELETE FROM index_lists;
DELETE FROM index_entries;
DELETE FROM index_hashes;
DELETE FROM index_words;
DELETE FROM index_shelves;
DELETE FROM index_parts;
