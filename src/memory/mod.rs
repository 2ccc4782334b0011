//! The translation memory as values: units, how alike two sentences are, and what a look-up answers.

pub mod answer;
pub mod key;
pub mod mine;
pub mod similarity;
pub mod unit;

pub use answer::{Class, Hit, Query};
pub use key::{Key, Metric};
pub use similarity::Figures;
pub use unit::{Details, Status, TranslationUnit};
