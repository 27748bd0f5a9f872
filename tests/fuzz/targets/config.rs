//! The config file: any text is read, or refused with a place in it.

#![no_main]

use libfuzzer_sys::fuzz_target;

use hookscope::config::file::File;
use hookscope::verify::catalog::Catalog;

fuzz_target!(|text: &str| {
    if let Err(mistake) = File::parse(text) {
        assert!(!mistake.to_string().is_empty());
    }
    match Catalog::builtin().with_user_recipes(text) {
        Ok(catalog) => assert!(catalog.listings().count() >= catalog.names().count()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
