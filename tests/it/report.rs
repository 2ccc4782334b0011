//! The output forms: what each makes of one and the same check, byte for byte, and that text stays text in all of them.
//!
//! `BLESS=1 cargo test report` writes the expected files in `report/`.

use jjak::align::evidence::Matrix;
use jjak::align::{Evidence, Mode, Side};
use jjak::anchor::Given;
use jjak::check::{CHECKS, Check, Examination, Finding, Place, Related, Severity};
use jjak::document::Document;
use jjak::report::{By, Checked, FORMATS, Silenced};
use jjak::support::facts::Facts;
use jjak::support::omitted::{Omission, omitted};
use jjak::support::{Row, Verdict};
use jjak::text::Span;
use jjak::{read, segment, support};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;

const SOURCE: &str = include_str!("report/brief.ko.txt");
const TARGET: &str = include_str!("report/brief.en.md");

/// A check made by hand, so that the forms are tested and not the checks.
struct Sample {
    source: Side,
    target: Side,
    ledger: Vec<Row>,
    checks: Vec<&'static Check>,
    findings: Vec<Finding>,
    silenced: Vec<Silenced>,
    notes: Vec<String>,
    omitted: Vec<Omission>,
}

/// A document of that text; control characters, which no reader lets in, are put in afterwards.
fn side(path: &str, text: &str) -> Side {
    let readable = text.replace(['\u{1b}', '\u{7}'], "~");
    let mut document = segment::segment(read::text(path, &readable).unwrap());
    document.text = text.to_string();
    Side::new(document, Vec::new())
}

fn span(document: &Document, words: &str) -> Span {
    let start = document.text.find(words).unwrap_or_else(|| panic!("{words}"));
    Span::new(start, start + words.len())
}

fn segment_of(document: &Document, words: &str) -> usize {
    let start = span(document, words).start;
    document.segments.iter().position(|segment| segment.span.end > start).unwrap_or_else(|| panic!("{words} in {:?}", document.segments))
}

impl Sample {
    fn new(source: &str, target: &str) -> Sample {
        let (source, target) = (side("짝 1/brief.ko.txt", source), side("짝 1/brief.en.md", target));
        let checks = CHECKS.iter().filter(|check| ["date", "number", "residue", "unsupported"].contains(&check.name)).collect();
        Sample {
            source,
            target,
            ledger: Vec::new(),
            checks,
            findings: Vec::new(),
            silenced: Vec::new(),
            notes: Vec::new(),
            omitted: Vec::new(),
        }
    }

    /// The sample that the expected files show: every verdict, every severity, a silence of each sort.
    fn usual() -> Sample {
        let mut sample = Sample::new(SOURCE, TARGET);
        sample.row("421 coastal", Verdict::Supported, 0.984, &["412척"], None);
        sample.row("126 billion", Verdict::Partial, 0.91, &["1,260억", "어민 단체"], Some("and a foreign bank has offered a loan "));
        sample.row("Shipyards", Verdict::Unsupported, 0.062, &["장관은"], None);
        sample.row("Fishermen", Verdict::Supported, 0.88, &["어민 단체"], None);
        sample.row("It was so", Verdict::Undecided, 0.5, &[], None);
        sample.explain("vessels", "선박", "lexicon");
        sample.explain("126 billion won", "1,260억 원", "currency");
        sample.explain("Fishermen", "어민 단체", "lexicon");
        sample.find("number", Severity::Critical, "421", "“421” stands nowhere in the original; sentence 1 has “412척”", Some("412척"));
        sample.findings[0].suggestion = Some("412".to_string());
        sample.find(
            "unsupported",
            Severity::Major,
            "and a foreign bank has offered a loan ",
            "no source for this part",
            Some("1,260억 원"),
        );
        sample.find("residue", Severity::Minor, "충전", "Korean left in the English: “충전”\u{1b}[31m", None);
        sample.find("unsupported", Severity::Major, "Shipyards in the north have", "no source found", None);
        sample.find("number", Severity::Critical, "two hundred", "“two hundred” stands nowhere in the original", None);
        sample.find("date", Severity::Minor, "this year", "“this year” is 2025 | or <2024>", Some("올해"));
        let reasons = [
            ("the shipyards are in the \"annex\"", By::File),
            ("counted at the site <visit>", By::Mark),
            ("in the baseline", By::Baseline),
        ];
        for ((reason, by), finding) in reasons.into_iter().zip(sample.findings.split_off(3)) {
            sample.silenced.push(Silenced { finding, reason: reason.to_string(), by });
        }
        let (source_index, facts) =
            (segment_of(&sample.source.document, "장관은"), vec![("date", span(&sample.source.document, "10월 2일"))]);
        sample.omitted.push(Omission { source_index, weight: 12.345, reasons: vec!["numbers", "names"], facts });
        sample.notes.push("jjak-silences.toml:7: silences nothing any more; delete it".to_string());
        sample
    }

