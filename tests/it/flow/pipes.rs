//! Bodies are piped to real commands, and what these print is shown.

use super::Running;
use crate::support::within;

async fn begun(body: &str) -> Running {
    let running = Running::start(120, 40).await;
    running.post("/hooks/shop", body).await;
    running.screen.wait_for("/hooks/shop").await;
    running
}

#[tokio::test(flavor = "multi_thread")]
#[cfg(unix)]
async fn the_whole_body_goes_through_a_command_and_comes_out_in_a_pane() {
    let big = format!("{{\"big\":\"{}\"}}", "x".repeat(300_000));
    let running = begun(&big).await;
    running.press("|wc -c\r");
    running.screen.wait_for("#1 | wc -c").await;
    running.screen.wait_for(&big.len().to_string()).await;
    running.screen.wait_for("done in").await;
    running.press("\x1b:pipe cat | tail -c 4; echo bad >&2; exit 3\r");
    running.screen.wait_for("xx\"}").await;
    running.screen.wait_for("standard error:").await;
    running.screen.wait_for("ended with exit status: 3, after").await;
    running.press("Q");
}

#[tokio::test(flavor = "multi_thread")]
#[cfg(unix)]
async fn what_a_command_prints_does_nothing_to_the_terminal() {
    let running = begun("{}").await;
    running.press("|printf '\\033]0;title\\007\\033[2J\\342\\200\\256end\\n'\r");
    running.screen.wait_for("␛]0;title␇␛[2J<U+202E>end").await;
    running.press("Q");
}

#[tokio::test(flavor = "multi_thread")]
#[cfg(unix)]
async fn a_command_that_does_not_end_is_ended_and_holds_up_nothing() {
    let running = begun("{}").await;
    running.press("|echo begun; sleep 1000\r");
    running.screen.wait_for("begun").await;
    running.screen.wait_for("running, ").await;
    running.press("\x1b");
    running.screen.wait_for("ended by you after").await;
    running.press("\x1b|\r");
    running.screen.wait_for("running, ").await;
    running.keyboard.send(super::control('c')).unwrap();
    within(running.ended).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_is_there_again_after_a_command_that_had_the_terminal() {
    let running = begun("{\"a\":1}").await;
    running.press("|!fx\r");
    running.screen.wait_for("nobody gives b\"{\\\"a\\\":1}\" to fx").await;
    running.press("Q");
    within(running.ended).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[cfg(all(unix, not(target_os = "macos")))]
async fn where_there_is_no_browser_that_is_said() {
    let running = begun("{\"at\":\"https://a.test/x\"}").await;
    running.press("O");
    running.screen.wait_for("there is no browser here: there is no display").await;
    running.press("Q");
    within(running.ended).await.unwrap().unwrap();
}
