//! `subs` from outside: its lines, its questions and its exit codes, against stand-ins.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};

use hookscope::domain::account::Account;
use serde_json::{Value, json};

use super::program::{Program, Run};
use crate::standins::avinode::{self, Standin, refusal};
use crate::standins::channex::Channex;
use crate::standins::server::Answer;

const SECRET: &str = "tr0ub4dor\"&3";
const TARGET: &str = "https://dev.example.test/avinode/acme";

/// The config of an account at the stand-in, and of the endpoint for its deliveries.
fn avinode_config(standin: &Standin) -> String {
    let base_url = standin.url();
    format!(
        "listen.public_url = 'https://dev.example.test'\nstore.file = 'kept.db'\n\
         [[account]]\nname = 'acme'\nprovider = 'avinode'\nbase_url = '{base_url}'\n\
         hosts = ['{}']\n\
         credentials = {{ api_token = {{ env = 'API_TOKEN' }}, bearer = {{ env = 'BEARER' }} }}\n\
         [[endpoint]]\nname = 'acme'\npath = '/avinode/acme'\naccount = 'acme'\n\
         auth = {{ scheme = 'basic', username = 'login', password = {{ env = 'ACME_SECRET' }} }}\n",
        base_url.authority()
    )
}

fn channex_config(account: &Account) -> String {
    format!(
        "listen.public_url = 'https://dev.example.test'\nstore.file = 'kept.db'\n\
         [[account]]\nname = 'hotel'\nprovider = 'channex'\nbase_url = '{}'\nhosts = ['{}']\n\
         credentials = {{ api_key = {{ env = 'API_KEY' }}, property = 'property-1' }}\n",
        account.base_url,
        account.base_url.authority()
    )
}

struct Shell(Program);

impl Shell {
    fn at(standin: &Standin) -> Self {
        Self(Program::with_config(&avinode_config(standin)))
    }

    fn command(&self, line: &str) -> std::process::Command {
        let mut command = self.0.command(&line.split(' ').collect::<Vec<_>>());
        command.env("API_TOKEN", avinode::API_TOKEN).env("BEARER", avinode::BEARER);
        command.env("ACME_SECRET", SECRET).env("API_KEY", "key-of-hotel");
        command
    }

    fn run(&self, line: &str) -> Run {
        let output = self.command(line).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The only line of a command that is done.
    fn line(&self, line: &str) -> Value {
        let run = self.run(&format!("{line} --format json"));
        assert_eq!(run.code, Some(0), "{line}: {run:?}");
        let [line] = &run.json()[..] else { panic!("{run:?}") };
        line.clone()
    }

    /// Starts a command and waits for its first line.
    fn started(&self, line: &str) -> (Child, Value) {
        let mut command = self.command(line);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        let output = child.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut first).unwrap();
        (child, serde_json::from_str(&first).unwrap())
    }
}

const CREATE: &str = "subs create --name inspector --events TripRequest,EmptyLegs --client-id \
                      login --yes";

#[test]
fn what_is_made_is_printed_as_the_contract_says_and_listed_alike() {
    let standin = Standin::start();
    let shell = Shell::at(&standin);
    let made = shell.run(&format!("{CREATE} --format json"));
    assert_eq!(made.code, Some(0), "{made:?}");
    let id = standin.settings()[0]["id"].as_str().unwrap().to_owned();
    let line = format!(
        "{{\"kind\":\"subscription\",\"account\":\"acme\",\"provider\":\"avinode\",\"id\":\"{id}\",\
         \"name\":\"inspector\",\"target\":\"{TARGET}\",\"active\":true,\
         \"events\":[\"TripRequest\",\"EmptyLegs\"],\"ours\":true,\"drift\":null,\"raw\":{{"
    );
    assert!(made.out.starts_with(&line), "{}", made.out);
    assert_eq!(made.json()[0]["raw"]["clientSecret"], "***");
    assert_eq!(standin.settings()[0]["clientSecret"], SECRET);
    assert!(made.err.contains("create a subscription of acme:"), "{}", made.err);
    assert!(made.err.contains(&format!("\"targetURI\": \"{TARGET}\"")), "{}", made.err);
    assert_eq!(shell.run("subs list --format json").out, made.out);
    assert_eq!(shell.run("subs list --format json --account acme").out, made.out);
}

