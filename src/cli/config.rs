//! `jjak.toml` of the working folder: how a house wants things.

use crate::glossary::countries::{Country, NameStyle, Style};
use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use std::path::Path;

/// The name of the file.
pub const FILE: &str = "jjak.toml";

/// What the file says; sections of other commands are left alone.
#[derive(Debug, Default, Deserialize)]
pub struct Config {
    /// `[countries]`: how groups of countries are written in English.
    #[serde(default)]
    countries: Countries,
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
    /// Reads the file of the working folder; without one everything is as usual.
    pub fn load() -> Result<Config> {
        if !Path::new(FILE).exists() {
            return Ok(Config::default());
        }
        let text = std::fs::read_to_string(FILE).with_context(|| format!("{FILE}: cannot be read; check the permissions"))?;
        toml::from_str(&text).map_err(|error| anyhow!("{FILE}: {}", error.to_string().trim_end()))
    }

    /// How groups of countries are written.
    pub fn style(&self) -> Result<Style> {
        let mut style = Style::default();
        match self.countries.names.as_deref() {
            None | Some("short") => {}
            Some("common") => style.names = NameStyle::Common,
            Some(other) => return Err(anyhow!("{FILE}: [countries] names: expected \"short\" or \"common\", found \"{other}\"")),
        }
        if let Some(joiner) = &self.countries.joiner {
            style.joiner.clone_from(joiner);
        }
        for code in &self.countries.first {
            let country = Country::of_code(code);
            style.first.push(country.ok_or_else(|| anyhow!("{FILE}: [countries] first: expected codes such as \"US\", found \"{code}\""))?);
        }
        Ok(style)
    }
}
