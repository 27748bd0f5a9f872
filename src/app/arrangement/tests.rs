use proptest::prelude::*;

use super::{Arrangement, NARROWEST};

proptest! {
    #[test]
    fn the_divider_stands_where_it_is_dragged_and_leaves_both_panes_room(
        columns in 100_u16..400,
        column in 0_u16..400,
    ) {
        let mut arrangement = Arrangement::default();
        arrangement.divide_at(column, columns);
        let width = arrangement.stream_width(columns);
        prop_assert!(width >= NARROWEST && columns - 1 - width >= NARROWEST);
        if (NARROWEST..columns - NARROWEST).contains(&column) {
            prop_assert_eq!(width, column);
        }
    }
}
