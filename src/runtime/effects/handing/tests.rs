use super::browse;
use crate::app::message::{Message, NotBrowsed};
use crate::client::Client;
use crate::client::policy::Policy;
use crate::domain::links::WebPage;

#[tokio::test]
#[cfg(unix)]
async fn offline_a_browser_gets_nothing_but_addresses_of_this_machine() {
    let client = Client::new(Policy { offline: true, ..Policy::default() });
    let refused = "a.test is not this machine, and --offline is set".to_owned();
    for (address, expected) in [
        ("https://a.test/x#y", Err(NotBrowsed::Refused(refused))),
        ("http://127.0.0.1:3000/x", Ok(())),
    ] {
        let page = WebPage::at(address).unwrap();
        let variable = |name: &str| (name == "BROWSER").then(|| "true".into());
        let told = browse(client.clone(), page.clone(), variable).await;
        assert_eq!(told, Message::Browsed { page, outcome: expected });
    }
}
