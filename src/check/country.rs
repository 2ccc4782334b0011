//! `country`: a country of the English that the original does not have.

use super::comparison::{Doubt, doubts};
use super::{Examination, Finding, Severity};
use crate::anchor::country::Form;
use crate::anchor::{Anchor, Fact};
use crate::glossary::lexicon;
use crate::support::facts::{FOUND, Standing};
use crate::word::english;

/// Compares the countries.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    for doubt in doubts(examination, is_country, |rival, _| is_country(rival)) {
        findings.extend(severity(&doubt).map(|severity| doubt.finding("country", severity)));
    }
}

fn is_country(anchor: &Anchor) -> bool {
    anchor.kind == "country"
}

/// A capital that the lexicon does not have may be a place of its own, which the original spells in its own way.
fn is_little_known(doubt: &Doubt) -> bool {
    let text = doubt.anchor.span.of(&doubt.examination.target.document.text);
    let known = text.split(' ').all(|word| lexicon::stem(&english::stem(word)).is_some_and(lexicon::Stem::is_proper));
    matches!(&doubt.anchor.fact, Fact::Country(place) if place.form == Form::Capital) && !known
}

/// Words by which a Korean text means its own country without naming it.
const HOME: &[&str] = &[
    "국내",
    "우리",
    "정부",
    "국회",
    "대통령",
    "청와대",
    "외교부",
    "국방부",
    "통일부",
    "국정원",
    "국가정보원",
    "기획재정부",
    "산업부",
    "산업통상",
    "환경부",
    "교육부",
    "복지부",
    "노동부",
    "법무부",
    "검찰",
    "대법원",
    "헌법재판소",
    "한국은행",
    "금융위",
    "국세청",
    "합참",
    "합동참모본부",
    "군 당국",
    "국민",
    "자국",
    "본국",
    "국산",
    "국적",
    "내국인",
    "민간",
    "여당",
    "야당",
    "서울",
    "입국",
    "탈북",
    "남북",
    "수도권",
    "비수도권",
    "전국",
    "대북",
];

/// Whether the English names Korea where the original, written there, need not.
fn is_unsaid(doubt: &Doubt) -> bool {
    let (Fact::Country(place), Some(source)) = (&doubt.anchor.fact, doubt.examination.source) else { return false };
    let mut texts = doubt.row.sources.iter().map(|&segment| source.document.segment_text(segment));
    place.code == "KR" && texts.any(|text| HOME.iter().any(|word| text.contains(word)))
}

/// Whether the English names Korea, and no source has the other Korea instead.
fn is_korea(doubt: &Doubt) -> bool {
    let code = |anchor: &Anchor| match &anchor.fact {
        Fact::Country(place) => place.code,
        _ => "",
    };
    code(doubt.anchor) == "KR" && !doubt.rivals.iter().any(|rival| code(rival.anchor) == "KP")
}

fn severity(doubt: &Doubt) -> Option<Severity> {
    match doubt.fact.standing {
        _ if is_unsaid(doubt) => None,
        _ if is_korea(doubt) => Some(Severity::Minor),
        _ if doubt.fact.agreement < FOUND && is_little_known(doubt) && doubt.rivals.is_empty() => Some(Severity::Minor),
        _ if doubt.fact.agreement < FOUND => Some(Severity::Critical),
        Standing::Home | Standing::Sources => None,
        _ if doubt.rivals.is_empty() => None,
        _ => Some(Severity::Major),
    }
}
