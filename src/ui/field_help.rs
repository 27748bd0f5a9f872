//! What a field of a form is for, and with which keys it is set.

use crate::app::action::{Action, Motion};
use crate::app::context::Context;
use crate::app::hints::hinted;
use crate::app::keymap::Keymap;
use crate::app::subscribing::field::{Field, Input};

/// The help of a field of a form whose keys are those of `context`.
pub(super) fn help(field: &Field, context: Context, keymap: &Keymap) -> String {
    let choose = |does| keymap.hint(Context::FormChoice, Action::NextChoice, does);
    let down = |does| keymap.hint(context, Action::Move(Motion::Down), does);
    let hints = match &field.input {
        Input::Flag(_) => [choose("switches it"), None],
        Input::Choice { .. } => [choose("chooses"), None],
        Input::Events(_) => [down("goes through them"), choose("chooses")],
        Input::Recalled(recalled) if recalled.place().is_some() => {
            [down("goes through those of before"), None]
        }
        _ => [None, None],
    };
    hinted(&field.help, ';', hints.into_iter().flatten())
}
