//! `replay --dry-run`: the requests that would go out.

use std::io::{self, IsTerminal as _, Write as _};

use super::exit::Exit;
use super::failure::Failure;
use super::format::Format;
use super::replay_arguments::ReplayArguments;
use crate::domain::attempt::Call;
use crate::domain::delivery::DeliveryId;
use crate::domain::plan::Plan;
use crate::providers::route::Routes;
use crate::runtime::ndjson;
use crate::runtime::outward::Outward;
use crate::ui::text;

/// Prints what would be sent of each delivery once. `ladder` is when it would be tried again.
pub(super) async fn print(
    outward: &Outward,
    plan: &Plan,
    routes: &Routes,
    arguments: &ReplayArguments,
    ladder: Option<&str>,
) -> anyhow::Result<Exit> {
    let mut unsent = 0;
    for delivery in &plan.deliveries {
        match outward.rehearse(*delivery, plan, routes).await {
            Ok(call) => print_call(*delivery, call, arguments)?,
            Err(why) => {
                unsent += 1;
                let why = text::visible(&why);
                writeln!(io::stderr(), "hookscope: delivery {delivery} cannot be sent: {why}")?;
            }
        }
    }
    if let Some(ladder) = ladder {
        writeln!(io::stderr(), "hookscope: would try again {ladder}")?;
    }
    if unsent == 0 {
        return Ok(Exit::Done);
    }
    let message = format!("{unsent} of {} deliveries cannot be sent", plan.deliveries.len());
    Err(Failure::new(Exit::No, "not_sent", message).into())
}

fn print_call(delivery: DeliveryId, call: Call, arguments: &ReplayArguments) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if arguments.output.format == Format::Json {
        let line = ndjson::request::line(delivery, &call, arguments.reveal);
        return ndjson::write_line(&mut out, &line);
    }
    let call = if arguments.reveal { call } else { call.masked() };
    let request = &call.request;
    let mut bytes = format!("{} {} HTTP/1.1\r\n", request.method, request.target).into_bytes();
    bytes.extend(request.headers.to_block());
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(&request.body);
    if !out.is_terminal() {
        out.write_all(&bytes)?;
        return out.flush();
    }
    for line in text::visible_lines(&bytes) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
