//! Search over a million deliveries, and what they cost those who deliver.

use std::sync::Arc;
use std::time::{Duration, Instant};

use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::filter::Filter;
use hookscope::domain::page::Cursor;
use hookscope::storage::Store;
use jiff::Timestamp;

use crate::load::Load;
use crate::million::{self, DELIVERIES, Million};
use crate::server::{Kind, Server};

/// How often each search is done; the median is printed.
const ROUNDS: usize = 7;

/// Rows of a page of the dashboard.
const ROWS: usize = 200;

/// How many deliveries among the newest tenth have a word that no other has.
const NEWEST: usize = 100;

/// A filter, and how many of the million match it.
const FILTERS: &[&str] = &[
    "provider:avinode",
    "account:rare",
    "account:rare event:booking_new",
    "auth:refuted",
    "auth:signature_mismatch",
    "event:message endpoint:desk",
    "status:5xx",
    "-account:acme,nord",
    "method:get",
    "is:repeat",
    "since:1h",
    "until:26h",
    "until:26h account:rare",
    "id:1000..2000",
];

const WORDS: &[&str] = &[
    "in-most",
    "in-the-newest-tenth",
    "in-the-oldest",
    "In-The-Oldest",
    "/id=1",
    "/word=in-the-oldest",
    "lorem account:rare",
];

pub(crate) fn measure() {
    let million = Million::make();
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    runtime.block_on(searches(&million));
}

async fn searches(million: &Million) {
    let store = Store::open_to_read(&million.file).expect("the store opens");
    println!("milliseconds to the first {ROWS} rows of {DELIVERIES} deliveries");
    for text in FILTERS.iter().chain(WORDS) {
        let filter = Arc::new(Filter::parse(text, Timestamp::now()).expect("a filter"));
        let mut times = Vec::new();
        let mut rows = 0;
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            let page = store.page(Arc::clone(&filter), Cursor::Newest, ROWS).await;
            times.push(begun.elapsed());
            rows = page.expect("a page").rows.len();
        }
        row(text, times, &format!("{rows} rows"));
    }
    row("… on screen, part by part", newest_tenth(&store).await, &format!("{NEWEST} rows"));
    for at in [2, 500_000, 999_000] {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            let page = store.page(Arc::default(), Cursor::Before(DeliveryId(at)), ROWS).await;
            times.push(begun.elapsed());
            page.expect("a page");
        }
        row(&format!("the page before {at}"), times, "");
    }
    store.close().await;
}

/// Until all rows that match among the newest tenth are on screen, where the dashboard asks for parts.
async fn newest_tenth(store: &Store) -> Vec<Duration> {
    let filter = Filter::parse("in-the-newest-tenth", Timestamp::now()).expect("a filter");
    let (filter, mut times) = (Arc::new(filter), Vec::new());
    for _ in 0..ROUNDS {
        let (begun, mut found, mut next) = (Instant::now(), 0, Some(Cursor::Newest));
        while let Some(cursor) = next.filter(|_| found < NEWEST) {
            let part = store.part(Arc::clone(&filter), cursor, ROWS).await.expect("a part");
            found += part.rows.len();
            next = part.next;
        }
        assert_eq!(found, NEWEST);
        times.push(begun.elapsed());
    }
    times
}

fn row(name: &str, mut times: Vec<Duration>, note: &str) {
    times.sort_unstable();
    println!("{name:<36} {:>9.2}  {note}", times[times.len() / 2].as_secs_f64() * 1e3);
}

/// What a delivery costs with a million stored beside one with an empty store, in turns.
pub(crate) fn capture() {
    const REQUESTS: u64 = 50_000;
    const WARM_UP: u64 = 30_000;
    let million = Million::make();
    println!(
        "{REQUESTS} captures with an empty store and with {DELIVERIES} stored, and their ratio"
    );
    let load = Load { body: 500, connections: 64, span: Duration::MAX };
    let (mut empty, mut full) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for _ in 0..ROUNDS {
        let folder = million::folder();
        let file = folder.path().join("million.db");
        million.copy(&file);
        for (server, figures) in
            [(Server::start(Kind::Full), &mut empty), (Server::on(&file), &mut full)]
        {
            // What is learnt once, in the first seconds, is no part of the rate.
            load.run_for(server.address, WARM_UP);
            let before = server.processor_time().unwrap_or_default();
            figures[0].push(load.run_for(server.address, REQUESTS).rate);
            let took = server.processor_time().unwrap_or_default() - before;
            figures[1].push(took / REQUESTS as f64 * 1e6);
        }
    }
    let names = ["per second", "microseconds of a processor"];
    for ((name, empty), full) in names.into_iter().zip(empty).zip(full) {
        let [empty, full] = [empty, full].map(median);
        println!("{name:<30} {empty:>9.1} {full:>9.1} {:>7.3}", full / empty);
    }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
