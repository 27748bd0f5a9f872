//! The command line of `subs`.

use clap::{Args, ValueEnum};
use serde_json::{Map, Value};

use super::format::Output;
use crate::domain::name::AccountName;
use crate::domain::subscription::{FieldValue, SecretPlace};

/// Options of `subs`.
#[derive(Args, Clone, Debug)]
pub struct SubsArguments {
    /// What to do
    #[arg(
        value_enum,
        value_name = "list|create|update|activate|deactivate|delete|test|lease",
        hide_possible_values = true
    )]
    pub action: Action,
    /// Whose subscriptions; may be left out if only one account is configured
    #[arg(long, value_name = "NAME", value_parser = account_name)]
    pub account: Option<AccountName>,
    /// The provider's id of the subscription
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Where to send to [default: the public URL with the path of the account's endpoint]
    #[arg(long, value_name = "URL")]
    pub target: Option<String>,
    /// The events to ask for, by commas; repeatable
    #[arg(long, value_name = "A,B", value_parser = events)]
    pub events: Vec<Events>,
    /// The label
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// Do it without asking
    #[arg(long)]
    pub yes: bool,
    /// With lease: give back what another run left open, and take none
    #[arg(long)]
    pub back: bool,
    /// How results are written.
    #[command(flatten)]
    pub output: Output,
    /// What only some providers have.
    #[command(flatten)]
    pub further: FurtherArguments,
}

/// Options that only some providers have.
#[derive(Args, Clone, Debug, Default)]
pub struct FurtherArguments {
    /// The login or key that Avinode presents
    #[arg(long, value_name = "TEXT", help_heading = "Avinode and Schedaero")]
    pub client_id: Option<String>,
    /// The environment variable with the secret for it [default: with --client-id that of the endpoint]
    #[arg(long, value_name = "NAME", help_heading = "Avinode and Schedaero")]
    pub client_secret_env: Option<String>,
    /// How Avinode authenticates itself; only BASIC is documented
    #[arg(long, value_name = "TEXT", help_heading = "Avinode and Schedaero")]
    pub auth_type: Option<String>,
    /// The property whose events are sent [default: that of the account]
    #[arg(long, value_name = "ID", help_heading = "Channex", conflicts_with = "global")]
    pub property: Option<String>,
    /// Events of every property
    #[arg(long, help_heading = "Channex")]
    pub global: bool,
    /// Send the payload along
    #[arg(long, help_heading = "Channex")]
    pub send_data: bool,
    /// A header field to send along; repeatable, *** leaves a value as it is
    #[arg(long, value_name = "Name: value", value_parser = header, help_heading = "Channex")]
    pub header: Vec<(String, String)>,
    /// The environment variable with a secret to send along in a header field
    #[arg(long, value_name = "NAME", help_heading = "Channex")]
    pub secret_env: Option<String>,
    /// The header field for it [default: X-Channex-Webhook-Secret]
    #[arg(long, value_name = "NAME", help_heading = "Channex", requires = "secret_env")]
    pub secret_header: Option<String>,
    /// A query parameter to add; repeatable, *** leaves a value as it is
    #[arg(long, value_name = "K=V", value_parser = parameter, help_heading = "Channex")]
    pub param: Vec<(String, String)>,
}

/// What `subs` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Action {
    /// Show them.
    List,
    /// Make one.
    Create,
    /// Change one.
    Update,
    /// Switch one on.
    Activate,
    /// Switch one off.
    Deactivate,
    /// Remove one.
    Delete,
    /// Have the provider send something.
    Test,
    /// Point one here for as long as the command runs.
    Lease,
}

/// The events of one option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Events(pub Vec<String>);

impl SubsArguments {
    /// The events, if there are any.
    pub fn events(&self) -> Option<Vec<String>> {
        let events = self.events.iter().flat_map(|events| events.0.clone()).collect::<Vec<_>>();
        (!events.is_empty()).then_some(events)
    }

