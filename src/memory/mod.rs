//! The translation memory as values: units, how alike two sentences are, and what a look-up answers.

pub mod answer;
pub mod counter;
pub mod difference;
pub mod features;
pub mod fragment;
pub mod imprint;
pub mod key;
pub mod mine;
pub mod needle;
pub mod postings;
pub mod similarity;
pub mod unit;

pub use answer::{Class, Hit, Query};
pub use key::{Key, Metric};
pub use needle::Needle;
pub use similarity::Figures;
pub use unit::{Details, SideDetails, Status, TranslationUnit};
