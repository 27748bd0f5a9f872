use proptest::prelude::*;

use super::pipelines;

/// Words by command, `|` between commands of a pipeline and `;` between pipelines.
fn words(script: &str) -> Result<String, String> {
    let pipelines = pipelines(script.as_bytes()).map_err(|error| error.to_string())?;
    let pipelines = pipelines.iter().map(|pipeline| {
        let commands = pipeline.iter().map(|words| {
            let words =
                words.iter().map(|word| format!("<{}>", String::from_utf8_lossy(&word.bytes)));
            words.collect::<String>()
        });
        commands.collect::<Vec<_>>().join("|")
    });
    Ok(pipelines.collect::<Vec<_>>().join(";"))
}

#[test]
fn words_are_those_of_a_shell() {
    for (script, expected) in [
        ("a  b\tc", "<a><b><c>"),
        ("a'b c'\"d e\"f", "<ab cd ef>"),
        ("'' \"\"", "<><>"),
        ("'it'\\''s' \\\"x\\ y", "<it's><\"x y>"),
        ("\"a\\\"b\\\\c\\d\\$e\"", "<a\"b\\c\\d$e>"),
        ("a \\\n  b \\\r\n c", "<a><b><c>"),
        ("a\\\nb", "<ab>"),
        ("\"a\\\nb\"", "<ab>"),
        ("$'a\\n\\t\\x41\\101\\u00e9\\'\\\\\\q'", "<a\n\tAAé'\\\\q>"),
        ("a # b\nc#d '#'", "<a>;<c#d><#>"),
        ("a; b && c & d\n\n", "<a>;<b>;<c>;<d>"),
        ("a | b", "<a>|<b>"),
        ("5$ $ \"$\"", "<5$><$><$>"),
        ("a*b [c] {d} ~ !", "<a*b><[c]><{d}><~><!>"),
        ("", ""),
    ] {
        assert_eq!(words(script).as_deref(), Ok(expected), "{script}");
    }
}

#[test]
fn what_only_a_shell_could_do_is_refused() {
    for (script, part) in [
        ("a\n'b", "line 2: a quote"),
        ("\"b", "line 1: a quote"),
        ("$'b", "line 1: a quote"),
        ("$TOKEN", "what $TOKEN stands for"),
        ("\"${T}\"", "what ${…} or $(…) stands for"),
        ("\"$(id)\"", "what ${…} or $(…) stands for"),
        ("`id`", "what `…` stands for"),
        ("a > b", "> is for the shell"),
        ("a < b", "< is for the shell"),
        ("(a)", "( is for the shell"),
        ("a |", "nothing follows the |"),
        ("| a", "| stands alone"),
        ("a || b", "| stands alone"),
    ] {
        let error = words(script).unwrap_err();
        assert!(error.contains(part), "{script}: {error}");
    }
}

proptest! {
    #[test]
    fn whatever_is_quoted_comes_out_as_it_was(text in "[^\0]{0,40}") {
        let quoted = format!("'{}'", text.replace('\'', r"'\''"));
        prop_assert_eq!(words(&quoted), Ok(format!("<{text}>")));
    }

    #[test]
    fn whatever_stands_there_is_read_or_refused(script: Vec<u8>) {
        let _ = pipelines(&script);
    }
}
