//! What a waiting sender is answered when somebody else decides, over real sockets.

use std::sync::Arc;
use std::time::Duration;

use hookscope::capture::desk::FromApp;
use hookscope::domain::arrival::Arrival;
use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::endpoint::{Answer, AppAnswers, Endpoint};
use hookscope::domain::filter::Filter;
use hookscope::domain::shape::{Hold, Manner, Shape, Span};
use http::StatusCode;
use jiff::Timestamp;
use tokio::sync::mpsc;

use crate::support::{DEADLINE, Listening, limits, post, within};

fn answer(status: u16, body: &'static str) -> Answer {
    let status = StatusCode::from_u16(status).unwrap();
    Answer { status, body: body.into(), ..Answer::default() }
}

fn shape(status: u16, manner: Manner, span: Span) -> Shape {
    Shape { answer: answer(status, "shaped"), manner, span }
}

fn hold(filter: &str, budget: Duration) -> Hold {
    let filter = Arc::new(Filter::parse(filter, Timestamp::UNIX_EPOCH).unwrap());
    Hold { filter, budget }
}

async fn held(listening: &mut Listening) -> DeliveryId {
    loop {
        if let Arrival::Held { record, .. } = listening.arrival().await {
            return record.id;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_answer_stands_for_the_next_delivery_or_until_it_is_taken_back() {
    let listening = Listening::start().await;
    let endpoint = "default".into();
    listening.desk.shape(&endpoint, Some(shape(503, Manner::Whole, Span::Next)));
    for expected in [503, 200] {
        assert_eq!(listening.send(post("/", "", "x")).await.status, expected);
    }
    listening.desk.shape(&endpoint, Some(shape(500, Manner::Whole, Span::UntilTakenBack)));
    for _ in 0..2 {
        let answered = listening.send(post("/", "", "x")).await;
        assert_eq!((answered.status, &answered.body[..]), (500, &b"shaped"[..]));
    }
    listening.desk.shape(&"other".into(), Some(shape(404, Manner::Whole, Span::Next)));
    listening.desk.shape(&endpoint, None);
    assert_eq!(listening.send(post("/", "", "x")).await.status, 200);
    let stored = listening.store.load(DeliveryId(1)).await.unwrap().unwrap();
    assert_eq!(stored.answered.status, 503);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_answer_closes_the_connection_and_the_delivery_is_stored() {
    let mut listening = Listening::start().await;
    listening.desk.shape(&"default".into(), Some(shape(200, Manner::Silent, Span::Next)));
    let mut client = listening.connect().await;
    client.write(post("/", "", "x")).await;
    assert_eq!(client.rest().await, b"");
    assert_eq!(listening.captured().await.id, DeliveryId(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dripping_answer_comes_whole_in_the_end() {
    let listening = Listening::start().await;
    let drip = Manner::Drip(Duration::from_millis(1));
    listening.desk.shape(&"default".into(), Some(shape(202, drip, Span::Next)));
    let mut client = listening.connect().await;
    client.write(post("/", "Connection: close\r\n", "x")).await;
    let text = String::from_utf8(client.rest().await).unwrap();
    assert!(text.starts_with("HTTP/1.1 202"), "{text}");
    // Each byte is a chunk of its own.
    assert!(
        text.ends_with("1\r\ns\r\n1\r\nh\r\n1\r\na\r\n1\r\np\r\n1\r\ne\r\n1\r\nd\r\n0\r\n\r\n")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_waits_for_the_user_and_what_is_not_does_not() {
    let mut listening = Listening::start().await;
    listening.desk.hold(Some(hold("method:PUT", DEADLINE)));
    assert_eq!(listening.send(post("/", "", "x")).await.status, 200);
    let mut client = listening.connect().await;
    client.write(post("/", "", "x").replace("POST", "PUT")).await;
    let id = held(&mut listening).await;
    assert!(listening.desk.release(id, Some(answer(418, "teapot"))));
    let answered = client.answer().await;
    assert_eq!((answered.status, &answered.body[..]), (418, &b"teapot"[..]));
    let status = StatusCode::IM_A_TEAPOT;
    assert_eq!(listening.arrival().await, Arrival::LetGo(id));
    assert_eq!(listening.arrival().await, Arrival::Answered { id, status });
    assert!(!listening.desk.release(id, None));
    let stored = listening.store.load(id).await.unwrap().unwrap();
    assert_eq!(stored.answered.status, 418);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_delivery_is_answered_as_usual_when_its_time_is_over_or_the_program_ends() {
    let mut listening = Listening::start().await;
    listening.desk.hold(Some(hold("", Duration::from_millis(20))));
    assert_eq!(listening.send(post("/", "", "x")).await.status, 200);
    for end in ["let go", "shut down"] {
        listening.desk.hold(Some(hold("", DEADLINE)));
        let mut client = listening.connect().await;
        client.write(post("/", "", "x")).await;
        held(&mut listening).await;
        match end {
            "let go" => listening.desk.hold(None),
            _ => listening.shutdown.begin.cancel(),
        }
        assert_eq!(client.answer().await.status, 200, "{end}");
    }
    within(&mut listening.served).await.unwrap();
}

/// A listener that hands the app's answer back within this time, and an app that answers 409 but
/// never to `/slow`, has no answer to `/none`, and is not asked about `/other`.
async fn with_app(budget: Duration) -> Listening {
    let endpoint = Endpoint {
        answered_by_app: Some(AppAnswers { within: budget, otherwise: answer(503, "later") }),
        answer: answer(202, "queued"),
        ..Endpoint::any_path(None)
    };
    let listening = Listening::with(limits(|_| ()), vec![endpoint]).await;
    // Nobody asks the app.
    assert_eq!(listening.send(post("/", "", "x")).await.status, 503);
    let (app, mut questions) = mpsc::channel(4);
    listening.desk.ask(app);
    tokio::spawn(async move {
        let mut waiting = Vec::new();
        while let Some(question) = questions.recv().await {
            match question.record.delivery.request.path() {
                "/slow" => waiting.push(question.reply),
                "/none" => drop(question.reply),
                "/other" => question.reply.send(FromApp::NotAsked).unwrap(),
                _ => question.reply.send(FromApp::Answer(answer(409, "no"))).unwrap(),
            }
        }
    });
    listening
}

#[tokio::test(flavor = "multi_thread")]
async fn the_apps_answer_goes_back_within_its_time_and_else_what_stands_in_for_it() {
    let patient = with_app(DEADLINE).await;
    let answered = patient.send(post("/", "", "x")).await;
    assert_eq!((answered.status, &answered.body[..]), (409, &b"no"[..]));
    let mut told = patient.feed.subscribe();
    assert_eq!(patient.send(post("/told", "", "x")).await.status, 409);
    let Arrival::Captured(record) = told.recv().await.unwrap() else { panic!("nothing came") };
    assert_eq!(record.answered.status, 202, "what is answered is not known yet");
    let (id, status) = (record.id, StatusCode::CONFLICT);
    assert_eq!(told.recv().await.unwrap(), Arrival::Answered { id, status });
    for (path, status) in [("/none", 503), ("/other", 202)] {
        assert_eq!(patient.send(post(path, "", "x")).await.status, status, "{path}");
    }
    let endpoint = "default".into();
    patient.desk.shape(&endpoint, Some(shape(500, Manner::Whole, Span::Next)));
    assert_eq!(patient.send(post("/", "", "x")).await.status, 500, "the user comes first");
    let hasty = with_app(Duration::from_millis(1)).await;
    assert_eq!(hasty.send(post("/slow", "", "x")).await.status, 503);
}
