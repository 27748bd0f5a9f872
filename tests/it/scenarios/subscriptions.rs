//! Keys in the subscriptions view.

use super::begin::Begin::{self, Empty, Left, Narrow, Wide};

/// Among the subscriptions.
#[rustfmt::skip]
pub(super) const SUBSCRIPTIONS: &[(Begin, &str, &str)] = &[
    (Wide, "S", "acme whs-41"),
    (Wide, "A", "acme whs-41"),
    (Wide, "A A", "stream 30 follow"),
    (Narrow, "enter S", "acme whs-41"),
    (Empty, "S", "acme whs-41"),
    (Wide, "S S", "stream 30 follow"),
    (Wide, "S esc", "stream 30 follow"),
    (Narrow, "enter S q", "detail 30 row 0"),
    (Wide, "S j j k", "acme whs-38"),
    (Wide, "S G", "acme whs-17"),
    (Wide, "S down enter", "acme whs-38 reads"),
    (Wide, "S j enter j j esc", "acme whs-38"),
    (Wide, "S j enter S", "stream 30 follow"),
    (Wide, "S T", "acme whs-41 utc"),
    (Wide, "S j r", "acme whs-38"),
    // accounts
    (Wide, "S tab", "hotel-nord a9a8f2d1-0b7c-4a53-9a55-0f4d8c1e2b77"),
    (Wide, "S j tab shift-tab", "acme whs-38"),
    (Wide, "S shift-tab", "temps nothing"),
    (Wide, "S tab tab tab", "acme whs-41"),
    (Wide, "S tab esc S", "hotel-nord a9a8f2d1-0b7c-4a53-9a55-0f4d8c1e2b77"),
    // questions
    (Wide, "S space", "acme whs-41 | confirm deactivate"),
    (Wide, "S j space", "acme whs-38 | confirm activate"),
    (Wide, "S space down up end home pagedown pageup esc", "acme whs-41"),
    (Wide, "S j L", "acme whs-38 | confirm lease"),
    (Wide, "S j j j j L", "acme whs-22 | confirm return"),
    (Wide, "S d", "acme whs-41"),
    (Wide, "S t", "acme whs-41"),
    (Wide, "S G space", "acme whs-17"),
    (Wide, "S tab d", "hotel-nord a9a8f2d1-0b7c-4a53-9a55-0f4d8c1e2b77 | confirm delete"),
    (Wide, "S tab t", "hotel-nord a9a8f2d1-0b7c-4a53-9a55-0f4d8c1e2b77 | confirm test"),
    // forms
    (Wide, "S n", "acme whs-41 | form name"),
    (Wide, "S n esc", "acme whs-41"),
    (Wide, "S n q", "acme whs-41 | form name"),
    (Wide, "S n f1", "acme whs-41 | form name | help>"),
    (Wide, "S n enter enter enter enter", "acme whs-41 | form other events"),
    (Wide, "S n tab tab shift-tab", "acme whs-41 | form target"),
    (Wide, "S n shift-tab", "acme whs-41 | form last"),
    (Wide, "S n down down down down", "acme whs-41 | form events"),
    (Wide, "S n tab tab tab up", "acme whs-41 | form active"),
    (Wide, "S n up", "acme whs-41 | form name"),
    (Wide, "S n shift-tab enter", "acme whs-41 | form last | confirm create"),
    (Wide, "S e ctrl-s", "acme whs-41 | form name | confirm update"),
    (Wide, "S e ctrl-s esc", "acme whs-41 | form name"),
    (Wide, "S G e ctrl-s", "acme whs-17 | form target"),
    (Wide, "S n tab ctrl-u ctrl-s", "acme whs-41 | form target"),
    (Wide, "S tab n tab tab tab tab tab tab tab { enter enter up up", "hotel-nord a9a8f2d1-0b7c-4a53-9a55-0f4d8c1e2b77 | form headers"),
    (Wide, "S tab n tab tab tab tab tab tab tab { ctrl-s", "hotel-nord a9a8f2d1-0b7c-4a53-9a55-0f4d8c1e2b77 | form headers"),
    // leases left open
    (Left, "", "stream 30 follow | leases 1"),
    (Left, "enter q", "stream 30 follow | leases 1"),
    (Left, "esc", "stream 30 follow"),
    // the request sheet
    (Wide, "S shift-tab e", "temps nothing | form target"),
    (Wide, "S shift-tab e ctrl-s", "temps nothing"),
    (Wide, "S shift-tab n", "temps nothing"),
    (Narrow, "S shift-tab j j k", "temps nothing"),
];
