//! Deliveries are replayed, and written to files.

use hookscope::app::command::Command;
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::export::{Form, Order};
use hookscope::domain::plan::Plan;

use super::Begin::{self, Before, Narrow, Wide};
use super::begin;

/// State, keys, the commands that are left to the runtime.
pub(super) fn commands() -> Vec<(Begin, &'static str, Vec<Command>)> {
    let plan_to = |to: &str, ids: &[i64]| {
        Plan::verbatim(ids.iter().copied().map(DeliveryId).collect(), begin::url(to))
    };
    let replay_to = |to: &str, ids: &[i64]| Command::Replay {
        plan: Box::new(plan_to(to, ids)),
        endpoints: ["default".into()].into(),
    };
    let (plan, replay) = (
        |ids: &[i64]| plan_to("http://127.0.0.1:3000", ids),
        |ids: &[i64]| replay_to("http://127.0.0.1:3000", ids),
    );
    let export = |ids: &[i64], form, file: &str, is_redacted| {
        let deliveries = ids.iter().copied().map(DeliveryId).collect();
        Command::Export(Box::new(Order { deliveries, form, file: file.to_owned(), is_redacted }))
    };
    vec![
        (Wide, "R enter", vec![replay(&[30])]),
        (Narrow, "j R ctrl-s", vec![replay(&[29])]),
        (Wide, "R enter r", vec![replay(&[30]), replay(&[30])]),
        (Wide, "j space j space R enter r", vec![replay(&[27, 29]), replay(&[27, 29])]),
        (Wide, "j space enter R enter", vec![replay(&[28])]),
        (Before, "r", vec![replay_to("http://a.test/last", &[30])]),
        (Before, "R down enter r", vec![replay_to("http://b.test", &[30]); 2]),
        (Before, "R down down enter", vec![replay_to("http://c.test", &[30])]),
        (Before, "R down down up up enter", vec![replay_to("http://a.test/last", &[30])]),
        (Wide, "R enter esc", vec![replay(&[30]), Command::CancelReplay]),
        (Wide, "E enter", vec![export(&[30], Form::Ndjson, "hookscope-30.ndjson", false)]),
        (
            Narrow,
            "j enter E right ctrl-s",
            vec![export(&[29], Form::Har, "hookscope-29.har", false)],
        ),
        (
            Wide,
            "j space j space E tab tab space enter E enter",
            vec![export(&[27, 29], Form::Ndjson, "hookscope-27-29.ndjson", true); 2],
        ),
        (
            Wide,
            "E enter esc",
            vec![export(&[30], Form::Ndjson, "hookscope-30.ndjson", false), Command::CancelExport],
        ),
        (Wide, "R ctrl-t", vec![Command::Rehearse(Box::new(plan(&[30])))]),
    ]
}
