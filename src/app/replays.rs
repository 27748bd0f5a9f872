//! What the keys do about replays: marks, the sheet, sending, and what came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;

use super::action::{Action, Motion};
use super::command::Command;
use super::command_line::line::Again;
use super::overlay::Overlay;
use super::replaying::USUAL_TARGET;
use super::replaying::marks::Marks;
use super::replaying::sheet::Sheet;
use super::state::{App, Asked, Focus};
use super::subscribing::confirm::{Confirm, Preview, text_view};
use super::toast::Notice;
use crate::domain::attempt::{Call, duration_text};
use crate::domain::delivery::DeliveryId;
use crate::domain::http::Request;
use crate::domain::name::EndpointName;
use crate::domain::plan::{Pace, Plan, Proof};
use crate::domain::record::{Record, Summary};
use crate::domain::replay::{self, Progress};
use crate::domain::replay_targets::ReplayTargets;
use crate::domain::url::Url;

/// Marks the selected delivery, or takes its mark away, and goes on to the next one.
pub fn mark(app: &mut App) -> Option<Command> {
    let row = selected(app)?;
    app.replaying.marks.toggle(&row);
    app.deliveries.move_by(1);
    Some(Command::Mark { ids: vec![row.id], marked: app.replaying.marks.holds(row.id) })
}

/// Marks everything from the delivery that was marked last to the selected one.
pub fn mark_range(app: &mut App) -> Option<Command> {
    let cursor = app.deliveries.cursor()?;
    let window = app.deliveries.window();
    let from = app.replaying.marks.last().and_then(|id| window.place(id).ok()).unwrap_or(cursor);
    let (first, last) = (from.min(cursor), from.max(cursor));
    let rows = window.rows_from(first).take(last - first + 1);
    Some(mark_rows(&mut app.replaying.marks, rows))
}

/// Marks every delivery of the list that is in memory.
pub fn mark_all(app: &mut App) -> Option<Command> {
    let window = app.deliveries.window();
    let command = mark_rows(&mut app.replaying.marks, window.rows_from(0));
    let count = window.len();
    if app.deliveries.sorted().is_some_and(|sorted| sorted.has_more() != Some(false)) {
        let text = format!("{count} are marked: the newest; there are more that match");
        app.notify(Notice::warning(text));
    } else if window.older || window.newer {
        let text = format!("{count} are marked: those that were read");
        let more = app.hint(Action::Move(Motion::Last), "reads on");
        app.notify(Notice::warning(format!("{text}; there are more")).hinting(more));
    }
    Some(command)
}

/// Marks these, in one go for the store too.
fn mark_rows<'a>(marks: &mut Marks, rows: impl Iterator<Item = &'a Summary>) -> Command {
    let ids = rows.map(|row| {
        marks.mark(row);
        row.id
    });
    Command::Mark { ids: ids.collect(), marked: true }
}

/// Takes every mark away.
pub fn unmark(app: &mut App) -> Option<Command> {
    let ids = app.replaying.marks.clear();
    (!ids.is_empty()).then_some(Command::Mark { ids, marked: false })
}

/// The marks that the store has.
pub fn marks_loaded(app: &mut App, marked: Result<Vec<(DeliveryId, EndpointName)>, String>) {
    match marked {
        Ok(mut marked) => {
            marked.retain(|(id, _)| !app.deliveries.bin().holds(*id));
            app.replaying.marks.load(marked);
        }
        Err(reason) => app.notify(Notice::error(format!("the marks cannot be read: {reason}"))),
    }
}

fn selected(app: &App) -> Option<Summary> {
    app.deliveries.window().row(app.deliveries.cursor()?).cloned()
}

/// What is to be replayed or otherwise handed out: in the stream what is marked, else the delivery at
/// hand. `verb` is what is to be done with it.
pub fn wanted(app: &mut App, verb: &str) -> Option<Vec<(DeliveryId, EndpointName)>> {
    let marks = &app.replaying.marks;
    let one = match app.focus {
        Focus::Stream if marks.count() > 0 => {
            return Some(marks.iter().map(|(id, endpoint)| (id, endpoint.clone())).collect());
        }
        Focus::Stream => selected(app).map(|row| (row.id, row.endpoint)),
        Focus::Detail => {
            let record = app.detail.record();
            record.map(|record| (record.id, record.delivery.endpoint.clone()))
        }
    };
    if one.is_none() {
        app.notify(Notice::warning(format!("there is no delivery to {verb}")));
    }
    one.map(|one| vec![one])
}

