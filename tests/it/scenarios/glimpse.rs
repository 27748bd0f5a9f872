//! What a scenario has come to, in a line.

use std::fmt::Write as _;

use hookscope::app::action::Remark;
use hookscope::app::deliveries::sorted::Sorted;
use hookscope::app::detail::content::Content;
use hookscope::app::managing;
use hookscope::app::overlay::{Overlay, Purpose};
use hookscope::app::state::{App, Focus, TimeFormat, View};
use hookscope::domain::delivery::DeliveryId;

use super::stage::{Stage, at};

impl Stage {
    /// What it has come to, in a line: the pane with the focus, the selected delivery, then what
    /// differs from how it began.
    pub(crate) fn glimpse(&self) -> String {
        let app = &self.app;
        let selected = app.deliveries.selected().map_or(0, |id| id.0);
        let mut text = match (app.view, app.focus) {
            (View::Subscriptions, _) => self.glimpse_of_account(),
            (View::Deliveries, Focus::Stream) => format!("stream {selected}"),
            (View::Deliveries, Focus::Detail) => {
                let row = app.detail.content().map_or(0, Content::cursor);
                format!("detail {selected} row {row}")
            }
        };
        let filter = &app.deliveries.filter().text;
        let times = match app.times {
            TimeFormat::Local => "",
            TimeFormat::Utc => "utc",
            TimeFormat::Relative => "relative",
        };
        let tab = app.detail.tab().title();
        let rows = app.detail.content().map_or(0, Content::len);
        let attempts = app.detail.attempts().map_or_else(String::new, |attempts| {
            format!("{}/{}", attempts.selected() + 1, attempts.listed().count())
        });
        let said = app.deliveries.selected().map_or_else(String::new, |id| said(app, id));
        let order = app.deliveries.sorted().map_or_else(String::new, order_of);
        let paused = app.paused.map_or(0, |held_back| held_back.count);
        let paused = format!("paused +{paused}");
        let deleted = app.deliveries.bin().count();
        let marked = app.replaying.marks.count();
        let is_away = app.view == View::Subscriptions;
        for (differs, word) in [
            (app.deliveries.follows() && !is_away, "follow".to_owned()),
            (tab != "Body", tab.to_owned()),
            (tab == "Attempts" && !attempts.is_empty(), attempts),
            (tab == "Body" && rows != 7 && rows != 0, format!("rows {rows}")),
            (app.zoomed, "zoomed".to_owned()),
            (app.wrap, "wrap".to_owned()),
            (app.paused.is_some(), paused),
            (!order.is_empty(), order),
            (!times.is_empty(), times.to_owned()),
            (!said.is_empty(), format!("says{said}")),
            (!filter.is_empty(), format!("f:{filter}")),
            (marked > 0, format!("marked {marked}")),
            (deleted > 0, format!("deleted {deleted}")),
            (app.replaying.under_way.is_running(), "replaying".to_owned()),
            (app.exporting.under_way.is_running(), "exporting".to_owned()),
        ] {
            if differs {
                let _ = write!(text, " {word}");
            }
        }
        for overlay in &app.overlays {
            let name = name_of(overlay);
            let _ = write!(text, " | {name}");
            if let Some(editor) = overlay.clone().editor_mut() {
                let _ = write!(text, ">{}", editor.text());
            }
        }
        text
    }

    /// The account that is shown, and what is under the cursor there.
    fn glimpse_of_account(&self) -> String {
        let subscribing = &self.app.subscribing;
        let account = subscribing.account(&self.app.session).expect("there are accounts");
        let row = managing::row(&self.app).map(|row| &*row.listed.subscription.id);
        let reads = if subscribing.reads { " reads" } else { "" };
        format!("{} {}{reads}", account.name, row.unwrap_or("nothing"))
    }
}

/// What is written about a delivery.
fn said(app: &App, id: DeliveryId) -> String {
    let Some(comment) = app.comments.of(id) else { return String::new() };
    let tags = comment.tags().iter().map(|tag| format!(" #{tag}"));
    let note = comment.note().map(|note| format!(" {note}"));
    note.into_iter().chain(tags).collect()
}

/// In which order the list is.
fn order_of(sorted: &Sorted) -> String {
    let order = sorted.order();
    let stage = if sorted.has_more().is_some() { "" } else { "?" };
    format!("by {}{}{stage}", if order.is_reversed { "-" } else { "" }, order.column.name())
}

/// What lies on top, and where in it somebody is.
fn name_of(overlay: &Overlay) -> String {
    match overlay {
        Overlay::Help(_) => "help".to_owned(),
        Overlay::Prompt(prompt) => match prompt.purpose {
            Purpose::Filter { mistake: Some(_), .. }
            | Purpose::Command { mistake: Some(_), .. } => "mistake".to_owned(),
            Purpose::Filter { .. } => "filter".to_owned(),
            Purpose::Command { mistake: None, .. } => "command".to_owned(),
            Purpose::Comment { remark: Remark::Note, .. } => "note".to_owned(),
            Purpose::Comment { remark: Remark::Tags, .. } => "tags".to_owned(),
            Purpose::Pipe { .. } => "pipe".to_owned(),
            Purpose::Search { found: true } => "search".to_owned(),
            Purpose::Search { found: false } => "absent".to_owned(),
        },
        Overlay::Quitting => "quitting".to_owned(),
        Overlay::Palette(palette) => {
            let chosen = palette.chosen().map_or("nothing", |offer| offer.name);
            format!("palette {chosen}")
        }
        Overlay::Samples(samples) => {
            format!("samples {}/{}", samples.cursor() + 1, samples.choices().len())
        }
        Overlay::Guide(guide) => format!("guide {:?}", guide.step()),
        Overlay::Links(links) => {
            format!("links {}/{}", links.list.cursor() + 1, links.list.entries().len())
        }
        Overlay::Columns(columns) => {
            let column = columns.current().map_or("nothing", |entry| entry.column.name());
            format!("columns {column}/{}", columns.entries().len())
        }
        Overlay::Comparison(comparing) => {
            format!("comparison {}", comparing.lines().cursor())
        }
        Overlay::Reader(reader) => format!("{:?} {}", reader.topic, reader.lines.cursor()),
        Overlay::Output(output) => {
            let (at, status) = (output.view().cursor(), output.status(at(0)));
            format!("output {at} {status}")
        }
        Overlay::Form(form) => {
            format!("form {}", form.fields.field().map_or("last", |field| field.key))
        }
        Overlay::Replay(sheet) => {
            format!("replay {}", sheet.fields.field().map_or("last", |field| field.key))
        }
        Overlay::Export(sheet) => {
            format!("export {}", sheet.fields.field().map_or("last", |field| field.key))
        }
        Overlay::Confirm(question) => {
            format!("confirm {}", question.then.action().unwrap_or_default())
        }
        Overlay::Deletion(deletion) => deletion.question.clone(),
        Overlay::Leases(leases) => format!("leases {}", leases.len()),
    }
}