#[test]
fn no_secret_reaches_output_log_or_store() {
    let standin = Standin::start();
    let shell = Shell::at(&standin);
    let mut told = vec![shell.run(&format!("{CREATE} -vv"))];
    let echo = refusal(400, "ERR_INPUT_GENERIC_INVALID", SECRET, Some("clientSecret"));
    told.push(shell.run("subs list -vv --format json"));
    for answer in [echo, Answer::new(500, &[], format!("<p>{SECRET}</p>"))] {
        standin.set_answer(answer);
        told.push(shell.run(&format!("{CREATE} -vv --format json")));
    }
    let planted = ["tr0ub4dor", avinode::API_TOKEN, avinode::BEARER];
    for run in &told {
        let text = format!("{}{}", run.out, run.err);
        assert!(planted.iter().all(|secret| !text.contains(secret)), "{text}");
    }
    for file in fs::read_dir(shell.0.file(".")).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(planted.iter().all(|secret| !text.contains(secret)));
    }
}

#[test]
fn an_existing_one_is_changed_by_what_is_given_and_stays_otherwise_as_it_is() {
    let standin = Standin::start();
    let shell = Shell::at(&standin);
    let id = standin.seed(&json!({
        "targetURI": TARGET, "displayName": "theirs", "eventTypes": ["TripRequest"], "kept": [1],
    }));
    let line = shell.line(&format!("subs update --id {id} --name ours --yes"));
    assert_eq!((&line["name"], &line["ours"]), (&json!("ours"), &json!(false)));
    assert_eq!(line["raw"]["kept"], json!([1]));
    assert_eq!(shell.line(&format!("subs deactivate --id {id} --yes"))["active"], false);
    assert_eq!(shell.line(&format!("subs activate --id {id} --yes"))["active"], true);
    assert_eq!(standin.settings()[0]["version"], 4);
}

#[test]
fn channex_deletes_and_tests() {
    let standin = Channex::start();
    let account = standin.organization("hotel", "key-of-hotel", "property-1");
    let shell = Shell(Program::with_config(&channex_config(&account)));
    let made = shell.line(
        "subs create --target https://dev.example.test/hotel --events booking,ari --send-data \
         --header X-Secret:hush-hush --secret-env ACME_SECRET --param k=v --yes",
    );
    let masked = json!({"X-Secret": "***", "X-Channex-Webhook-Secret": "***"});
    assert_eq!(made["raw"]["attributes"]["headers"], masked);
    let attributes = &standin.webhooks("key-of-hotel")[0]["attributes"];
    let sent = json!({"X-Secret": "hush-hush", "X-Channex-Webhook-Secret": SECRET});
    assert_eq!(attributes["headers"], sent);
    assert_eq!(attributes["send_data"], true);

    let id = made["id"].as_str().unwrap();
    let deleted = shell.line(&format!("subs delete --id {id} --yes"));
    assert_eq!((&deleted["id"], &deleted["deleted"]), (&json!(id), &json!(true)));
    assert!(standin.webhooks("key-of-hotel").is_empty());
    let listed = shell.run("subs list --format json");
    assert_eq!((listed.code, listed.out.as_str()), (Some(0), ""));
}

