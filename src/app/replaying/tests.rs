use super::marks::Marks;
use crate::app::fixtures::record;
use crate::domain::delivery::DeliveryId;

#[test]
fn marks_are_in_the_order_of_arrival_whatever_the_order_of_marking() {
    let mut marks = Marks::default();
    for id in [7, 3, 5] {
        marks.toggle(&record(id).summary());
    }
    assert_eq!(marks.iter().map(|(id, _)| id.0).collect::<Vec<_>>(), [3, 5, 7]);
    assert_eq!(marks.last(), Some(DeliveryId(5)));
    marks.toggle(&record(5).summary());
    assert_eq!((marks.count(), marks.last()), (2, None));
    assert!(marks.holds(DeliveryId(3)) && !marks.holds(DeliveryId(5)));
}
