//! The dashboard on a real terminal, for `listen` and for `open`.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use crossterm::event::EventStream;
use jiff::Timestamp;
use tokio::sync::{broadcast, mpsc};

use crate::app::health::Health;
use crate::app::keymap::Keymap;
use crate::app::message::Message;
use crate::app::session::Session;
use crate::app::state::App;
use crate::capture::desk::Desk;
use crate::config::paths::Environment;
use crate::domain::arrival::Arrival;
use crate::providers::route::Routes;
use crate::runtime::forwarding::Skips;
use crate::runtime::logging::{self, Verbosity};
use crate::runtime::outward::Outward;
use crate::runtime::undertaken::Undertaken;
use crate::runtime::{self, Exporting, Services, editor, terminal};
use crate::storage::Store;
use crate::ui::theme::Theme;

/// What a dashboard is made of.
pub(super) struct Dashboard {
    pub(super) session: Session,
    pub(super) health: Health,
    pub(super) store: Store,
    pub(super) routes: Routes,
    pub(super) arrivals: Option<broadcast::Receiver<Arrival>>,
    pub(super) outside: mpsc::Receiver<Message>,
    pub(super) outward: Outward,
    pub(super) undertaken: Undertaken,
    pub(super) desk: Desk,
    pub(super) skips: Skips,
    pub(super) exporting: Exporting,
    pub(super) config: Option<PathBuf>,
    pub(super) keymap: Arc<Keymap>,
    pub(super) theme: Theme,
}

/// Takes the terminal, runs the dashboard, and gives the terminal back whatever happened.
pub(super) async fn run(dashboard: Dashboard) -> anyhow::Result<()> {
    let Dashboard {
        session,
        health,
        store,
        routes,
        arrivals,
        outside,
        outward,
        undertaken,
        desk,
        skips,
        exporting,
        config,
        keymap,
        theme,
    } = dashboard;
    let _taken = terminal::Taken::take().context("the terminal cannot be used; try --headless")?;
    let mut screen = terminal::open().context("the terminal does not tell its size")?;
    let mut app = App::new(session, health, keymap, Timestamp::now());
    app.size = screen.size().context("the terminal does not tell its size")?;
    let (suspend, edit) = (terminal::suspend, editor::open);
    let services = Services {
        store,
        routes,
        arrivals,
        outside,
        outward,
        undertaken,
        desk,
        skips,
        exporting,
        config,
        suspend,
        edit,
    };
    runtime::run(&mut screen, EventStream::new, services, app, &theme).await?;
    Ok(())
}

/// The dashboard has the screen, so the log goes to a file. Without one there is no log.
pub(super) fn start_log(environment: &Environment, verbosity: Verbosity) {
    if let Some(folder) = &environment.state_folder {
        let _ = logging::to_file(&folder.join("hookscope/hookscope.log"), verbosity);
    }
}
