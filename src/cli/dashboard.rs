//! The dashboard on a real terminal, for `listen` and for `open`.

use std::cell::RefCell;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use crossterm::event::{Event, EventStream};
use futures_util::{Stream, StreamExt as _, stream};
use jiff::Timestamp;
use tokio::sync::{broadcast, mpsc};

use super::looks::Looks;
use crate::app::health::Health;
use crate::app::keymap::Keymap;
use crate::app::message::Message;
use crate::app::session::Session;
use crate::app::state::App;
use crate::capture::desk::Desk;
use crate::config::paths::Environment;
use crate::domain::arrival::Arrival;
use crate::providers::route::Routes;
use crate::runtime::background::{self, Asked};
use crate::runtime::forwarding::Skips;
use crate::runtime::logging::{self, Verbosity};
use crate::runtime::outward::Outward;
use crate::runtime::undertaken::Undertaken;
use crate::runtime::{self, Exporting, Lending, Services, editor, piping, terminal};
use crate::storage::Store;

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
    pub(super) looks: Looks,
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
        looks,
    } = dashboard;
    let (mouse, plain) = (looks.mouse, looks.plain);
    let _taken =
        terminal::Taken::take(mouse).context("the terminal cannot be used; try --headless")?;
    let is_asked = looks.depends_on_background();
    let asked = if is_asked { background::ask(background::PATIENCE) } else { Asked::default() };
    let theme = looks.theme(asked.palette);
    let mut screen = terminal::open().context("the terminal does not tell its size")?;
    let mut app = App::new(session, health, keymap, Timestamp::now());
    (app.arrangement.mouse, app.arrangement.plain) = (mouse, plain);
    app.size = screen.size().context("the terminal does not tell its size")?;
    let (suspend, edit, hand_over) = (terminal::suspend, editor::open, piping::hand_over);
    let lending = Lending { suspend, edit, hand_over };
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
        lending,
    };
    let asked = RefCell::new(asked);
    runtime::run(&mut screen, || keyboard(&asked), services, app, &theme).await?;
    Ok(())
}

/// What is typed, beginning with what was typed while the terminal was asked, and without what it
/// answers too late.
fn keyboard(asked: &RefCell<Asked>) -> impl Stream<Item = io::Result<Event>> + Unpin {
    let typed = stream::iter(std::mem::take(&mut asked.borrow_mut().typed)).map(Ok);
    let events = EventStream::new().map(|event| match event {
        Ok(event) => asked.borrow_mut().late.pass(event).into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    });
    typed.chain(events.flat_map(stream::iter))
}

/// The dashboard has the screen, so the log goes to a file. Without one there is no log.
pub(super) fn start_log(environment: &Environment, verbosity: Verbosity) {
    if let Some(folder) = &environment.state_folder {
        let _ = logging::to_file(&folder.join("hookscope/hookscope.log"), verbosity);
    }
}
