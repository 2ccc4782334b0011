//! `jjak clean`: units that the memory is better without.

use super::format::{self, Form};
use crate::cli::memory::Memory;
use crate::store::{Fault, Faulty, Store};
use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// Finds duplicates, contradictions, empty and broken units; removes them only with --apply
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak clean                       what there is\n  jjak clean --apply               removes duplicates, empty and broken units\n  jjak clean conflict --apply      of different translations the newest stays\n\nWhat is removed stays in the history: jjak undo brings it back."
)]
pub struct Arguments {
    /// Which faults; by default all are shown, and duplicate, empty and broken removed
    #[arg(value_name = "FAULTS", value_parser = fault())]
    faults: Vec<Fault>,
    /// Remove the units instead of showing them
    #[arg(long)]
    apply: bool,
    /// The most units shown of each fault
    #[arg(long, default_value_t = 5, value_name = "N")]
    limit: usize,
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    #[command(flatten)]
    memory: Memory,
}

/// Reads the name of a fault.
fn fault() -> impl TypedValueParser<Value = Fault> {
    let names = Fault::ALL.map(|fault| PossibleValue::new(fault.name()).help(fault.about()));
    PossibleValuesParser::new(names).try_map(|name| Fault::ALL.into_iter().find(|fault| fault.name() == name).ok_or("no such fault"))
}

/// Shows or removes; exit code 1 where a preview shows something.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let named = &arguments.faults;
    if arguments.apply {
        let faults = if named.is_empty() { Fault::CERTAIN.to_vec() } else { named.clone() };
        let removed = arguments.memory.open_existing()?.clean(&faults)?;
        match arguments.format {
            Form::Text => writeln!(io::stdout(), "{} units removed; jjak undo brings them back", removed.len())?,
            Form::Json => {
                format::print_json(&Removed { schema: "jjak/clean/1", removed: removed.iter().map(|faulty| faulty.unit).collect() })?
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    let Some(store) = arguments.memory.open_to_read()? else { return Ok(ExitCode::SUCCESS) };
    let mut faulty = store.faulty()?;
    faulty.retain(|faulty| named.is_empty() || named.contains(&faulty.fault));
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        Form::Text => print(&store, &faulty, arguments.limit, &mut out)?,
        Form::Json => print_json(&store, &faulty, arguments.limit, &mut out)?,
    }
    out.flush()?;
    Ok(if faulty.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The units with each fault: how many there are, and the first of them.
fn by_fault(faulty: &[Faulty], limit: usize) -> impl Iterator<Item = (Fault, usize, &[Faulty])> {
    let of_one = faulty.chunk_by(|left, right| left.fault == right.fault);
    of_one.map(move |faulty| (faulty[0].fault, faulty.len(), &faulty[..limit.min(faulty.len())]))
}

fn print(store: &Store, faulty: &[Faulty], limit: usize, out: &mut impl Write) -> Result<()> {
    for (fault, count, shown) in by_fault(faulty, limit) {
        writeln!(out, "{count} {}", fault.name())?;
        for faulty in shown {
            let texts = store.unit(faulty.unit)?.map(|stored| (stored.unit.source, stored.unit.target)).unwrap_or_default();
            writeln!(out, "  {:>8}  {}\n            {}", faulty.unit, texts.0, texts.1)?;
            if let (Fault::Conflict, Some(better)) = (fault, faulty.better.map(|unit| store.unit(unit)).transpose()?.flatten()) {
                writeln!(out, "  but {:>4}  {}", better.id, better.unit.target)?;
            }
        }
    }
    match faulty.is_empty() {
        true => writeln!(out, "nothing to clean")?,
        false => writeln!(out, "nothing was changed; --apply removes them")?,
    }
    Ok(())
}

fn print_json(store: &Store, faulty: &[Faulty], limit: usize, out: &mut impl Write) -> Result<()> {
    let mut faults = Vec::new();
    for (fault, count, shown) in by_fault(faulty, limit) {
        let mut units = Vec::new();
        for faulty in shown {
            let texts = store.unit(faulty.unit)?.map(|stored| (stored.unit.source, stored.unit.target)).unwrap_or_default();
            units.push(UnitOutput { unit: faulty.unit, better: faulty.better, source: texts.0, target: texts.1 });
        }
        faults.push(FaultOutput { fault, count, units });
    }
    serde_json::to_writer(&mut *out, &Output { schema: "jjak/clean/1", faults })?;
    writeln!(out)?;
    Ok(())
}

#[derive(Serialize)]
struct Removed {
    schema: &'static str,
    removed: Vec<i64>,
}

#[derive(Serialize)]
struct Output {
    schema: &'static str,
    faults: Vec<FaultOutput>,
}

#[derive(Serialize)]
struct FaultOutput {
    fault: Fault,
    count: usize,
    units: Vec<UnitOutput>,
}

#[derive(Serialize)]
struct UnitOutput {
    unit: i64,
    better: Option<i64>,
    source: String,
    target: String,
}
