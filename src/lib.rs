//! jjak: a translation memory and bilingual aligner for Korean-English policy briefs.
//!
//! Text flows through the rooms in the order of this list; a room uses only the rooms above it.
//!
//! ```
//! use jjak::anchor::Given;
//! use jjak::align::{Side, evidence::Matrix};
//! use jjak::check::{self, Examination};
//! use jjak::{read, support};
//!
//! let source = read::text("brief.ko.txt", "국회는 조약을 비준했다. 조약은 6월 19일에 서명되었다.")?;
//! let target = read::text("brief.en.txt", "The treaty was signed on 17 June. It was ratified by the National Assembly.")?;
//! let (source, target) = Side::pair(source, target, &Given::default());
//! let matrix = Matrix::new(&source, &target);
//! let ledger = support::ledger(&matrix);
//! let findings = check::run(&Examination::of(&matrix, &ledger));
//! assert_eq!(findings[0].check, "date");
//! assert_eq!(findings[0].span.of(&target.document.text), "17 June");
//! # Ok::<(), read::Error>(())
//! ```

pub mod text;
pub mod document;
pub mod read;
pub mod segment;
pub mod word;
pub mod glossary;
pub mod learn;
pub mod anchor;
pub mod align;
pub mod support;
pub mod check;
pub mod memory;
pub mod report;
pub mod exchange;
pub mod store;
pub mod cli;
