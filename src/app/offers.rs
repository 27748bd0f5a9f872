//! Everything that can be done somewhere, by its name: for the palette and for completion.

use super::action::Action;
use super::bindings;
use super::command_line::verbs::{VERBS, Verb};
use super::context::Context;
use super::names::{action_of, name_of};

/// Something that can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name.
    pub name: &'static str,
    /// What may stand behind it.
    pub arguments: &'static str,
    /// What it does, in a few words.
    pub help: &'static str,
    /// The action that it is without arguments; none if it needs some.
    pub action: Option<Action>,
}

/// What can be done in a context: what takes arguments first, then in the order of the help.
#[must_use]
pub fn offers(context: Context) -> Vec<Offer> {
    let actions = bindings::here(context).map(|binding| {
        let (action, help) = (binding.action, binding.hint);
        Offer { name: name_of(action), arguments: "", help, action: Some(action) }
    });
    let actions = actions.collect::<Vec<_>>();
    let verbs = VERBS.iter().filter(|verb| context.chain().contains(&verb.context));
    let verbs = verbs.map(|Verb { name, arguments, help, .. }| {
        let action = action_of(name)
            .filter(|action| actions.iter().any(|offer| offer.action == Some(*action)));
        Offer { name, arguments, help, action }
    });
    let mut offers = verbs.collect::<Vec<_>>();
    let is_new = |offer: &Offer| offers.iter().all(|verb| verb.name != offer.name);
    let others = actions.into_iter().filter(is_new).collect::<Vec<_>>();
    offers.extend(others);
    offers
}