#[test]
fn what_the_provider_cannot_do_and_what_it_has_not_is_a_mistake() {
    let standin = Standin::start();
    let shell = Shell::at(&standin);
    let id = standin.seed(&json!({"targetURI": TARGET, "displayName": "x", "eventTypes": []}));
    for (line, part) in [
        (format!("subs delete --id {id} --yes"), "Avinode documents no deletion"),
        (format!("subs update --id {id} --send-data --yes"), "--send-data is none of avinode's"),
        (format!("subs activate --id {id} --name x"), "--name means nothing to this action"),
        ("subs create --yes".to_owned(), "--name is required"),
        ("subs update --name x".to_owned(), "name it with --id"),
        ("subs list --account nord".to_owned(), "no account nord is configured; there are acme"),
    ] {
        let run = shell.run(&line);
        assert_eq!(run.code, Some(2), "{line}: {run:?}");
        assert!(run.err.contains(part), "{line}: {}", run.err);
    }
    let run = shell.run("subs activate --id whs-99 --yes");
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.err.contains("acme has no subscription whs-99"), "{}", run.err);
    assert!(standin.requests().iter().all(|request| request.method == http::Method::GET));
}

#[test]
fn what_the_provider_lost_is_told_and_can_be_let_go() {
    let standin = Standin::start();
    let shell = Shell::at(&standin);
    let made = shell.line(CREATE);
    standin.rebuild();
    let listed = shell.line("subs list");
    assert_eq!((&listed["id"], &listed["drift"]), (&made["id"], &json!("gone")));
    let id = made["id"].as_str().unwrap();
    let run = shell.run(&format!("subs activate --id {id} --yes"));
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.err.contains("is gone at the provider; make it anew"), "{}", run.err);
    assert_eq!(shell.line(&format!("subs delete --id {id}"))["deleted"], true);
    assert_eq!(shell.run("subs list --format json").out, "");
}

#[test]
fn without_a_terminal_nothing_is_sent_unasked() {
    let standin = Standin::start();
    let run = Shell::at(&standin).run("subs create --name inspector --format json");
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains("there is no terminal to ask at; say yes with --yes"), "{}", run.err);
    assert_eq!(run.json()[0]["code"], "no_terminal");
    assert!(standin.requests().is_empty());
}

#[test]
fn the_exit_code_tells_a_no_from_a_failure() {
    let standin = Standin::start();
    let shell = Shell::at(&standin);
    let create = "subs create --name inspector --events Nonsense --yes --format json";
    let no = refusal(422, "ERR_INPUT_GENERIC_INVALID", "is unknown", Some("eventTypes[0]"));
    for (answer, code, word) in [
        (no, 1, "rejected"),
        (refusal(401, "ERR_INPUT_GENERIC_INVALID", "Authorization", None), 1, "rejected"),
        (Answer::html(502), 3, "provider_failed"),
        (Answer::Raw(Vec::new()), 3, "reset"),
    ] {
        standin.set_answer(answer);
        let run = shell.run(create);
        assert_eq!(run.code, Some(code), "{run:?}");
        let lines = run.json();
        assert_eq!((&lines[0]["kind"], &lines[0]["code"]), (&json!("error"), &json!(word)));
    }
    drop(standin);
    let run = shell.run("subs list --format json");
    assert_eq!((run.code, &run.json()[0]["code"]), (Some(3), &json!("refused")));
}

#[test]
fn a_no_names_the_option_that_it_is_about() {
    let standin = Standin::start();
    let no = refusal(422, "ERR_INPUT_GENERIC_INVALID", "is unknown", Some("eventTypes[0]"));
    standin.set_answer(no);
    let run = Shell::at(&standin).run("subs create --name inspector --events Nonsense --yes");
    let last = run.err.lines().last().unwrap();
    assert!(last.contains("--events") && last.contains("is unknown"), "{}", run.err);
}

#[test]
fn people_read_a_table() {
    let standin = Standin::start();
    let shell = Shell::at(&standin);
    let run = shell.run("subs list");
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert_eq!(run.err, "hookscope: acme has no subscriptions\n");
    shell.run(CREATE);
    let run = shell.run("subs list");
    assert_eq!(
        run.out,
        format!("active  whs-1  inspector  {TARGET}  TripRequest,EmptyLegs  ours\n")
    );
}

