//! `export`: deliveries as a file on standard output, oldest first.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;

use jiff::Timestamp;

use super::arguments::GlobalArguments;
use super::configured;
use super::exchange_arguments::ExportArguments;
use super::exit::Exit;
use super::list;
use super::progress::ProgressLine;
use super::reading::with_store;
use crate::config::paths::Environment;
use crate::runtime::exporting::redaction::Redaction;
use crate::runtime::exporting::{Export, Written};
use crate::ui::text;

/// Writes the deliveries that match.
pub fn run(
    global: &GlobalArguments,
    arguments: &ExportArguments,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let filter = Arc::new(list::filter(&arguments.filter.join(" "), Timestamp::now())?);
    let config = configured::config(global.flags(), environment)?;
    let redaction = arguments.redact.then(|| Redaction::new(&config, environment)).transpose()?;
    with_store(global, environment, |store| async move {
        let out = io::BufWriter::new(io::stdout().lock());
        let ExportArguments { form, reveal, .. } = *arguments;
        let mut export = Export::begin(out, form, reveal, &config, redaction)?;
        // What is written would go through it on a terminal.
        let shows = !global.quiet && !io::stdout().is_terminal();
        let progress = ProgressLine::new("exported", None, shows);
        export.matching(&store, filter, |count| progress.reached(count)).await?;
        drop(progress);
        let Written { count, notes } = export.end()?;
        if !global.quiet {
            let nothing = (count == 0).then(|| "no delivery matches".to_owned());
            for note in notes.into_iter().chain(nothing) {
                writeln!(io::stderr(), "{}", text::visible(&note))?;
            }
        }
        Ok(Exit::Done)
    })
}
