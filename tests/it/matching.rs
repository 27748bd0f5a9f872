//! Two companies at one listener: whose each delivery is, over real sockets, and what an account
//! that is added later makes of deliveries from before.

use std::sync::Arc;

use hookscope::capture::feed::Feed;
use hookscope::capture::limits::Limits;
use hookscope::domain::account::Matching;
use hookscope::domain::arrival::Arrival;
use hookscope::domain::endpoint::{Endpoint, PathPattern};
use hookscope::domain::event::ProviderId;
use hookscope::domain::filter::Filter;
use hookscope::domain::name::EndpointName;
use hookscope::domain::page::Cursor;
use hookscope::domain::secret::Secret;
use hookscope::domain::verdict::Verdict;
use hookscope::providers::accounts::Accounts;
use hookscope::providers::route::{Route, Routes};
use hookscope::runtime::reinspection;
use hookscope::storage::Store;
use hookscope::verify::catalog::{Auth, Catalog};
use hookscope::verify::scheme::Scheme;
use jiff::Timestamp;

use crate::support::{Listening, account, post, within};

/// `acme-hook:p` and `globex-hook:p`.
const ACME: &str = "Authorization: Basic YWNtZS1ob29rOnA=\r\n";
const GLOBEX: &str = "Authorization: Basic Z2xvYmV4LWhvb2s6cA==\r\n";

const RFQ: &str =
    r#"{"id":"arfq-1","href":"https://sandbox.avinode.com/api/rfqs/arfq-1","type":"rfqs"}"#;
const JOB: &str = r#"{"EventName":"job_created","FrontOfficeTenantId":6,"CorrelationId":"c-1","Resource":"{\"Id\":1}"}"#;

fn basic(username: &str) -> Scheme {
    let auth = Auth {
        scheme: "basic".to_owned(),
        username: Some(username.to_owned()),
        password: Some(Secret::new("p")),
        ..Auth::default()
    };
    Catalog::builtin().scheme(&auth).unwrap()
}

fn route(name: &str, path: &str, scheme: Scheme) -> Route {
    let (name, path) = (EndpointName::from(name), PathPattern::parse(path).unwrap());
    Route { endpoint: Endpoint { name, path, ..Endpoint::any_path(None) }, scheme }
}

fn routes(accounts: &[(&str, ProviderId, Matching)]) -> Routes {
    let either = Scheme::Any(vec![basic("acme-hook"), basic("globex-hook")]);
    let routes =
        vec![route("companies", "/c/{company}", Scheme::Open), route("shared", "/*", either)];
    let accounts = accounts.iter().cloned();
    let accounts = accounts.map(|(name, provider, matching)| account(name, provider, matching));
    Routes::new(routes).with_accounts(Accounts::new(accounts.collect()))
}

fn client(id: &str) -> Matching {
    Matching { client_id: Some(id.to_owned()), ..Matching::default() }
}

async fn found(store: &Store, filter: &str) -> Vec<i64> {
    let filter = Arc::new(Filter::parse(filter, Timestamp::UNIX_EPOCH).unwrap());
    let page = store.page(filter, Cursor::Newest, 100).await.unwrap();
    page.rows.iter().map(|row| row.id.0).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_delivery_is_matched_to_its_company_and_found_by_it() {
    let acme = ("acme", ProviderId::Avinode, client("acme-hook"));
    let globex = ("globex", ProviderId::Avinode, client("globex-hook"));
    let routes = routes(&[acme, globex]);
    let mut listening = Listening::with_accounts(Limits::default(), routes).await;
    for (path, headers, body, expected) in [
        ("/in", ACME, RFQ, Some("acme")),
        ("/in", GLOBEX, RFQ, Some("globex")),
        ("/c/acme", GLOBEX, RFQ, Some("acme")),
        ("/c/globex", "", "not even JSON", Some("globex")),
        ("/in", "", RFQ, None),
        ("/c/initech", "", RFQ, None),
    ] {
        listening.send(post(path, headers, body)).await;
        let record = listening.captured().await;
        let account = record.inspection.account.as_ref().map(ToString::to_string);
        assert_eq!(account.as_deref(), expected, "{path} {headers}");
        let stored = listening.store.load(record.id).await.unwrap().unwrap();
        assert_eq!(stored.inspection.account, record.inspection.account);
    }
    assert_eq!(found(&listening.store, "account:acme").await, [3, 1]);
    assert_eq!(found(&listening.store, "account:none provider:avinode").await, [6, 5]);
    assert_eq!(found(&listening.store, "account:globex,none").await, [6, 5, 4, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_added_later_is_matched_to_deliveries_from_before() {
    let former = ("former", ProviderId::Avinode, client("acme-hook"));
    let mut listening = Listening::with_accounts(Limits::default(), routes(&[former])).await;
    let mut before = Vec::new();
    for (path, headers, body) in [("/in", ACME, RFQ), ("/in", "", JOB), ("/in", GLOBEX, RFQ)] {
        listening.send(post(path, headers, body)).await;
        before.push(listening.captured().await);
    }
    let accounts = |records: &[Arc<_>]| {
        let name = |record: &Arc<hookscope::domain::record::Record>| {
            record.inspection.account.as_ref().map(ToString::to_string)
        };
        records.iter().map(name).collect::<Vec<_>>()
    };
    let named = |name: &str| Some(name.to_owned());
    assert_eq!(accounts(&before), [named("former"), None, None]);

    // One account has another name now, one is new, and one company still has none.
    let tenant = Matching { tenant_id: Some("6".to_owned()), ..Matching::default() };
    let routes = routes(&[
        ("acme", ProviderId::Avinode, client("acme-hook")),
        ("temps", ProviderId::Avionte, tenant),
    ]);
    let feed = Feed::default();
    let mut news = feed.subscribe();
    reinspection::run(listening.store.clone(), feed, routes).await;
    let mut told = Vec::new();
    while let Ok(arrival) = within(news.recv()).await {
        let Arrival::Reinspected(record) = arrival else { panic!("{arrival:?}") };
        told.push(record);
    }
    assert_eq!(accounts(&told), [named("temps"), named("acme")], "newest first, and only news");
    assert!(told.iter().all(|record| record.first_verdict.is_none()));
    assert!(matches!(told[1].inspection.verdict, Verdict::Verified { .. }));
    assert_eq!(found(&listening.store, "account:none").await, [3]);
}
