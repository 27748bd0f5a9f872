//! The architecture as data: module order, allowed crates, purity and file length.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every module in order, with the modules that it may import.
const MODULES: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("verify", &["domain"]),
    ("providers", &["domain", "verify"]),
    ("exchange", &["domain", "verify", "providers"]),
    ("storage", &["domain"]),
    ("capture", &["domain", "providers", "storage"]),
    ("client", &["domain", "verify", "providers"]),
    ("app", &["domain", "providers"]),
    ("ui", &["domain", "app"]),
    ("config", &["domain", "verify", "providers", "storage", "capture", "client", "app", "ui"]),
    (
        "runtime",
        &[
            "domain",
            "verify",
            "providers",
            "exchange",
            "storage",
            "capture",
            "client",
            "app",
            "ui",
            "config",
        ],
    ),
    (
        "cli",
        &[
            "domain",
            "verify",
            "providers",
            "exchange",
            "storage",
            "capture",
            "client",
            "app",
            "ui",
            "config",
            "runtime",
        ],
    ),
];

/// Modules that do no IO, read no clock, draw no random number and spawn nothing.
const PURE: &[&str] = &["domain", "verify", "providers", "exchange", "app", "ui"];

/// What gives an impure module away.
const IMPURE: &[&str] = &[
    "Timestamp::now",
    "Zoned::now",
    "Instant::now",
    "SystemTime",
    "now_v7",
    "new_v4",
    "std::fs",
    "std::env",
    "std::process",
    "std::thread",
    "TcpStream",
    "TcpListener",
    "tokio::",
    "SystemRandom",
    "stdout()",
    "stderr()",
];

