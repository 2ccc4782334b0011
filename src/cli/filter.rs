//! Which units a look-up may answer with, as the command line says it.

use crate::exchange::date;
use crate::memory::Status;
use crate::store::Filter;
use clap::{Args, ValueEnum};

/// Which units may answer.
#[derive(Args)]
pub struct FilterArguments {
    /// Only units from a document or file whose name has this in it
    #[arg(long, value_name = "NAME")]
    document: Option<String>,
    /// Only units made or changed on this day or later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    since: Option<i64>,
    /// Only units made or changed before this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    until: Option<i64>,
    /// Only units that came so: by import, save or add
    #[arg(long, value_name = "KIND")]
    origin: Option<String>,
    /// Only units of this status; rejected ones answer only when asked for
    #[arg(long, value_enum)]
    status: Option<StatusChoice>,
}

#[derive(Clone, Copy, ValueEnum)]
enum StatusChoice {
    /// A person made it or agreed to it
    Confirmed,
    /// The aligner proposes it
    Proposed,
    /// A person has said that it is wrong
    Rejected,
}

fn day(text: &str) -> Result<i64, String> {
    date::parse(text).ok_or_else(|| "expected a day such as 2024-06-19".to_string())
}

impl FilterArguments {
    /// The filter.
    pub fn filter(&self) -> Filter {
        let status = self.status.map(|status| match status {
            StatusChoice::Confirmed => Status::Confirmed,
            StatusChoice::Proposed => Status::Proposed,
            StatusChoice::Rejected => Status::Rejected,
        });
        Filter { document: self.document.clone(), origin: self.origin.clone(), since: self.since, until: self.until, status }
    }
}
