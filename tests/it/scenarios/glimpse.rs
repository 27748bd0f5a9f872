//! What is said of a delivery, and what lies on top of the panes, in a word.

use hookscope::app::action::Remark;
use hookscope::app::deliveries::sorted::Sorted;
use hookscope::app::overlay::{Overlay, Purpose};
use hookscope::app::state::App;
use hookscope::domain::delivery::DeliveryId;

use super::stage::at;

/// What is written about a delivery.
pub(super) fn said(app: &App, id: DeliveryId) -> String {
    let Some(comment) = app.comments.of(id) else { return String::new() };
    let tags = comment.tags().iter().map(|tag| format!(" #{tag}"));
    let note = comment.note().map(|note| format!(" {note}"));
    note.into_iter().chain(tags).collect()
}

/// In which order the list is.
pub(super) fn order_of(sorted: &Sorted) -> String {
    let order = sorted.order();
    let stage = if sorted.has_more().is_some() { "" } else { "?" };
    format!("by {}{}{stage}", if order.is_reversed { "-" } else { "" }, order.column.name())
}

/// What lies on top, and where in it somebody is.
pub(super) fn name_of(overlay: &Overlay) -> String {
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
