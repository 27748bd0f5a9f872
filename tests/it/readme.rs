//! The README's tables are made from the code. `UPDATE=1 cargo test` writes them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use hookscope::app::bindings::BINDINGS;
use hookscope::app::command_line::verbs::{VERBS, Verb};
use hookscope::app::context::Context;
use hookscope::app::help::{MOUSE, MOUSE_TITLE};
use hookscope::app::key::Key;
use hookscope::app::names::name_of;
use hookscope::config::DEFAULT_FILE;
use hookscope::ui::theme::{Palette, Role, written};
use hookscope::verify::catalog::{Catalog, Listing};

fn check(name: &str, made: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&file).unwrap();
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let from = readme.find(&begin).unwrap() + begin.len();
    let to = readme.find(&end).unwrap();
    if readme.get(from..to).unwrap() == made {
        return;
    }
    assert!(
        std::env::var_os("UPDATE").is_some(),
        "the table of {name} in the README is not that of the code; UPDATE=1 cargo test writes it"
    );
    let updated = format!("{}{made}{}", readme.get(..from).unwrap(), readme.get(to..).unwrap());
    fs::write(&file, updated).unwrap();
}

#[test]
fn the_keys_are_those_of_the_bindings() {
    let mut made = String::from("| Key | Meaning | Name |\n|---|---|---|\n");
    for context in Context::ALL {
        let bindings = BINDINGS.iter().filter(|binding| binding.context == context);
        for (place, binding) in bindings.enumerate() {
            if place == 0 {
                writeln!(made, "| **{}** | | |", context.title()).unwrap();
            }
            let keys = binding.keys.iter().map(|keys| {
                let keys = Key::parse_sequence(keys).unwrap();
                keys.iter().map(|key| format!("<kbd>{key}</kbd>")).collect::<Vec<_>>().join(" ")
            });
            let keys = keys.collect::<Vec<_>>().join(", ").replace('|', "\\|");
            let name = name_of(binding.action);
            writeln!(made, "| {keys} | {} | `{name}` |", binding.hint).unwrap();
        }
    }
    writeln!(made, "| **{MOUSE_TITLE}** | | |").unwrap();
    for (gesture, hint, name) in MOUSE {
        let name = if name.is_empty() { String::new() } else { format!("`:{name}`") };
        writeln!(made, "| {gesture} | {hint} | {name} |").unwrap();
    }
    check("keys", &made);
}

#[test]
fn the_commands_are_those_of_the_dashboard() {
    let mut made = String::from("| Command | Does |\n|---|---|\n");
    for Verb { name, arguments, help, .. } in VERBS {
        let arguments = arguments.replace('|', "\\|");
        writeln!(made, "| `{name} {arguments}` | {help} |").unwrap();
    }
    check("commands", &made);
}

#[test]
fn the_roles_are_those_of_the_themes() {
    let mut made = String::from("| Role | What has it | dark | light |\n|---|---|---|---|\n");
    for role in Role::all() {
        let cell = |palette| match written(role, palette) {
            (None, None) => String::new(),
            (Some(front), None) => format!("`{front}`"),
            (None, Some(back)) => format!("on `{back}`"),
            (Some(front), Some(back)) => format!("`{front}` on `{back}`"),
        };
        let (dark, light) = (cell(Palette::Dark), cell(Palette::Light));
        writeln!(made, "| `{}` | {} | {dark} | {light} |", role.name(), role.meaning()).unwrap();
    }
    check("roles", &made);
}

#[test]
fn the_config_is_that_of_init() {
    check("config", &format!("```toml\n{DEFAULT_FILE}```\n"));
}

#[test]
fn the_readme_names_every_scheme() {
    let mut table = "| `scheme` | What it checks | Keys beside it |\n|---|---|---|\n".to_owned();
    for Listing { name, summary, keys, unconfirmed, .. } in Catalog::builtin().listings() {
        let keys = keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let mark = if unconfirmed { " \\*" } else { "" };
        // A pipe would end the cell.
        let summary = summary.replace('|', "\\|");
        writeln!(table, "| `{name}`{mark} | {summary} | {keys} |").unwrap();
    }
    check("schemes", &table);
}