/// Takes in where the deliveries of each endpoint are replayed to.
pub fn targets_loaded(
    app: &mut App,
    targets: Result<BTreeMap<EndpointName, ReplayTargets>, String>,
) {
    match targets {
        Ok(targets) => app.replaying.targets_loaded(targets),
        Err(reason) => {
            let text = format!("where replays went before cannot be read: {reason}");
            app.notify(Notice::error(text));
        }
    }
}

/// Replays what is wanted as it was captured, to where its endpoint's deliveries usually go. Where
/// that is not known, the sheet asks.
pub fn again(app: &mut App) -> Option<Command> {
    let wanted = wanted(app, "replay")?;
    let Some(target) = usual_target(app, &wanted) else { return open_for(app, &wanted) };
    let (deliveries, endpoints) = wanted.into_iter().unzip();
    Some(send(app, Plan::verbatim(deliveries, target), endpoints))
}

/// Replays what is wanted as it was typed.
pub fn again_as(app: &mut App, again: Again) -> Option<Command> {
    let Again { to, resign, times, parallel, gap } = again;
    let wanted = wanted(app, "replay")?;
    let Some(target) = to.or_else(|| usual_target(app, &wanted)) else {
        app.notify(Notice::warning("nothing was replayed yet: say where to with --to URL"));
        return None;
    };
    let (deliveries, endpoints) = wanted.into_iter().unzip();
    let afresh = Proof::Afresh { by: None, keeps_id: false };
    let plan = Plan {
        proof: if resign { afresh } else { Proof::AsCaptured },
        times,
        parallel,
        pace: if gap.is_zero() { Pace::AtOnce } else { Pace::Gap(gap) },
        ..Plan::verbatim(deliveries, target)
    };
    Some(send(app, plan, endpoints))
}

/// Where deliveries of all of these endpoints usually go, if that is one address.
fn usual_target(app: &App, wanted: &[(DeliveryId, EndpointName)]) -> Option<Url> {
    let mut targets = wanted.iter().map(|(_, endpoint)| app.replaying.targets(endpoint)?.usual());
    let first = targets.next().flatten()?;
    targets.all(|target| target == Some(first)).then(|| first.clone())
}

/// Opens the sheet for what is wanted.
pub fn open(app: &mut App) -> Option<Command> {
    let wanted = wanted(app, "replay")?;
    open_for(app, &wanted)
}

fn open_for(app: &mut App, wanted: &[(DeliveryId, EndpointName)]) -> Option<Command> {
    if let [(id, _)] = wanted {
        return ask(app, *id, Asked::Replay);
    }
    push(app, wanted, None, None);
    None
}

/// Opens the body of the delivery at hand in the user's editor.
pub fn edit_body(app: &mut App) -> Option<Command> {
    let id = match app.focus {
        Focus::Stream => app.deliveries.selected(),
        Focus::Detail => app.detail.id(),
    };
    ask(app, id?, Asked::EditBody)
}

/// Does it now, or as soon as the delivery is loaded.
fn ask(app: &mut App, id: DeliveryId, asked: Asked) -> Option<Command> {
    let Some(record) = app.detail.record().filter(|record| record.id == id).cloned() else {
        app.asked = Some((id, asked));
        return None;
    };
    answer(app, asked, &record)
}

/// Does what had to wait for its delivery.
pub fn answer(app: &mut App, asked: Asked, record: &Arc<Record>) -> Option<Command> {
    if asked == Asked::EditBody {
        return Some(Command::EditBody(Arc::clone(record)));
    }
    push(app, &[(record.id, record.delivery.endpoint.clone())], Some(record), None);
    None
}

/// The user is back from the editor: what was changed there is to be replayed.
pub fn edited(app: &mut App, record: &Record, body: Result<Option<Bytes>, String>) {
    match body {
        Ok(None) => app.notify(Notice::done("the body was not changed")),
        Ok(body) => {
            let wanted = [(record.id, record.delivery.endpoint.clone())];
            push(app, &wanted, Some(record), body);
        }
        Err(reason) => app.notify(Notice::warning(reason)),
    }
}

fn push(
    app: &mut App,
    wanted: &[(DeliveryId, EndpointName)],
    record: Option<&Record>,
    edited: Option<Bytes>,
) {
    let known = wanted.first().map(|(_, endpoint)| app.replaying.targets(endpoint));
    let known = known.flatten().into_iter().flat_map(ReplayTargets::iter);
    let mut targets = known.map(ToString::to_string).collect::<Vec<_>>();
    if targets.is_empty() {
        targets.push(USUAL_TARGET.to_owned());
    }
    let signers = app.session.endpoints.iter().map(|endpoint| endpoint.name.clone()).collect();
    let sheet = Sheet::new(wanted, record, edited, targets, signers);
    app.overlays.push(Overlay::Replay(Box::new(sheet)));
}

