//! The house terms that come with the program, one table a field.

use super::{Concept, table};

/// Every table of glossary/terms: its field and what it holds.
pub const TABLES: &[(&str, &str)] = &[
    ("diplomacy", include_str!("../../glossary/terms/diplomacy.tsv")),
    ("security", include_str!("../../glossary/terms/security.tsv")),
    ("inter-korean", include_str!("../../glossary/terms/inter-korean.tsv")),
    ("institutions", include_str!("../../glossary/terms/institutions.tsv")),
    ("titles", include_str!("../../glossary/terms/titles.tsv")),
    ("law", include_str!("../../glossary/terms/law.tsv")),
    ("un", include_str!("../../glossary/terms/un.tsv")),
    ("aid", include_str!("../../glossary/terms/aid.tsv")),
    ("economy", include_str!("../../glossary/terms/economy.tsv")),
    ("industry", include_str!("../../glossary/terms/industry.tsv")),
];

/// All of them, in the order of the tables. Reading them takes some 2 ms, so they are read when first needed.
pub fn concepts() -> Vec<Concept> {
    TABLES.iter().flat_map(|(_, text)| table::house(text)).collect()
}
