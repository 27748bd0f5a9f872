use proptest::prelude::*;

use super::File;
use crate::config::DEFAULT_FILE;
use crate::verify::catalog::Catalog;

/// The default file with its examples, and the recipes that come with the program.
fn files() -> [String; 2] {
    let examples = DEFAULT_FILE.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with(' ') => format!("{rest}\n"),
        _ => format!("{line}\n"),
    });
    [examples.collect(), include_str!("../../../assets/schemes.toml").to_owned()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_file_that_was_changed_anywhere_is_read_or_refused_at_a_place_of_it(
        at: usize, cut in 0_usize..40, into in "[ -~\\n\"'\\[\\]{}=.,#]{0,4}",
    ) {
        for file in files() {
            let mut characters = file.chars().collect::<Vec<_>>();
            let at = at % characters.len();
            let end = (at + cut).min(characters.len());
            characters.splice(at..end, into.chars());
            let text = characters.into_iter().collect::<String>();
            let lines = text.split('\n').collect::<Vec<_>>();
            let read = File::parse(&text).map(|_| ()).map_err(|mistake| (mistake.line, mistake.column));
            let recipes = Catalog::builtin().with_user_recipes(&text);
            let recipes = recipes.map(|_| ()).map_err(|error| (error.line, error.column));
            for (line, column) in [read, recipes].into_iter().filter_map(Result::err) {
                let known = lines.get(line - 1).map(|line| line.chars().count());
                prop_assert!(known.is_some_and(|length| column <= length + 1), "{}:{}", line, column);
            }
        }
    }
}
