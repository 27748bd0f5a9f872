//! The user's browser: `$BROWSER`, else that of the desktop. An address goes to it as one argument, and
//! never through a shell. Where the user would not see it, nothing is opened.

use std::ffi::OsString;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;

use crate::domain::links::WebPage;

/// A browser that does not start well says so within this time; one that goes on is left alone.
const PATIENCE: Duration = Duration::from_millis(500);

/// Opens a page.
///
/// # Errors
/// When there is no browser that the user would see, with the reason.
pub(super) async fn open(
    page: &WebPage,
    variable: fn(&str) -> Option<OsString>,
) -> Result<(), String> {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    let address = page.to_string();
    if let Some(browser) = set("BROWSER") {
        return open_with(&browser.to_string_lossy(), &address).await;
    }
    let has_screen = set("DISPLAY").is_some() || set("WAYLAND_DISPLAY").is_some();
    let is_remote = set("SSH_CONNECTION").is_some() || set("SSH_TTY").is_some();
    let needs_screen =
        cfg!(all(unix, not(target_os = "macos"))) && set("WSL_DISTRO_NAME").is_none();
    if is_remote && !has_screen {
        return Err("this is another machine than yours (SSH)".to_owned());
    }
    if needs_screen && !has_screen {
        return Err("there is no display".to_owned());
    }
    // It waits a moment to see whether the browser starts.
    let opened = tokio::task::spawn_blocking(move || open::that_detached(address)).await;
    match opened {
        Ok(opened) => opened.map_err(|error| format!("none can be started: {error}")),
        Err(error) => Err(error.to_string()),
    }
}

/// Opens it with the first of the browsers that are named, parted by colons, that starts. Options stand
/// behind a name, and `%s` for the address if it does not come last.
async fn open_with(browsers: &str, address: &str) -> Result<(), String> {
    let mut reason = "$BROWSER names none".to_owned();
    for browser in browsers.split(':') {
        let mut words = browser.split_whitespace().map(|word| word.replace("%s", address));
        let Some(program) = words.next() else { continue };
        let mut arguments = words.collect::<Vec<_>>();
        if !browser.contains("%s") {
            arguments.push(address.to_owned());
        }
        match start(&program, &arguments).await {
            Ok(()) => return Ok(()),
            Err(why) => reason = format!("{program} of $BROWSER {why}"),
        }
    }
    Err(reason)
}

async fn start(program: &str, arguments: &[String]) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // What is typed to end this program is not for the browser.
    #[cfg(unix)]
    command.process_group(0);
    let mut child = command.spawn().map_err(|error| format!("cannot be started: {error}"))?;
    match timeout(PATIENCE, child.wait()).await {
        Ok(Ok(status)) if !status.success() => Err(format!("ended with {status}")),
        // Whoever is dropped here is waited for by the runtime.
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
