//! The config to begin with, as text: the commented template, and behind it what was chosen and what
//! is proposed.

use std::fmt::Write as _;

use crate::domain::event::ProviderId;
use crate::domain::proposal::{Beginning, Proposal, Table};
use crate::domain::url::Url;

/// The commented config that `init` writes. As it stands it says what the built-in defaults are.
pub const DEFAULT_FILE: &str = include_str!("../../assets/config.toml");

/// The whole text. It holds no secret: what is chosen names the variables that do.
#[must_use]
pub fn text(beginning: &Beginning) -> String {
    let mut text = DEFAULT_FILE.to_owned();
    chosen(&mut text, beginning);
    proposed(&mut text, beginning);
    text
}

/// What is in force. Since endpoints shut out what is sent to another path, one for all else stands
/// behind them.
fn chosen(text: &mut String, beginning: &Beginning) {
    let Beginning { chosen, forward, .. } = beginning;
    if chosen.is_empty() && forward.is_none() {
        return;
    }
    text.push_str("\n# Chosen at the first start.\n");
    if !chosen.is_empty() {
        let _ = write!(
            text,
            "# The values of variables are read from the environment that hookscope is started in:\n\
             #   {}\n",
            beginning.start_with_variables()
        );
    }
    for proposal in chosen {
        let _ = write!(text, "\n{}{}", entry(proposal), handed_on(forward.as_ref()));
    }
    let all_else = "[[endpoint]]\nname = \"default\"\npath = \"/*\"\n";
    let _ = write!(text, "\n# Everything else.\n{all_else}{}", handed_on(forward.as_ref()));
}

fn proposed(text: &mut String, beginning: &Beginning) {
    let Beginning { env_files, proposed, .. } = beginning;
    if proposed.is_empty() {
        return;
    }
    let (files, start) = (env_files.join(", "), beginning.start_with_variables());
    let _ = write!(
        text,
        "\n# Proposed by the names in {files}: take the # away from what is right. The values are read\n\
         # from the environment that hookscope is started in, not from the files:\n\
         #   {start}\n"
    );
    for proposal in proposed {
        text.push('\n');
        for line in entry(proposal).lines() {
            let _ = writeln!(text, "#{line}");
        }
    }
}

/// An entry as it stands in the config.
#[must_use]
pub fn entry(proposal: &Proposal) -> String {
    let Proposal { name, table, values } = proposal;
    let joined = values.join(", ");
    match table {
        Table::Endpoint => {
            let auth = if values.len() == 1 { joined } else { format!("[{joined}]") };
            format!("[[endpoint]]\nname = \"{name}\"\npath = \"/{name}\"\nauth = {auth}\n")
        }
        Table::Account(provider) => format!(
            "[[account]]\nname = \"{name}\"\nprovider = \"{provider}\"\nbase_url = \"{}\"\n\
             credentials = {{ {joined} }}\n",
            base_url(*provider)
        ),
    }
}

fn handed_on(forward: Option<&Url>) -> String {
    let quoted = |url: &Url| toml::Value::from(url.to_string());
    forward.map(|url| format!("forward = {}\n", quoted(url))).unwrap_or_default()
}

/// Where the API begins that is documented, that to try things with if there are several.
fn base_url(provider: ProviderId) -> &'static str {
    match provider {
        ProviderId::Avinode | ProviderId::Schedaero => "https://sandbox.avinode.com/api",
        ProviderId::Avionte => "https://api.avionte.com/front-office/v1",
        ProviderId::Channex => "https://staging.channex.io/api/v1",
    }
}

#[cfg(test)]
mod tests;