#[test]
fn the_account_has_to_be_named_only_where_there_are_several() {
    let standin = Standin::start();
    let config = avinode_config(&standin)
        + "[[account]]\nname = 'temps'\nprovider = 'avionte'\n\
        base_url = 'https://api.avionte.com/front-office/v1'\n\
        credentials = { api_key = 'k', client_id = 'c', client_secret = 's', tenant_id = 6 }\n";
    let shell = Shell(Program::with_config(&config));
    let run = shell.run("subs list");
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains("name the account with --account; there are acme, temps"), "{run:?}");
    assert_eq!(shell.run("subs list --account acme").code, Some(0));

    let run = Program::new().run(&["subs", "list"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains("no account is configured; add an [[account]]"), "{run:?}");

    let run = shell.run("subs list --account temps");
    assert_eq!(run.code, Some(2), "{run:?}");
    let create = "subs create --account temps --target https://dev.example.test/temps \
                  --events placement_started";
    let sheet = shell.run(create);
    assert_eq!(sheet.code, Some(0), "{sheet:?}");
    for part in ["https://dev.example.test/temps", "placement_started", "52.200.5.50", "6"] {
        assert!(sheet.out.contains(part), "{}", sheet.out);
    }
    let line = shell.line(create);
    assert_eq!((&line["kind"], &line["text"]), (&json!("request_sheet"), &json!(sheet.out)));
}

#[cfg(unix)]
#[test]
fn a_lease_is_held_until_a_signal_and_then_given_back() {
    use rustix::process::{Pid, Signal, kill_process};

    let standin = Standin::start();
    let shell = Shell::at(&standin);
    let before = "https://before.example.test/";
    let id = standin.seed(&json!({"targetURI": before, "displayName": "x", "eventTypes": []}));
    let lease = format!("subs lease --id {id} --yes --format json");
    let (mut child, line) = shell.started(&lease);
    assert_eq!((&line["target"], &line["leased"]), (&json!(TARGET), &json!(true)));
    assert_eq!(standin.settings()[0]["targetURI"], TARGET);
    let again = shell.run(&lease);
    assert_eq!(again.code, Some(2), "{again:?}");

    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(told.contains(&format!("{id} points to {before} again")), "{told}");
    assert_eq!(standin.settings()[0]["targetURI"], before);
    assert!(shell.run("subs lease --back --yes").err.contains("no lease is open"));
}

#[test]
fn a_lease_whose_result_nobody_reads_is_given_back_at_once() {
    let standin = Standin::start();
    let shell = Shell::at(&standin);
    let before = "https://before.example.test/";
    let id = standin.seed(&json!({"targetURI": before, "displayName": "x", "eventTypes": []}));
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = shell.command(&format!("subs lease --id {id} --yes --format json"));
    let output = command.stdout(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(standin.settings()[0]["targetURI"], before);
}

#[test]
fn a_lease_that_a_crash_left_open_is_told_and_can_be_given_back() {
    let standin = Standin::start();
    let shell = Shell::at(&standin);
    let before = "https://before.example.test/";
    let id = standin.seed(&json!({"targetURI": before, "displayName": "x", "eventTypes": []}));
    let (mut child, _) = shell.started(&format!("subs lease --id {id} --yes --format json"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(standin.settings()[0]["targetURI"], TARGET);

    let (mut listener, _) = shell.started("listen --addr 127.0.0.1:0 --format json");
    listener.kill().unwrap();
    listener.wait().unwrap();
    let mut told = String::new();
    listener.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    let back = format!("`hookscope subs lease --back --account acme --id {id}`");
    assert!(told.contains(&back) && told.contains(before), "{told}");

    let run = shell.run("subs lease --back");
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains(&format!("acme: {id} from {TARGET} back to {before}")), "{run:?}");
    let run = shell.run(&format!("subs lease --back --account acme --id {id} --yes"));
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(standin.settings()[0]["targetURI"], before);
}
