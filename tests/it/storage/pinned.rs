//! Values of bodies that are shown as columns.

use std::sync::Arc;

use hookscope::domain::delivery::DeliveryId;
use hookscope::domain::pin::{Cell, Pin};
use hookscope::storage::Store;
use jiff::Timestamp;

use super::arbitrary::captured;
use super::packing::until;
use super::{memory, run};

fn pins(pointers: &[&str]) -> Arc<[Pin]> {
    pointers.iter().map(|pointer| Pin::new(pointer).expect("a pointer")).collect()
}

/// What the deliveries have at each place; a dash stands for nothing.
async fn texts(store: &Store, pins: &Arc<[Pin]>, ids: &[i64], bytes: usize) -> Vec<(i64, String)> {
    let ids = ids.iter().copied().map(DeliveryId).collect();
    let cells = store.cells(Arc::clone(pins), ids, bytes).await.expect("read");
    let text = |cell: &Option<Cell>| {
        cell.as_ref().map_or_else(|| "-".to_owned(), |cell| cell.text.clone())
    };
    let line = |cells: &[Option<Cell>]| cells.iter().map(text).collect::<Vec<_>>().join(" ");
    cells.iter().map(|(id, cells)| (id.0, line(cells))).collect()
}

/// Bodies of every kind: short, long enough to be packed, no JSON, broken off.
fn bodies() -> [String; 5] {
    let items = "\"item\",".repeat(20_000);
    [
        r#"{"n":7,"o":{"t":"x"}}"#.to_owned(),
        format!(r#"{{"items":[{items}0],"n":8,"o":{{"t":"y"}}}}"#),
        "n=9&o=z".to_owned(),
        format!(r#"{{"n":10,"items":[{items}"#),
        String::new(),
    ]
}

const EXPECTED: [&str; 5] = ["7 x", "8 y", "- -", "- -", "- -"];

#[test]
fn values_are_read_from_bodies_whether_they_are_packed_or_not() {
    run(async {
        let store = memory();
        for body in bodies() {
            store.insert(captured(&body)).await.expect("stored");
        }
        let (pins, ids) = (pins(&["/n", "/o/t"]), [5, 4, 3, 2, 1]);
        let expected = ids.iter().map(|id| (*id, EXPECTED[usize::try_from(*id - 1).unwrap()]));
        let expected = expected.map(|(id, text)| (id, text.to_owned())).collect::<Vec<_>>();
        assert_eq!(texts(&store, &pins, &ids, usize::MAX).await, expected);
        until(&store, 2).await;
        assert_eq!(texts(&store, &pins, &ids, usize::MAX).await, expected);
        store.close().await;
    });
}

#[test]
fn as_many_are_read_as_have_so_many_bytes_and_one_that_is_gone_has_nothing() {
    run(async {
        let store = memory();
        for body in bodies() {
            store.insert(captured(&body)).await.expect("stored");
        }
        let pins = pins(&["/n"]);
        for (bytes, count) in [(0, 1), (1, 1), (22, 2), (1_000_000, 5)] {
            let read = texts(&store, &pins, &[1, 2, 3, 4, 5], bytes).await;
            assert_eq!(read.len(), count, "{bytes}");
        }
        let gone = store.upkeep().delete_some(vec![DeliveryId(1)], Timestamp::now()).await;
        assert_eq!(gone.expect("deleted").1, 1);
        let expected = [(1, "-".to_owned()), (99, "-".to_owned())];
        assert_eq!(texts(&store, &pins, &[1, 99], usize::MAX).await, expected);
        store.close().await;
    });
}
