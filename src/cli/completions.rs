//! `completions` and `man`: what shells and manual readers get from the same definition of the
//! command line.

use std::io::{self, Write as _};

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use super::arguments::Arguments;
use super::exit::Exit;

/// Prints the completions of a shell.
pub fn run(shell: Shell) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "hookscope", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Exit::Done)
}

/// Prints the manual page, each command with its options in a section of its own.
pub fn manual() -> anyhow::Result<Exit> {
    let program = Arguments::command();
    let page = Man::new(program.clone());
    let mut text = Vec::new();
    page.render_title(&mut text)?;
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    for command in program.get_subcommands() {
        text.extend(section(command)?);
    }
    io::stdout().write_all(&text)?;
    Ok(Exit::Done)
}

/// A command's own page, one level down.
fn section(command: &clap::Command) -> anyhow::Result<Vec<u8>> {
    let name = format!("hookscope {}", command.get_name());
    let heading = format!(".SH \"{}\"\n", name.to_uppercase());
    let page = Man::new(command.clone().bin_name(name).disable_help_flag(true));
    let mut text = Vec::new();
    page.render_description_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_options_section(&mut text)?;
    let text = String::from_utf8(text)?.replace("\n.SH ", "\n.SS ");
    // Each part begins with the same two definitions, which stand at the top of the page already.
    let lines = text.lines().filter(|line| !line.contains(".ds Aq "));
    Ok((heading + &lines.collect::<Vec<_>>().join("\n") + "\n").into_bytes())
}
