use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).expect("a time")
}

fn seen(id: i64, second: i64) -> Seen<'static> {
    Seen {
        id: DeliveryId(id),
        received_at: at(second),
        provider: None,
        account: None,
        event: None,
        verdict: "unchecked",
        status: StatusCode::OK,
        repeat: 1,
        sameness: id,
    }
}

fn counted(all: &[Seen<'_>]) -> Overview {
    let mut counting = Counting::new(at(0));
    for seen in all {
        counting.add(seen);
    }
    counting.ended(Vec::new())
}

#[test]
fn each_delivery_is_counted_in_the_minute_it_arrived_in() {
    let overview = counted(&[seen(5, 3), seen(4, 0), seen(3, -59), seen(2, -60), seen(1, -3_600)]);
    let counts = (overview.minutes[MINUTES - 1], overview.minutes[MINUTES - 2]);
    assert_eq!(counts, (3, 1), "a clock that was set back counts as now");
    assert_eq!(overview.minutes.iter().sum::<u32>(), 4, "an hour ago is out of sight");
    assert_eq!((overview.looked_at, overview.since), (5, Some(at(-3_600))));
}

#[test]
fn the_most_frequent_names_are_told_and_the_others_counted() {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "b", "i"];
    let events = names.map(|event| Seen { event: Some(event), ..seen(1, 0) });
    let overview = counted(&[&events[..], &[seen(1, 0)]].concat());
    let Shares { named, others, nameless } = overview.events;
    assert_eq!(named[..3], [("b".to_owned(), 2), ("i".to_owned(), 2), ("a".to_owned(), 1)]);
    assert_eq!((named.len(), others, nameless), (MOST_NAMES, 1, 1));
    assert_eq!(overview.verdicts.named, [("unchecked".to_owned(), 12)]);
}

#[test]
fn only_the_last_delivery_of_an_event_tells_whether_another_may_come() {
    let failed = StatusCode::INTERNAL_SERVER_ERROR;
    let provider = Some(ProviderId::Channex);
    let row =
        |id, sameness, status, repeat| Seen { provider, status, repeat, sameness, ..seen(id, 0) };
    let overview = counted(&[
        row(4, 7, StatusCode::OK, 2),
        row(3, 8, failed, 2),
        row(2, 7, failed, 1),
        row(1, 8, failed, 1),
        Seen { status: failed, ..seen(0, 0) },
    ]);
    let ids = overview.unaccepted.iter().map(|row| (row.id.0, row.repeat)).collect::<Vec<_>>();
    assert_eq!(ids, [(3, 2)]);
}

#[test]
fn answer_times_are_told_by_the_nearest_that_was_measured() {
    let millis = |all: &[u64]| all.iter().map(|it| Duration::from_millis(*it)).collect::<Vec<_>>();
    let all = (1..=200).rev().collect::<Vec<_>>();
    for (took, of, median, p99) in [(&[7][..], 1, 7, 7), (&[3, 1], 2, 1, 3), (&all, 200, 100, 198)]
    {
        let answers = Counting::new(at(0)).ended(millis(took)).answers.expect("some were measured");
        let expected = [median, p99].map(Duration::from_millis);
        assert_eq!((answers.of, [answers.median, answers.p99]), (of, expected));
    }
    assert_eq!(Counting::new(at(0)).ended(Vec::new()).answers, None);
}
