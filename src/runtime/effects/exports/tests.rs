use std::fs;
use std::path::Path;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{Exporting, export};
use crate::app::message::Message;
use crate::config::paths::Environment;
use crate::config::{Config, Flags};
use crate::domain::delivery::DeliveryId;
use crate::domain::export::{Exported, Form, Order};
use crate::storage::{Durability, Location, Options, Store};

fn exporting(folder: &Path) -> Exporting {
    let environment = Environment {
        working_folder: folder.to_owned(),
        config_folder: None,
        data_folder: None,
        state_folder: None,
        variable: |_| None,
    };
    let flags = Flags { store: Some(":memory:".into()), ..Flags::default() };
    Exporting { config: Arc::new(Config::load(flags, &environment).unwrap()), environment }
}

fn store() -> Store {
    let (location, durability) = (Location::Memory, Durability::Full);
    Store::open(&Options { location, durability, holder: "a test".to_owned() }).unwrap()
}

async fn exported(cancel: CancellationToken) -> (Result<Option<Exported>, String>, usize) {
    let folder = tempfile::tempdir().unwrap();
    let order = Order {
        deliveries: vec![DeliveryId(1)],
        form: Form::Har,
        file: folder.path().join("a.har").display().to_string(),
        is_redacted: true,
    };
    let (inbox, _told) = mpsc::channel(1);
    let message = export(store(), order, exporting(folder.path()), inbox, cancel).await;
    let Message::Exported(exported) = message else { panic!("{message:?}") };
    (exported, fs::read_dir(folder.path()).unwrap().count())
}

#[tokio::test]
async fn nothing_is_left_of_a_file_that_was_cancelled_or_has_nothing_in_it() {
    let cancel = CancellationToken::new();
    let (exported_nothing, files) = exported(cancel.clone()).await;
    assert_eq!(exported_nothing, Err("the store has none of the deliveries any more".to_owned()));
    assert_eq!(files, 0);
    cancel.cancel();
    assert_eq!(exported(cancel).await, (Ok(None), 0));
}