/// Sends what the sheet on top says. What is wrong with it is said in it.
pub fn submit(app: &mut App) -> Option<Command> {
    let Some(Overlay::Replay(sheet)) = app.overlays.last_mut() else { return None };
    let plan = sheet.plan()?;
    let endpoints = sheet.endpoints.clone();
    app.overlays.pop();
    Some(send(app, plan, endpoints))
}

fn send(app: &mut App, plan: Plan, endpoints: BTreeSet<EndpointName>) -> Command {
    for endpoint in &endpoints {
        app.replaying.remember(endpoint, &plan.target);
    }
    app.replaying.under_way.begin();
    Command::Replay { plan: Box::new(plan), endpoints }
}

/// Asks what the sheet on top would send, without sending it.
pub fn rehearse(app: &mut App) -> Option<Command> {
    let Some(Overlay::Replay(sheet)) = app.overlays.last_mut() else { return None };
    sheet.rehearsed = sheet.plan();
    sheet.rehearsed.clone().map(|plan| Command::Rehearse(Box::new(plan)))
}

/// Shows what would be sent. Whoever closed the sheet meanwhile does not want to know, and whoever
/// changed it would be shown what is not sent any more.
pub fn rehearsed(app: &mut App, call: Result<Box<Call>, String>) {
    let Some(Overlay::Replay(sheet)) = app.overlays.last_mut() else { return };
    let call = match call {
        Ok(call) => call,
        Err(reason) => {
            return app.notify(Notice::warning(format!("it cannot be sent: {reason}")));
        }
    };
    let Some(plan) = sheet.plan().filter(|plan| sheet.rehearsed.as_ref() == Some(plan)) else {
        let text = "the sheet was changed meanwhile: a dry run tells what it would send now";
        return app.notify(Notice::warning(text));
    };
    let says = match plan.total() {
        1 => "nothing was sent; this would be".to_owned(),
        total => format!("nothing was sent; {total} requests would be, the first is this"),
    };
    let line = format!("{} {}", call.request.method, call.url);
    let preview = Preview { line, body: text_view(below_its_line(&call.request)) };
    let title = format!("{}: dry run", sheet.title());
    let then = Command::Replay { plan: Box::new(plan), endpoints: sheet.endpoints.clone() };
    let question = Confirm::new(title, says, Some(preview), then);
    app.overlays.push(Overlay::Confirm(Box::new(question)));
}

/// The header fields of a request and its body, to be read.
fn below_its_line(request: &Request) -> String {
    let mut bytes = Vec::new();
    for field in request.headers.iter() {
        bytes.extend([&field.name[..], b": ", &field.value[..], b"\n"].concat());
    }
    bytes.push(b'\n');
    bytes.extend_from_slice(&request.body);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A replay goes on. Its attempts are not told one by one, so that those on the screen are read again.
pub fn advanced(app: &mut App, progress: Progress) {
    app.replaying.under_way.advance(progress);
    app.detail.attempts_outdated(false);
}

/// A replay has come to its end.
pub fn ended(app: &mut App, summary: &replay::Summary) {
    app.replaying.under_way.end();
    app.detail.attempts_outdated(true);
    let text = sentence(summary);
    let is_well = summary.tally.is_success() && !summary.is_cancelled;
    app.notify(if is_well { Notice::done(text) } else { Notice::warning(text) });
}

fn sentence(summary: &replay::Summary) -> String {
    let replay::Summary { total, tally, took, is_cancelled } = summary;
    let statuses = tally.by_status.iter().map(|(status, times)| match times {
        1 => status.to_string(),
        times => format!("{status} {times} times"),
    });
    let mut parts = statuses.collect::<Vec<_>>();
    for (count, what) in
        [(tally.failed, "not answered"), (tally.unsent, "not sent"), (tally.retried, "tried again")]
    {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    let begin = match (is_cancelled, total) {
        (true, _) => format!("replay of {total} cancelled"),
        (false, 1) => "replayed".to_owned(),
        (false, _) => format!("replayed {total}"),
    };
    let reason = tally.first_failure.iter().map(|reason| format!(": {reason}"));
    let took = duration_text(*took);
    let reason = reason.collect::<String>();
    format!("{begin} in {took}: {}{reason}", parts.join(", "))
}

#[cfg(test)]
mod tests;
