//! The index against its oracle: whatever is asked, it answers as comparing with every unit does.

use jjak::memory::{Query, TranslationUnit};
use jjak::store::{Asked, Store};
use proptest::prelude::*;
use std::borrow::Cow;

/// Few pieces, so that random sentences share much; of every kind that is cut in its own way.
const PIECES: &[&str] = &[
    "북한",
    "한미",
    "핵",
    "조약을",
    " ",
    " ",
    " ",
    "  ",
    "맺었다",
    ".",
    ",",
    "·",
    "2024",
    "1,847",
    "3",
    "년",
    "THAAD",
    "treaty",
    "signed",
    "the",
    "don't",
    "a",
    "—",
    "漢",
    "(",
    ")",
    "NATO의",
];

fn sentence(longest: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 1..longest).prop_map(|pieces| pieces.concat())
}

fn unit() -> impl Strategy<Value = TranslationUnit> {
    (sentence(12), sentence(12), 0..10_u8).prop_map(|(source, target, language)| {
        let mut unit = TranslationUnit::new(source, target);
        if language == 0 {
            unit.source_language = Cow::Borrowed("fr");
        }
        unit
    })
}

/// What was answered, without the units themselves.
fn answered(answers: Vec<jjak::store::Answer>) -> Vec<(i64, &'static str, f64)> {
    answers.into_iter().map(|answer| (answer.hit.unit, answer.hit.class.name(), answer.hit.score)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn the_index_answers_as_the_oracle_does(
        first in prop::collection::vec(unit(), 1..60),
        second in prop::collection::vec(unit(), 0..40),
        newest in prop::collection::vec(unit(), 0..5),
        removed in prop::collection::vec(1_i64..60, 0..5),
        queries in prop::collection::vec((sentence(12), 0.3_f64..1.0, 1_usize..8), 8),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path().join("memory.jjak")).unwrap();
        for (units, name) in [(&first, "first"), (&second, "second"), (&newest, "newest")] {
            let mut import = store.import(name).unwrap();
            units.iter().for_each(|unit| import.add(unit.clone()).unwrap());
            import.finish().unwrap();
            if name != "newest" {
                store.optimise().unwrap();
            }
        }
        for unit in removed {
            store.remove_unit(unit, "test").unwrap();
        }
        let mut look_up = store.look_up().unwrap();
        for (text, least, limit) in queries {
            let asked = Asked { least, limit, ..Asked::default() };
            let truth = answered(look_up.find_exhaustively(&mut Query::new(&text, None), &asked).unwrap());
            let found = answered(look_up.find(&mut Query::new(&text, None), &asked).unwrap());
            prop_assert_eq!(found, truth, "{:?} at {} and {}", text, least, limit);
        }
    }
}