    /// The options that say what a subscription is to be, with whether each is given.
    fn shaping(&self) -> [(&'static str, bool); 13] {
        let further = &self.further;
        [
            ("--target", self.target.is_some()),
            ("--events", !self.events.is_empty()),
            ("--name", self.name.is_some()),
            ("--client-id", further.client_id.is_some()),
            ("--client-secret-env", further.client_secret_env.is_some()),
            ("--auth-type", further.auth_type.is_some()),
            ("--property", further.property.is_some()),
            ("--global", further.global),
            ("--send-data", further.send_data),
            ("--header", !further.header.is_empty()),
            ("--secret-env", further.secret_env.is_some()),
            ("--secret-header", further.secret_header.is_some()),
            ("--param", !further.param.is_empty()),
        ]
    }

    /// The first option that is given and means nothing to the action.
    pub fn meaningless(&self) -> Option<&'static str> {
        let shaped = match self.action {
            Action::Create | Action::Update | Action::Test => &[][..],
            Action::Lease if !self.back => &["--target"],
            _ => &["none"],
        };
        let is_shaped = |option: &str| shaped.is_empty() || shaped.contains(&option);
        let mut given = self.shaping().into_iter().filter(|(_, is_given)| *is_given);
        let shaping = given.find(|(option, _)| !is_shaped(option)).map(|(option, _)| option);
        let takes_no_id = matches!(self.action, Action::List | Action::Create);
        let id = (takes_no_id && self.id.is_some()).then_some("--id");
        let back = (self.back && self.action != Action::Lease).then_some("--back");
        shaping.or(id).or(back)
    }
}

impl FurtherArguments {
    /// Whether the secret is that of the endpoint.
    pub fn asks_endpoint(&self) -> bool {
        self.client_id.is_some() && self.client_secret_env.is_none()
    }

    /// The values of the further fields that are given, by their keys.
    pub fn values(&self) -> Vec<(&'static str, FieldValue)> {
        let text = |value: &Option<String>| value.clone().map(FieldValue::Text);
        let flag = |given: bool| given.then_some(FieldValue::Flag(true));
        let of_endpoint = || self.asks_endpoint().then_some(SecretPlace::Endpoint);
        let env = |name: &Option<String>| name.clone().map(SecretPlace::Env);
        let client_secret = env(&self.client_secret_env).or_else(of_endpoint);
        let values = [
            ("client_id", text(&self.client_id)),
            ("client_secret", client_secret.map(FieldValue::Secret)),
            ("auth_type", text(&self.auth_type)),
            ("property", text(&self.property)),
            ("global", flag(self.global)),
            ("send_data", flag(self.send_data)),
            ("headers", object(&self.header)),
            ("secret", env(&self.secret_env).map(FieldValue::Secret)),
            ("secret_header", text(&self.secret_header)),
            ("params", object(&self.param)),
        ];
        values.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }
}

/// What the option is called that fills in this field.
pub fn option_of(key: &str) -> &str {
    match key {
        "name" => "--name",
        "target" => "--target",
        "events" => "--events",
        "client_id" => "--client-id",
        "client_secret" => "--client-secret-env",
        "auth_type" => "--auth-type",
        "property" => "--property",
        "global" => "--global",
        "send_data" => "--send-data",
        "headers" => "--header",
        "secret" => "--secret-env",
        "secret_header" => "--secret-header",
        "params" => "--param",
        other => other,
    }
}

fn object(pairs: &[(String, String)]) -> Option<FieldValue> {
    let members = pairs.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str())));
    let object = Value::Object(members.collect::<Map<_, _>>());
    (!pairs.is_empty()).then_some(FieldValue::Json(object))
}

#[expect(clippy::unnecessary_wraps, reason = "clap wants a parser that may fail")]
fn account_name(text: &str) -> Result<AccountName, String> {
    Ok(AccountName::from(text))
}

/// A filter of Channex (`ari:rate,availability:*:*`) has commas of its own, so it stands alone.
#[expect(clippy::unnecessary_wraps, reason = "clap wants a parser that may fail")]
fn events(text: &str) -> Result<Events, String> {
    if text.contains(':') {
        return Ok(Events(vec![text.to_owned()]));
    }
    let events = text.split(',').map(str::trim).filter(|event| !event.is_empty());
    Ok(Events(events.map(str::to_owned).collect()))
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) =
        text.split_once(':').ok_or("a header is written as in 'X-Secret: value'")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("a parameter is written as in key=value")?;
    Ok((name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests;
