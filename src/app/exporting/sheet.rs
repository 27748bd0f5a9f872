//! The export sheet: an order to fill in.

use crate::app::context::Context;
use crate::app::editor::Editor;
use crate::app::subscribing::field::{Field, Input};
use crate::app::subscribing::fields::Fields;
use crate::domain::delivery::DeliveryId;
use crate::domain::export::{Form, Order};

/// The keys of the fields.
mod keys {
    pub(super) const FORM: &str = "form";
    pub(super) const FILE: &str = "file";
    pub(super) const REDACT: &str = "redact";
}

/// What each form is, in the order of [`Form::ALL`].
const FORMS: [&str; 4] = [
    "ndjson: a JSON object per line",
    "har: an HTTP archive, for browsers and proxies",
    "curl: a command line each",
    "http: raw requests, for editors",
];

/// What is said of a file that is redacted …
const REDACTED: &[(&str, bool)] = &[
    ("secrets and known personal fields get stand-ins, each always the same", false),
    ("what was signed is signed afresh, by a secret that stands in the file", false),
    ("names within sentences may stay: look at it before you share it", true),
];

/// … and of one that is not.
const AS_CAPTURED: &[(&str, bool)] = &[
    ("credentials in headers are masked", false),
    ("all else is written as captured, personal data too", true),
];

/// The export sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    deliveries: Vec<DeliveryId>,
    /// The fields, from the top.
    pub fields: Fields,
    /// The form whose name the file has as long as nobody typed another one.
    named_for: Form,
}

impl Sheet {
    /// A sheet for these deliveries.
    #[must_use]
    pub fn new(deliveries: Vec<DeliveryId>, form: Form, is_redacted: bool) -> Self {
        let forms = FORMS.map(str::to_owned).to_vec();
        let chosen = Form::ALL.iter().position(|known| *known == form).unwrap_or(0);
        let name = Input::Line(Editor::new(&name(&deliveries, form)));
        let fields = vec![
            Field::new(
                keys::FORM,
                "format",
                "hookscope import reads each of them",
                Input::Choice { options: forms, chosen },
            ),
            Field::new(
                keys::FILE,
                "file",
                "where to; a file that is there already stays, and this one gets a number",
                name,
            ),
            Field::new(
                keys::REDACT,
                "redact",
                "puts stand-ins in place of what is not for others",
                Input::Flag(is_redacted),
            ),
        ];
        Self { deliveries, fields: Fields::new(fields), named_for: form }
    }

    /// The context of its keys: that of the field that has them.
    #[must_use]
    pub fn context(&self) -> Context {
        match self.fields.context() {
            Context::FormChoice => Context::ExportChoice,
            _ => Context::Export,
        }
    }

    /// What it is about.
    #[must_use]
    pub fn title(&self) -> String {
        match self.deliveries.as_slice() {
            [id] => format!("Export #{id}"),
            several => format!("Export {} deliveries", several.len()),
        }
    }

    /// Sets the field that has the keys to another of its values. The name of the file goes with
    /// the form, unless somebody typed another one.
    pub fn turn(&mut self, forward: bool) {
        if let Some(field) = self.fields.field_mut() {
            field.turn(forward);
        }
        let form = self.form();
        if self.fields.line(keys::FILE) == name(&self.deliveries, self.named_for)
            && let Some(file) = self.fields.field_of_mut(keys::FILE)
        {
            file.input = Input::Line(Editor::new(&name(&self.deliveries, form)));
            self.named_for = form;
        }
    }

    /// The order that it makes; none if a field has something that is no value of it, which is then
    /// said there.
    pub fn order(&mut self) -> Option<Order> {
        let file = self.fields.line(keys::FILE).to_owned();
        if file.is_empty() {
            if let Some(field) = self.fields.field_of_mut(keys::FILE) {
                field.mistake = Some("the file needs a name".to_owned());
            }
            self.fields.to_mistake();
            return None;
        }
        let (deliveries, form) = (self.deliveries.clone(), self.form());
        Some(Order { deliveries, form, file, is_redacted: self.is_redacted() })
    }

    /// What the file will hold, a line each, and what deserves a look.
    #[must_use]
    pub fn says(&self) -> Vec<(String, bool)> {
        let says = if self.is_redacted() { REDACTED } else { AS_CAPTURED };
        says.iter().map(|(line, warns)| ((*line).to_owned(), *warns)).collect()
    }

    fn form(&self) -> Form {
        match self.fields.field_of(keys::FORM).map(|field| &field.input) {
            Some(Input::Choice { chosen, .. }) => Form::ALL.get(*chosen).copied(),
            _ => None,
        }
        .unwrap_or_default()
    }

    fn is_redacted(&self) -> bool {
        self.fields.field_of(keys::REDACT).is_some_and(Field::is_on)
    }
}

/// The name of a file with these deliveries, in the working directory.
fn name(deliveries: &[DeliveryId], form: Form) -> String {
    let ending = form.ending();
    match deliveries {
        [first, .., last] => format!("hookscope-{first}-{last}.{ending}"),
        [only] => format!("hookscope-{only}.{ending}"),
        [] => format!("hookscope.{ending}"),
    }
}

#[cfg(test)]
mod tests;