    fn row(&mut self, words: &str, verdict: Verdict, support: f64, sources: &[&str], unsupported: Option<&str>) {
        let target = &self.target.document;
        let lacking = ["Shipyards", "north", "foreign bank"].into_iter().filter(|words| target.text.contains(words));
        let missing = lacking.map(|words| ("lexicon", span(target, words)));
        let target_index = segment_of(target, words);
        let inside = |span: &Span| target.segments[target_index].span.contains(*span);
        self.ledger.push(Row {
            target_index,
            verdict,
            support,
            sources: sources.iter().map(|words| segment_of(&self.source.document, words)).collect(),
            evidence: Vec::new(),
            missing: missing.filter(|(_, span)| inside(span)).collect(),
            unsupported_span: unsupported.map(|words| span(target, words)),
        });
    }

    fn explain(&mut self, target: &str, source: &str, kind: &'static str) {
        let (target_index, source_index) = (segment_of(&self.target.document, target), segment_of(&self.source.document, source));
        let (target_span, source_span) = (span(&self.target.document, target), span(&self.source.document, source));
        let row = self.ledger.iter_mut().find(|row| row.target_index == target_index).unwrap();
        row.evidence.push(Evidence { kind, target_span, source_index, source_span, value: source.to_string(), weight: 2.0 });
    }

    fn find(&mut self, check: &'static str, severity: Severity, words: &str, message: &str, related: Option<&str>) {
        let (source, target) = (&self.source.document, &self.target.document);
        let related =
            related.map(|words| Related { place: Place::Source, segment_index: segment_of(source, words), span: span(source, words) });
        self.findings.push(Finding {
            check,
            severity,
            place: Place::Target,
            segment_index: segment_of(target, words),
            span: span(target, words),
            message: message.to_string(),
            related: related.into_iter().collect(),
            suggestion: None,
        });
    }

    /// What a form makes of the sample.
    fn written(&self, form: &str) -> String {
        let examination = Examination {
            source: Some(&self.source),
            target: &self.target,
            ledger: &self.ledger,
            facts: Facts::default(),
            matrix: None,
            terms: None,
        };
        self.written_of(&examination, form)
    }

    fn written_of(&self, examination: &Examination, form: &str) -> String {
        let checked = Checked {
            examination,
            mode: Some(Mode::Summary),
            checks: &self.checks,
            findings: &self.findings,
            silenced: &self.silenced,
            omitted: examination.source.map(|_| &self.omitted[..]),
            notes: &self.notes,
            fail_on: Some(Severity::Major),
            width: 90,
            elapsed: Duration::from_millis(12),
        };
        let format = FORMATS.iter().find(|format| format.name == form).unwrap();
        let mut out = Vec::new();
        (format.check.unwrap())(&checked, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }
}

fn forms() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.check.is_some()).map(|format| format.name)
}

/// What is compared: JSON on many lines, without the manual pages, which are tested where they are written; a page without
/// its style and its script.
fn shown(form: &str, written: &str) -> String {
    if form == "html" {
        return ["style", "script nonce=\"page\""].iter().fold(written.to_string(), |page, element| without(&page, element));
    }
    if !["json", "sarif"].contains(&form) {
        return written.to_string();
    }
    let mut value: Value = serde_json::from_str(written).unwrap();
    for rule in value.pointer_mut("/runs/0/tool/driver/rules").and_then(Value::as_array_mut).into_iter().flatten() {
        assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# "));
        rule.as_object_mut().unwrap().remove("help");
    }
    serde_json::to_string_pretty(&value).unwrap() + "\n"
}