/// Crates that only some modules may use; in `domain` everything else is forbidden.
const CRATES: &[(&str, &[&str])] = &[
    ("tokio", &["storage", "capture", "client", "runtime", "cli"]),
    ("tokio_util", &["capture", "runtime", "cli"]),
    ("hyper", &["capture", "client"]),
    ("hyper_util", &["capture", "client"]),
    ("httparse", &["capture", "client"]),
    ("tokio_rustls", &["client"]),
    ("rustls_platform_verifier", &["client"]),
    ("rusqlite", &["storage"]),
    ("ratatui", &["app", "ui", "runtime"]),
    ("tui_textarea", &["app"]),
    ("crossterm", &["app", "runtime", "cli"]),
    ("arboard", &["runtime", "cli"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("anyhow", &["runtime", "cli"]),
];

/// The crates of `domain`, beside std. `secrecy` wipes secrets, which cannot be done without; `ring`
/// makes digests, `similar` compares lines, `strsim` names, and `aho_corasick` finds them.
const DOMAIN_CRATES: &[&str] = &[
    "aho_corasick",
    "bytes",
    "http",
    "jiff",
    "uuid",
    "serde_json",
    "secrecy",
    "ring",
    "similar",
    "strsim",
];

const LONGEST: usize = 400;

struct Source {
    path: String,
    module: String,
    text: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            // What is built of the fuzz targets.
            if !path.ends_with("target") {
                files_below(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn rust_files(folder: &str) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    files_below(&root().join(folder), &mut paths);
    let name =
        |path: &Path| path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    paths.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The files of the modules, without their tests and comments.
fn sources() -> Vec<Source> {
    rust_files("src")
        .into_iter()
        .filter(|(path, _)| !is_test(path))
        .filter_map(|(path, text)| {
            let module = path.strip_prefix("src/")?.split(['/', '.']).next()?.to_owned();
            let known = MODULES.iter().any(|(name, _)| *name == module);
            known.then(|| Source { path, module, text: code_of(&text) })
        })
        .collect()
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

fn code_of(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let lines = text.get(..end).unwrap().lines();
    lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The identifiers that stand behind each `prefix`, such as `domain` behind `crate::`.
fn behind<'a>(text: &'a str, prefix: &str) -> Vec<&'a str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(prefix)
        .filter(|(at, _)| !text.get(..*at).unwrap().ends_with(is_word))
        .map(|(at, _)| {
            let rest = text.get(at + prefix.len()..).unwrap();
            rest.split(|c| !is_word(c)).next().unwrap()
        })
        .collect()
}

/// Each path that climbs: how often it says `super::`, and the identifier behind it.
fn climbing(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("super::") {
        rest = rest.get(at..).unwrap();
        let mut climbs = 0;
        while let Some(behind) = rest.strip_prefix("super::") {
            (climbs, rest) = (climbs + 1, behind);
        }
        let list = rest.strip_prefix('{').map(|list| list.split('}').next().unwrap());
        let paths = list.map_or_else(|| vec![rest], |list| list.split(',').collect());
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let firsts = paths.iter().map(|path| path.trim().split(|c| !is_word(c)).next().unwrap());
        found.extend(firsts.filter(|first| !first.is_empty()).map(|first| (climbs, first)));
    }
    found
}

#[test]
fn modules_stand_in_lib_in_their_order() {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let known = MODULES.iter().map(|(name, _)| *name);
    assert_eq!(declared.collect::<Vec<_>>(), known.collect::<Vec<_>>());
}

#[test]
fn a_module_imports_only_modules_that_it_may() {
    for source in sources() {
        let (_, allowed) = MODULES.iter().find(|(name, _)| *name == source.module).unwrap();
        for import in behind(&source.text, "crate::") {
            let fine = import == source.module || allowed.contains(&import);
            assert!(fine, "{} imports crate::{import:?}", source.path);
        }
    }
}

#[test]
fn siblings_import_each_other_without_a_cycle_and_never_their_parent() {
    for (module, _) in MODULES {
        let files =
            sources().into_iter().filter(|source| source.module == *module).collect::<Vec<_>>();
        let names = files.iter().map(|source| module_path(&source.path)).collect::<BTreeSet<_>>();
        let mut imports = BTreeMap::<String, BTreeSet<String>>::new();
        for source in &files {
            let own = module_path(&source.path);
            for (climbs, child) in climbing(&source.text) {
                let above = own.rsplitn(climbs + 1, "::").last().expect("rsplitn yields something");
                let sibling = format!("{above}::{child}");
                let known = names.contains(&sibling);
                assert!(known, "{} imports {child:?} from a parent", source.path);
                if sibling != own {
                    imports.entry(own.clone()).or_default().insert(sibling);
                }
            }
            for child in behind(&source.text, &format!("crate::{module}::")) {
                let sibling = format!("{module}::{child}");
                if names.contains(&sibling)
                    && sibling != own
                    && !own.starts_with(&format!("{sibling}::"))
                {
                    imports.entry(own.clone()).or_default().insert(sibling);
                }
            }
        }
        for name in &names {
            let mut path = Vec::new();
            assert!(!reaches_itself(name, &imports, &mut path), "a cycle in {module}: {path:?}");
        }
    }
}

fn module_path(file: &str) -> String {
    file.trim_start_matches("src/").trim_end_matches(".rs").replace('/', "::")
}

fn reaches_itself(
    name: &str,
    imports: &BTreeMap<String, BTreeSet<String>>,
    path: &mut Vec<String>,
) -> bool {
    if path.first().is_some_and(|first| first == name) {
        return true;
    }
    if path.iter().any(|seen| seen == name) {
        return false;
    }
    path.push(name.to_owned());
    if imports.get(name).into_iter().flatten().any(|next| reaches_itself(next, imports, path)) {
        return true;
    }
    path.pop();
    false
}

#[test]
fn outside_crates_are_used_only_where_they_belong() {
    for source in sources() {
        for (name, allowed) in CRATES {
            let used = source.text.contains(&format!("use {name}::"))
                || source.text.match_indices(&format!("{name}::")).any(|(at, _)| {
                    let before = source.text.get(..at).unwrap();
                    !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                });
            let fine = allowed.contains(&source.module.as_str()) || !used;
            assert!(fine, "{} uses {name}", source.path);
        }
        if source.module == "domain" {
            for line in source.text.lines() {
                let Some(path) = line.trim_start().strip_prefix("use ") else { continue };
                let name = path.split([':', ';']).next().unwrap();
                let fine = ["std", "crate", "super", "self"].contains(&name)
                    || DOMAIN_CRATES.contains(&name)
                    || source.text.contains(&format!("mod {name};"));
                assert!(fine, "{} uses {name}", source.path);
            }
        }
    }
}

/// A second crypto provider makes TLS panic at its first handshake, and a library of the system is one
/// more thing that may be missing. `cargo deny` is not there everywhere, so its bans are checked here too.
#[test]
fn tls_has_one_crypto_provider_and_no_library_of_the_system() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    assert!(lock.contains("name = \"ring\"\n"));
    let deny = fs::read_to_string(root().join(".deny.toml")).unwrap();
    let deny = deny.parse::<toml::Table>().unwrap();
    let banned = deny["bans"]["deny"].as_array().unwrap();
    assert!(!banned.is_empty());
    for name in banned {
        assert!(!lock.contains(&format!("name = {name}\n")), "{name} is in Cargo.lock");
    }
}

/// What may be done in few places only, since each of them has to see to a promise.
const PLACES: &[(&str, &[&str])] = &[
    // What was sent is never part of a command, but for an address that a browser is given.
    (
        "Command::new(",
        &[
            "src/config/secrets.rs",
            "src/runtime/browser.rs",
            "src/runtime/editor.rs",
            "src/runtime/shell.rs",
        ],
    ),
    // Whoever reads a config makes known which headers it calls credentials.
    ("Config::load(", &["src/cli/configured.rs"]),
    // `--offline` holds where connections are made.
    ("TcpStream::connect", &["src/client/connect.rs"]),
];

#[test]
fn what_has_to_keep_a_promise_is_done_where_that_is_seen_to() {
    for (what, places) in PLACES {
        let sources = sources().into_iter().filter(|source| source.text.contains(what));
        let found = sources.map(|source| source.path).collect::<Vec<_>>();
        assert_eq!(found, *places, "{what}");
    }
}

#[test]
fn pure_modules_do_no_io_and_read_no_clock() {
    for source in sources().iter().filter(|source| PURE.contains(&source.module.as_str())) {
        for word in IMPURE {
            assert!(!source.text.contains(word), "{} holds {word}", source.path);
        }
    }
}

#[test]
fn a_file_is_read_in_one_sitting() {
    for folder in ["src", "tests"] {
        for (path, text) in rust_files(folder) {
            let lines = text.lines().count();
            assert!(lines <= LONGEST, "{path} has {lines} lines, split it by meaning");
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for (path, text) in rust_files("src") {
        if is_test(&path) {
            continue;
        }
        assert!(text.starts_with("//! "), "{path} does not begin with what it is for");
    }
}
