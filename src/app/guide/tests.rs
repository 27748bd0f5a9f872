use super::{Guide, Names, Standing, Step};
use crate::app::fixtures::session;
use crate::app::session::FirstRun;
use crate::domain::event::ProviderId;
use crate::domain::forwarding::Forwarding;
use crate::domain::proposal::{Proposal, Table};
use crate::domain::url::Url;

fn guide() -> Guide {
    let first_run =
        FirstRun { file: "hookscope.toml".to_owned(), env_files: vec![".env".to_owned()] };
    Guide::new(&first_run, &session())
}

fn at(step: Step) -> Guide {
    let mut guide = guide();
    while guide.step() != step {
        guide.skip();
    }
    guide
}

fn proposal(name: &str, table: Table) -> Proposal {
    Proposal { name: name.to_owned(), table, values: vec![name.to_uppercase()] }
}

fn seen() -> Guide {
    let mut guide = at(Step::Secret);
    assert!(guide.look());
    let account = Table::Account(ProviderId::Channex);
    let found = [("a", Table::Endpoint), ("b", Table::Endpoint), ("c", account)];
    guide.looked(found.map(|(name, table)| proposal(name, table)).to_vec());
    guide
}

fn names(proposals: &[Proposal]) -> Vec<&str> {
    proposals.iter().map(|proposal| proposal.name.as_str()).collect()
}

#[test]
fn the_first_delivery_ticks_the_first_step_off_wherever_the_user_is() {
    let mut guide = guide();
    guide.captured();
    assert_eq!((guide.step(), guide.standing(Step::Send)), (Step::Secret, Standing::Done));
    let mut guide = at(Step::Forward);
    assert_eq!(guide.standing(Step::Send), Standing::Skipped);
    guide.captured();
    assert_eq!((guide.step(), guide.standing(Step::Send)), (Step::Forward, Standing::Done));
}

#[test]
fn only_endpoints_are_chosen_and_what_is_not_chosen_is_proposed() {
    let mut guide = seen();
    guide.move_by(5);
    guide.choose();
    let beginning = guide.beginning().unwrap();
    assert_eq!(names(&beginning.chosen), ["a"]);
    assert_eq!(names(&beginning.proposed), ["b", "c"]);
    guide.go_on(&session());
    assert_eq!((guide.step(), guide.standing(Step::Secret)), (Step::Forward, Standing::Done));
}

#[test]
fn what_is_skipped_is_not_written() {
    let mut guide = seen();
    guide.skip();
    assert_eq!((guide.names(), guide.standing(Step::Secret)), (&Names::Unseen, Standing::Skipped));
    guide.forward.paste("http://a.test");
    guide.skip();
    let beginning = guide.write().unwrap();
    assert!(beginning.chosen.is_empty() && beginning.proposed.is_empty());
    assert_eq!(beginning.forward, None);
    assert!(guide.write().is_none(), "it is written once");
}

#[test]
fn an_address_that_leads_nowhere_or_here_is_not_taken() {
    for (text, mistake) in [
        (
            "localhost:3000",
            "the address is relative: it names no host; one is written as in http://",
        ),
        ("ftp://a.test", "the address is neither http nor https"),
        ("http://127.0.0.1:4000/x", "that is where hookscope itself listens"),
        ("http://localhost:4000", "that is where hookscope itself listens"),
    ] {
        let mut guide = at(Step::Forward);
        guide.forward.paste(text);
        guide.go_on(&session());
        assert_eq!(guide.step(), Step::Forward, "{text}");
        let told = guide.mistake.unwrap();
        assert!(told.starts_with(mistake), "{text}: {told}");
    }
    let mut guide = at(Step::Forward);
    guide.forward.paste(" http://localhost:3000 ");
    guide.go_on(&session());
    assert_eq!((guide.step(), guide.standing(Step::Forward)), (Step::Write, Standing::Done));
    let forward = guide.beginning().unwrap().forward.unwrap();
    assert_eq!(forward.to_string(), "http://localhost:3000");
}

#[test]
fn an_app_that_is_set_by_a_flag_is_written_too() {
    let mut session = session();
    session.endpoints[0].forwarding = Forwarding::to(Url::parse("http://a.test/x").unwrap());
    let first_run = FirstRun { file: "hookscope.toml".to_owned(), env_files: Vec::new() };
    let guide = Guide::new(&first_run, &session);
    assert_eq!(guide.standing(Step::Forward), Standing::Done);
    assert_eq!(guide.beginning().unwrap().forward, Url::parse("http://a.test/x").ok());
}
