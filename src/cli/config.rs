//! `jjak.toml`: how a house wants things.

use super::nearby;
use crate::check::{CHECKS, Check, Profile, Severity};
use crate::glossary::countries::{Country, NameStyle, Style};
use anyhow::{Context, Result, anyhow};
use clap::ValueEnum;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of the file.
pub const FILE: &str = "jjak.toml";

/// The page that `jjak explain configuration` prints.
pub const PAGE: &str = include_str!("configuration.md");

/// What the file says, and where it stands.
#[derive(Debug, Default)]
pub struct Config {
    /// The file; nothing where there is none and everything is as usual.
    pub path: Option<PathBuf>,
    content: Content,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Content {
    profile: Option<ProfileChoice>,
    fail_on: Option<FailOn>,
    #[serde(default)]
    glossary: Vec<PathBuf>,
    #[serde(default)]
    checks: BTreeMap<CheckName, Level>,
    #[serde(default)]
    countries: Countries,
}

/// `--profile` as the user gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum ProfileChoice {
    /// What is wrong in any text, finished or not
    Draft,
    /// What should be right before publication; the usual one
    Publication,
    /// House style too, and checks that are often wrong
    Strict,
}

/// `--fail-on` as the user gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Any finding
    Minor,
    /// Major and critical findings
    Major,
    /// Critical findings
    Critical,
    /// No finding
    Never,
}

impl FailOn {
    /// The least severity that makes a check fail.
    pub fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Minor => Some(Severity::Minor),
            FailOn::Major => Some(Severity::Major),
            FailOn::Critical => Some(Severity::Critical),
            FailOn::Never => None,
        }
    }
}

/// The name of a check that there is.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct CheckName(&'static str);

impl<'de> Deserialize<'de> for CheckName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let check = CHECKS.iter().find(|check| check.name == name);
        check.map(|check| CheckName(check.name)).ok_or_else(|| {
            let names: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
            D::Error::custom(format!("there is no check \"{name}\"; there are {}", names.join(", ")))
        })
    }
}

/// What `[checks]` says of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Off,
    On,
    Minor,
    Major,
    Critical,
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Level::Off | Level::On => None,
            Level::Minor => Some(Severity::Minor),
            Level::Major => Some(Severity::Major),
            Level::Critical => Some(Severity::Critical),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Countries {
    /// `short` (ROK-U.S.) or `common` (South Korea-U.S.).
    names: Option<String>,
    /// What stands between the names, a hyphen or a dash.
    joiner: Option<String>,
    /// Codes of countries that come first whatever the Korean order: ["US"] gives U.S.-ROK.
    #[serde(default)]
    first: Vec<String>,
}

impl Config {
    /// Reads the file that is named, or the nearest one above a text or the working folder; without one everything is as usual.
    pub fn load(named: Option<&Path>, text: Option<&str>) -> Result<Config> {
        let Some(path) = named.map(Path::to_path_buf).or_else(|| nearby::find(FILE, text)) else { return Ok(Config::default()) };
        let name = path.display();
        let content =
            std::fs::read_to_string(&path).with_context(|| format!("{name}: cannot be read; check the name and the permissions"))?;
        let content = toml::from_str(&content).map_err(|error| at_line(&path, &content, &error))?;
        Ok(Config { path: Some(path), content })
    }

    /// The profile that the file asks for.
    pub fn profile(&self) -> Option<ProfileChoice> {
        self.content.profile
    }

    /// The least severity that fails, as the file has it.
    pub fn fail_on(&self) -> Option<FailOn> {
        self.content.fail_on
    }

    /// Further lists of terms, named from the folder of the file.
    pub fn glossaries(&self) -> impl Iterator<Item = PathBuf> {
        let folder = self.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        self.content.glossary.iter().map(move |list| folder.join(list))
    }

