//! The filter language: printed, a filter reads back as the same; a mistake is at a character.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

use hookscope::domain::filter::Filter;
use hookscope::domain::record::Record;
use hookscope_fuzz::{NOW, record, request};

static RECORD: LazyLock<Record> = LazyLock::new(|| {
    let text = b"POST /a?b=c HTTP/1.1\nHost: h\n\n{\"type\":\"rfqs\",\"id\":\"1\",\"a\":{\"b\":[1,null,\"x\"]}}";
    record(request(text).expect("a request"))
});

fuzz_target!(|text: &str| {
    match Filter::parse(text, NOW) {
        Ok(filter) => {
            let matches = filter.matches(&RECORD);
            let again = Filter::parse(&filter.to_string(), NOW).expect("it was printed");
            assert_eq!(again, filter, "{filter}");
            assert_eq!(again.matches(&RECORD), matches);
        }
        Err(error) => assert!(text.is_char_boundary(error.at), "{error:?}"),
    }
});
