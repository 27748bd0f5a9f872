//! What the commands make of `[[account]]`.

use std::net::TcpListener;

use super::program::Program;

fn account(base_url: &str, more: &str) -> String {
    format!(
        "listen.addr = '127.0.0.1:0'\n[[account]]\nname = 'acme'\nprovider = 'channex'\n\
         base_url = '{base_url}'\ncredentials = {{ api_key = {{ file = 'key' }} }}\n{more}"
    )
}

fn with_key(config: &str) -> Program {
    let program = Program::with_config(config);
    std::fs::write(program.file("key"), "api-key-4711\n").unwrap();
    program
}

#[test]
fn doctor_tells_whether_an_account_has_what_it_needs_and_can_be_reached() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap();
    let program = with_key(&account(&format!("http://{place}/api/v1"), ""));
    let run = program.run(&["doctor", "--offline"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let has = format!(
        "ok       account: acme has its credentials for channex; they go to {place} alone\n"
    );
    let reached = format!("ok       reach: {place} of acme can be reached\n");
    assert!(run.out.contains(&has) && run.out.contains(&reached), "{}", run.out);
    assert!(!run.out.contains("api-key-4711"), "{}", run.out);

    drop(listener);
    let run = program.run(&["doctor"]);
    assert_eq!(run.code, Some(0), "a provider may be away: {run:?}");
    let refused =
        format!("warning  reach: {place} of acme cannot be reached: nothing listens on {place}\n");
    assert!(run.out.contains(&refused), "{}", run.out);

    let run = with_key(&account("https://app.channex.io/api/v1", "")).run(&["doctor", "--offline"]);
    let not_tried = "ok       reach: app.channex.io of acme is not tried: --offline is set\n";
    assert!(run.out.contains(not_tried), "{}", run.out);
}

#[test]
fn a_secret_that_cannot_be_read_is_named_with_its_account() {
    let program = Program::with_config(&account("https://a.test", ""));
    let run = program.run(&["doctor", "--offline"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let message = "account acme: api_key: cannot read";
    assert!(run.out.contains(&format!("error    account: {message}")), "{}", run.out);
    let run = program.run(&["listen", "--headless"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains(message), "{}", run.err);
}

#[test]
fn an_account_whose_address_is_off_its_hosts_is_a_mistake() {
    let program = with_key(&account("https://a.test", "hosts = ['b.test']"));
    for command in ["doctor", "list"] {
        let run = program.run(&[command]);
        let said = format!("{}{}", run.out, run.err);
        assert!(
            said.contains("./hookscope.toml:2:1: account acme: base_url is on a.test"),
            "{said}"
        );
        assert_ne!(run.code, Some(0));
    }
}