fn without(page: &str, element: &str) -> String {
    let (before, rest) = page.split_once(&format!("<{element}>\n")).unwrap();
    let end = format!("\n</{}>", element.split(' ').next().unwrap());
    format!("{before}<{element}>{}", &rest[rest.find(&end).unwrap()..])
}

fn expected(form: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/report").join(format!("check.{form}"))
}

#[test]
fn every_form_writes_what_its_file_shows() {
    let sample = Sample::usual();
    let mut wrong = Vec::new();
    for form in forms() {
        let (path, now) = (expected(form), shown(form, &sample.written(form)));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &now).unwrap();
        }
        let is = std::fs::read_to_string(&path).unwrap_or_default();
        let differ = is.lines().zip(now.lines()).find(|(is, now)| is != now);
        if is != now {
            wrong.push(format!("{form}: {differ:?}"));
        }
    }
    assert!(wrong.is_empty(), "these forms have changed (BLESS=1 writes them):\n{}", wrong.join("\n"));
}

/// Texts that would command a browser, a terminal, a build server or a spreadsheet if they were let.
const HOSTILE: &str = "</script><img src=x onerror=alert(1)> <!-- --> ]]> & \" ' ` | {{x}} \u{1b}]0;x\u{7} \u{202E}abc ::error::x %0A ${x}";

fn hostile() -> Sample {
    let mut sample = Sample::new(&format!("가나 {HOSTILE} 다라.\n"), &format!("Alpha {HOSTILE} omega.\n"));
    sample.row("Alpha", Verdict::Unsupported, 0.1, &["가나"], Some(HOSTILE));
    sample.find("number", Severity::Critical, HOSTILE, HOSTILE, Some(HOSTILE));
    sample.findings[0].suggestion = Some(HOSTILE.to_string());
    let silenced = Silenced { finding: sample.findings[0].clone(), reason: HOSTILE.to_string(), by: By::File };
    sample.silenced.push(silenced);
    sample.notes.push(HOSTILE.to_string());
    sample
}

#[test]
fn hostile_text_stays_text() {
    let sample = hostile();
    for form in forms() {
        let written = sample.written(form);
        assert!(!written.contains("\u{1b}]") && !written.contains('\u{7}'), "{form} commands the terminal");
        if ["junit", "markdown", "html"].contains(&form) {
            assert!(!written.contains("<img") && !written.contains("<!-- -->") && !written.contains('\u{202E}'), "{form}");
        }
        if form == "github" {
            assert_eq!(written.lines().count(), 1, "{written}");
        }
    }
}

#[test]
fn text_of_every_form_is_one_document_of_its_kind() {
    for sample in [Sample::usual(), hostile(), Sample::new(SOURCE, TARGET)] {
        for form in ["json", "sarif"] {
            serde_json::from_str::<Value>(&sample.written(form)).unwrap();
        }
        for line in sample.written("jsonl").lines() {
            assert!(serde_json::from_str::<Value>(line).unwrap()["type"].is_string());
        }
        let junit = sample.written("junit");
        let mut reader = quick_xml::Reader::from_str(&junit);
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(element) | quick_xml::events::Event::Empty(element) => {
                    element.attributes().for_each(|attribute| drop(attribute.unwrap()));
                }
                _ => {}
            }
        }
    }
}

#[test]
fn an_english_text_alone_can_be_written_in_every_form() {
    let mut sample = Sample::usual();
    sample.findings.iter_mut().for_each(|finding| finding.related.clear());
    sample.silenced.iter_mut().for_each(|silenced| silenced.finding.related.clear());
    for form in forms() {
        assert!(!sample.written_of(&Examination::alone(&sample.target), form).is_empty(), "{form}");
    }
}