    /// The checks that run in a profile: those it has, without those the file puts off, with those it puts on.
    pub fn checks(&self, profile: ProfileChoice) -> Vec<&'static Check> {
        let profile = match profile {
            ProfileChoice::Draft => Profile::Draft,
            ProfileChoice::Publication => Profile::Publication,
            ProfileChoice::Strict => Profile::Strict,
        };
        let runs = |check: &&Check| self.level(check.name).map_or(check.profile <= profile, |level| level != Level::Off);
        CHECKS.iter().filter(runs).collect()
    }

    /// The severity that the file gives to what a check finds.
    pub fn severity(&self, check: &str) -> Option<Severity> {
        self.level(check)?.severity()
    }

    fn level(&self, check: &str) -> Option<Level> {
        self.content.checks.iter().find(|(name, _)| name.0 == check).map(|(_, level)| *level)
    }

    /// How groups of countries are written.
    pub fn style(&self) -> Result<Style> {
        let file = self.path.as_deref().unwrap_or(Path::new(FILE)).display();
        let countries = &self.content.countries;
        let mut style = Style::default();
        match countries.names.as_deref() {
            None | Some("short") => {}
            Some("common") => style.names = NameStyle::Common,
            Some(other) => return Err(anyhow!("{file}: [countries] names: expected \"short\" or \"common\", found \"{other}\"")),
        }
        if let Some(joiner) = &countries.joiner {
            style.joiner.clone_from(joiner);
        }
        for code in &countries.first {
            let country = Country::of_code(code);
            style.first.push(country.ok_or_else(|| anyhow!("{file}: [countries] first: expected codes such as \"US\", found \"{code}\""))?);
        }
        Ok(style)
    }
}

/// What is wrong in a TOML file, with the line.
pub fn at_line(path: &Path, content: &str, error: &toml::de::Error) -> anyhow::Error {
    let line = error.span().map_or(1, |span| content[..span.start.min(content.len())].matches('\n').count() + 1);
    anyhow!("{}:{line}: {}", path.display(), error.message().replace('`', "\"").replace('\n', "; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(text: &str) -> Result<Content> {
        toml::from_str(text).map_err(|error| at_line(Path::new(FILE), text, &error))
    }

    #[test]
    fn the_examples_of_the_page_are_configuration() {
        let examples: Vec<&str> = PAGE.split("```toml\n").skip(1).filter_map(|part| Some(part.split_once("```")?.0)).collect();
        assert!(!examples.is_empty());
        for example in examples.iter().filter(|example| !example.contains("[[silence]]")) {
            content(example).unwrap();
        }
    }

    #[test]
    fn an_error_names_the_line_and_what_was_expected() {
        for (text, expected) in [
            ("profil = \"draft\"", "jjak.toml:1: unknown field \"profil\", expected one of \"profile\", \"fail-on\""),
            ("\nprofile = \"harsh\"", "jjak.toml:2: unknown variant \"harsh\", expected one of \"draft\", \"publication\", \"strict\""),
            ("[checks]\nnumber = \"off\"\nrhyme = \"off\"", "jjak.toml:3: there is no check \"rhyme\"; there are acronym,"),
            ("[checks]\nnumber = \"loud\"", "jjak.toml:2: unknown variant \"loud\", expected one of \"off\", \"on\""),
            ("[checks]\nnumber = 3", "jjak.toml:2: "),
            ("[check]\nnumber = \"off\"", "jjak.toml:1: unknown field \"check\""),
            ("profile = ", "jjak.toml:1: "),
        ] {
            let error = content(text).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn the_file_puts_checks_on_and_off_and_gives_them_a_severity() {
        let config = |text: &str| Config { path: None, content: content(text).unwrap() };
        let names = |config: &Config, profile| config.checks(profile).iter().map(|check| check.name).collect::<Vec<_>>();
        let usual = names(&Config::default(), ProfileChoice::Publication);
        assert!(names(&Config::default(), ProfileChoice::Draft).len() <= usual.len());
        assert_eq!(names(&Config::default(), ProfileChoice::Strict).len(), CHECKS.len());
        let changed = config("[checks]\nnumber = \"off\"\ndate = \"minor\"");
        assert_eq!(names(&changed, ProfileChoice::Publication), usual.iter().copied().filter(|name| *name != "number").collect::<Vec<_>>());
        assert_eq!((changed.severity("date"), changed.severity("number"), changed.severity("name")), (Some(Severity::Minor), None, None));
        for check in CHECKS.iter().filter(|check| check.profile == Profile::Strict) {
            assert!(names(&config(&format!("[checks]\n{} = \"on\"", check.name)), ProfileChoice::Draft).contains(&check.name));
        }
    }
}
