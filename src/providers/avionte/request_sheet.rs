//! What a person at Avionté has to know to make webhooks: Avionté has no API for it. Secrets are no
//! part of it.
//!
//! <https://developer.avionte.com/docs/webhooks>

use crate::domain::name::AccountName;

/// Where Avionté says that its webhooks come from.
const SOURCE: &str = "52.200.5.50";

/// What webhooks are asked for.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// The company that they are for.
    pub company: &'a AccountName,
    /// Its tenant: the number (`FrontOfficeTenantId`) or the code (`Tenant`), if it is known.
    pub tenant: Option<String>,
    /// The address of ours that is to be called.
    pub url: &'a str,
    /// The events to ask for.
    pub events: &'a [&'a str],
    /// The header that is to carry the secret or key; none if nothing is checked.
    pub header: Option<&'a str>,
    /// Whether they are for Production, else for Non-Production.
    pub production: bool,
}

/// The request for webhooks as a text to send, each line ended.
#[must_use]
pub fn request_sheet(sheet: &Sheet<'_>) -> String {
    let environment = if sheet.production { "Production" } else { "Non-Production" };
    let mut lines = vec![
        format!("Webhooks for {}", sheet.company),
        String::new(),
        row("To", "the Client Manager (clients) or the Avionté+ Integration contact (partners)"),
        row("Company", sheet.company.as_str()),
        row("Tenant", sheet.tenant.as_deref().unwrap_or("not known, please fill in")),
        row("Environment", &format!("{environment} (one callback URL for each environment)")),
        row("Callback URL", sheet.url),
        row("", "POST over HTTPS, the same URL for all events"),
        row("Authentication", &authentication(sheet.header)),
    ];
    if sheet.header.is_some() {
        lines.push(row("", "the value is sent separately"));
    }
    lines.extend([
        row("Our answer", "200 once a delivery is stored"),
        row("Source IP", &format!("{SOURCE} is expected here; please tell of any other")),
        String::new(),
        "Events".to_owned(),
    ]);
    if sheet.events.is_empty() {
        lines.push("- none chosen yet".to_owned());
    }
    lines.extend(sheet.events.iter().map(|event| format!("- {event}")));
    lines.extend(missing(sheet));
    lines.iter().fold(String::new(), |text, line| text + line + "\n")
}

fn row(label: &str, value: &str) -> String {
    format!("{label:<16}{value}")
}

/// How a delivery proves that it is Avionté's, by the two headers that the documents know.
fn authentication(header: Option<&str>) -> String {
    let Some(header) = header else {
        return "none: no secret and no key is expected".to_owned();
    };
    let is = |known: &str| header.eq_ignore_ascii_case(known);
    if is("X-Payload-Signature") {
        "shared secret in the header X-Payload-Signature".to_owned()
    } else if is("X-api-key") {
        "API key in the header X-api-key".to_owned()
    } else {
        format!(
            "the header {header}, which Avionté's documents do not name (they name \
             X-Payload-Signature and X-api-key): please confirm"
        )
    }
}

/// What has to be set right before the sheet is sent.
fn missing(sheet: &Sheet<'_>) -> Vec<String> {
    let mut found = Vec::new();
    if !sheet.url.starts_with("https://") {
        found.push("- the callback URL is not https, which Avionté requires");
    }
    if sheet.tenant.is_none() {
        found.push("- the tenant is missing");
    }
    if sheet.events.is_empty() {
        found.push("- no event is chosen");
    }
    if found.is_empty() {
        return Vec::new();
    }
    let heading = [String::new(), "Before this is sent".to_owned()];
    heading.into_iter().chain(found.into_iter().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests;