/// What the schema of SARIF 2.1.0 demands of the parts that are written: member, and whether it must be there.
const SARIF: &[(&str, &[(&str, bool)])] = &[
    ("log", &[("$schema", false), ("version", true), ("runs", true)]),
    ("run", &[("tool", true), ("columnKind", false), ("language", false), ("artifacts", false), ("results", false)]),
    ("driver", &[("name", true), ("semanticVersion", false), ("informationUri", false), ("rules", false)]),
    ("rule", &[("id", true), ("shortDescription", false), ("help", false), ("defaultConfiguration", false), ("properties", false)]),
    (
        "result",
        &[
            ("ruleId", false),
            ("ruleIndex", false),
            ("level", false),
            ("message", true),
            ("locations", false),
            ("relatedLocations", false),
            ("partialFingerprints", false),
            ("fixes", false),
            ("suppressions", false),
            ("properties", false),
        ],
    ),
    ("location", &[("id", false), ("physicalLocation", false), ("logicalLocations", false), ("message", false)]),
    ("physicalLocation", &[("artifactLocation", true), ("region", false)]),
    ("region", &[("startLine", true), ("startColumn", false), ("endLine", false), ("endColumn", false), ("snippet", false)]),
    ("suppression", &[("kind", true), ("justification", false)]),
    ("fix", &[("description", false), ("artifactChanges", true)]),
];

fn holds_to(part: &str, value: &Value) {
    let members = SARIF.iter().find(|(name, _)| *name == part).unwrap().1;
    let object = value.as_object().unwrap();
    for name in object.keys() {
        assert!(members.iter().any(|(member, _)| member == name), "{part} has no {name}");
    }
    for (member, _) in members.iter().filter(|(_, required)| *required) {
        assert!(object.contains_key(*member), "{part} lacks {member}");
    }
}

fn holds_location(log: &Value, location: &Value) {
    holds_to("location", location);
    let physical = &location["physicalLocation"];
    holds_to("physicalLocation", physical);
    holds_to("region", &physical["region"]);
    let index = physical["artifactLocation"]["index"].as_u64().unwrap() as usize;
    assert_eq!(physical["artifactLocation"]["uri"], log["runs"][0]["artifacts"][index]["location"]["uri"]);
    let number = |name: &str| physical["region"][name].as_u64().unwrap();
    assert!(number("startLine") >= 1 && (number("startLine"), number("startColumn")) < (number("endLine"), number("endColumn")));
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn sarif_holds_to_its_schema() {
    for sample in [Sample::usual(), hostile(), Sample::new(SOURCE, TARGET)] {
        let log: Value = serde_json::from_str(&sample.written("sarif")).unwrap();
        holds_to("log", &log);
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        holds_to("run", run);
        holds_to("driver", &run["tool"]["driver"]);
        let rules = list(&run["tool"]["driver"]["rules"]);
        rules.iter().for_each(|rule| holds_to("rule", rule));
        assert_eq!(list(&run["results"]).len(), sample.findings.len() + sample.silenced.len());
        for result in list(&run["results"]) {
            holds_to("result", result);
            assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
            assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
            list(&result["locations"]).iter().chain(list(&result["relatedLocations"])).for_each(|location| holds_location(&log, location));
            for suppression in list(&result["suppressions"]) {
                holds_to("suppression", suppression);
                assert!(["inSource", "external"].contains(&suppression["kind"].as_str().unwrap()));
            }
            list(&result["fixes"]).iter().for_each(|fix| holds_to("fix", fix));
        }
    }
}

#[test]
fn what_the_english_leaves_out_is_ranked_with_its_reasons() {
    let source = "정부는 조약을 비준하였다. 예산은 1,260억 원이다. 날씨가 좋았다. 따라서 국회는 해상 감시를 강화하여야 한다.\n";
    let target = "The government ratified the treaty.\n";
    let given = Given::default();
    let (source, target) = Side::pair(read::text("a.ko.txt", source).unwrap(), read::text("a.en.txt", target).unwrap(), &given);
    let matrix = Matrix::new(&source, &target);
    let omitted = omitted(&matrix, &support::ledger(&matrix));
    let told: Vec<(usize, &[&str])> = omitted.iter().map(|omission| (omission.source_index, &omission.reasons[..])).collect();
    assert_eq!(told, [(3, &["conclusion"][..]), (1, &["numbers"]), (2, &[])]);
    assert_eq!(
        omitted[1].facts.iter().map(|(kind, span)| (*kind, span.of(&source.document.text))).collect::<Vec<_>>(),
        [("money", "1,260억 원")]
    );
    assert!(omitted.is_sorted_by(|one, other| one.weight >= other.weight));
}
