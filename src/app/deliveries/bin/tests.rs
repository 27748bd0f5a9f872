use super::*;

fn ids<const N: usize>(ids: [i64; N]) -> BTreeSet<DeliveryId> {
    ids.map(DeliveryId).into()
}

fn seconds_left(bin: &Bin) -> Option<i64> {
    bin.last().and_then(Lot::seconds_left)
}

#[test]
fn the_last_second_counts_until_it_is_over() {
    let mut bin = Bin::default();
    assert_eq!(seconds_left(&bin), None);
    bin.put(ids([1]));
    for (passed, left) in [(0, 10), (1, 10), (999, 9), (2_000, 7), (-5_000, 7), (60_000, 5)] {
        bin.pass(SignedDuration::from_millis(passed));
        assert_eq!(seconds_left(&bin), Some(left), "{passed} ms passed");
        assert_eq!(bin.due(), None);
    }
}

#[test]
fn what_was_put_in_last_is_taken_out_first_until_the_store_is_told() {
    let mut bin = Bin::default();
    bin.put(ids([1]));
    bin.put(ids([2, 3]));
    assert_eq!(bin.count(), 3);
    assert_eq!(bin.take().map(|lot| lot.ids), Some(ids([2, 3])));
    assert!(bin.holds(DeliveryId(1)) && !bin.holds(DeliveryId(2)));
    bin.hurry();
    assert_eq!(bin.due().as_deref(), Some(&[DeliveryId(1)][..]));
    assert_eq!((bin.take(), bin.due(), bin.count()), (None, None, 1));
    assert!(bin.holds(DeliveryId(1)), "until the store has answered");
}

#[test]
fn what_is_due_at_once_is_one_deletion_whose_rest_is_told_at_its_end() {
    let mut bin = Bin::default();
    bin.put(ids([5, 7]));
    bin.put(ids([6]));
    bin.hurry();
    let told = bin.due().expect("it is due");
    assert_eq!(told.to_vec(), [5, 6, 7].map(DeliveryId));
    bin.forget(&ids([5, 7]));
    assert_eq!(bin.settle(&Arc::from([DeliveryId(6)])), None, "of another deletion");
    assert_eq!(bin.settle(&told), Some(ids([6])));
    assert_eq!(bin, Bin::default());
}

#[test]
fn what_is_gone_needs_no_deletion() {
    let mut bin = Bin::default();
    bin.put(ids([1, 2]));
    bin.put(ids([3]));
    bin.forget(&ids([2, 3]));
    assert_eq!(bin.count(), 1);
    bin.hurry();
    assert_eq!(bin.due().as_deref(), Some(&[DeliveryId(1)][..]));
}
