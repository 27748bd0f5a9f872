use std::io;

use anyhow::Context as _;
use clap::Parser as _;

use super::{Failure, is_broken_pipe};
use crate::cli::arguments::Arguments;
use crate::cli::exit::Exit;
use crate::config::error::ConfigError;
use crate::storage::error::StoreError;

fn usage(arguments: &[&str]) -> Failure {
    Failure::of(&Arguments::try_parse_from(arguments).unwrap_err().into())
}

#[test]
fn a_usage_error_is_one_line_with_what_was_probably_meant() {
    let failure = usage(&["hookscope", "list", "--fromat", "json"]);
    assert_eq!(failure.exit, Exit::Wrong);
    assert_eq!(failure.code, "usage");
    assert_eq!(failure.message, "unexpected argument '--fromat' found");
    assert_eq!(failure.hint.as_deref(), Some("a similar argument exists: '--format'; see --help"));

    let failure = usage(&["hookscope", "show"]);
    assert_eq!(failure.message, "the following required arguments were not provided: <ID>");
    let failure = usage(&["hookscope", "listen", "--addr", "4000"]);
    assert!(failure.message.contains("is not HOST:PORT"), "{}", failure.message);
}

#[test]
fn the_message_is_the_whole_chain_whatever_the_cause() {
    let error = anyhow::Error::new(ConfigError::NoDataFolder).context("cannot start");
    let failure = Failure::of(&error);
    assert_eq!(failure.message, "cannot start: the user's data directory is unknown");
    assert_eq!(failure.hint.as_deref(), Some("name a store with --store"));
    assert_eq!((failure.exit, failure.code), (Exit::Wrong, "config"));

    let error = anyhow::Error::new(StoreError::Full).context("cannot start");
    let failure = Failure::of(&error);
    assert_eq!((failure.exit, failure.code), (Exit::Outside, "store_full"));

    let own = Failure::new(Exit::Outside, "port_taken", "port 4000 is taken").hint("try --addr");
    let failure = Failure::of(&anyhow::Error::new(own).context("cannot listen"));
    assert_eq!(failure.message, "cannot listen: port 4000 is taken");
    assert_eq!((failure.exit, failure.code), (Exit::Outside, "port_taken"));
    assert_eq!(failure.hint.as_deref(), Some("try --addr"));

    let failure = Failure::of(&anyhow::anyhow!("something else"));
    assert_eq!((failure.exit, failure.code), (Exit::Outside, "failed"));
}

#[test]
fn a_broken_pipe_is_found_under_any_context() {
    let broken = || io::Error::from(io::ErrorKind::BrokenPipe);
    let error = Err::<(), _>(broken()).context("cannot print").unwrap_err();
    assert!(error.chain().any(is_broken_pipe));
    let other = anyhow::Error::new(io::Error::from(io::ErrorKind::NotFound));
    assert!(!other.chain().any(is_broken_pipe));
}
