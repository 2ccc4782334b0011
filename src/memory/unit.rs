//! A translation unit: two texts that say the same, and what is known about them.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Two texts that say the same. Where one of the languages is Korean, it is the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranslationUnit {
    /// The text that was translated, without mark-up.
    pub source: String,
    /// What it was translated to, without mark-up.
    pub target: String,
    /// Language tag of the source ("ko", "ko-KR").
    pub source_language: Cow<'static, str>,
    /// Language tag of the target ("en", "en-GB").
    pub target_language: Cow<'static, str>,
    /// Whether somebody has looked at it.
    pub status: Status,
    /// The key another tool knows it by (`tuid` in TMX), unique in that tool's file.
    pub key: Option<String>,
    /// When it was made, in seconds since 1970; `None` where nobody says.
    pub created: Option<i64>,
    /// When it was changed last, in seconds since 1970; `None` where nobody says.
    pub changed: Option<i64>,
    /// A fingerprint of the source text before it in its document (see [`crate::memory::key::fingerprint`]), where that is known.
    pub context: Option<u32>,
    /// What else an exchange format told, so that it can be told again.
    pub details: Option<Box<Details>>,
}

impl TranslationUnit {
    /// A confirmed Korean-English unit of which nothing else is known.
    pub fn new(source: impl Into<String>, target: impl Into<String>) -> TranslationUnit {
        TranslationUnit {
            source: source.into(),
            target: target.into(),
            source_language: Cow::Borrowed("ko"),
            target_language: Cow::Borrowed("en"),
            status: Status::Confirmed,
            key: None,
            created: None,
            changed: None,
            context: None,
            details: None,
        }
    }
}

/// How far a pairing can be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// A person made it or agreed to it. What a file brings in counts as confirmed.
    #[default]
    Confirmed,
    /// The aligner proposes it.
    Proposed,
    /// A person has said that it is wrong.
    Rejected,
}

impl Status {
    /// Every status, in the order of their numbers in the store.
    pub const ALL: [Status; 3] = [Status::Confirmed, Status::Proposed, Status::Rejected];

    /// The name used in JSON and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Status::Confirmed => "confirmed",
            Status::Proposed => "proposed",
            Status::Rejected => "rejected",
        }
    }
}

/// What an exchange format told of a unit beyond its texts. Kept as JSON in the store; empty parts are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Attributes of the unit as written in the file, by name (`creationid`, `usagecount` …).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<(String, String)>,
    /// Properties of the unit: type and value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<(String, String)>,
    /// Notes on the unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What was told of the source alone.
    #[serde(default, skip_serializing_if = "SideDetails::is_empty")]
    pub source: SideDetails,
    /// What was told of the target alone.
    #[serde(default, skip_serializing_if = "SideDetails::is_empty")]
    pub target: SideDetails,
}

impl Details {
    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        *self == Details::default()
    }
}

/// What an exchange format told of one side of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideDetails {
    /// Attributes as written in the file, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<(String, String)>,
    /// Properties: type and value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<(String, String)>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Inline mark-up that was taken out of the text: the byte of the text it stood before, and the mark-up as XML, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inline: Vec<(usize, String)>,
}

impl SideDetails {
    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        *self == SideDetails::default()
    }
}
