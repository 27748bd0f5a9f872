use super::{PathPattern, PatternError};

#[test]
fn patterns_match_exact_paths_prefixes_and_named_segments() {
    for (pattern, path, expected) in [
        ("/avinode/acme", "/avinode/acme", true),
        ("/avinode/acme", "/avinode/acme/", false),
        ("/avinode/acme", "/avinode/ACME", false),
        ("/avinode/acme", "/avinode", false),
        ("/hooks/*", "/hooks", true),
        ("/hooks/*", "/hooks/", true),
        ("/hooks/*", "/hooks/a/b", true),
        ("/hooks/*", "/hooksx", false),
        ("/*", "/", true),
        ("/*", "/anything/at/all", true),
        ("/{company}/in", "/acme/in", true),
        ("/{company}/in", "//in", false),
        ("/{company}/in", "/acme/out", false),
        ("/c/{company}/*", "/c/acme/x/y", true),
        ("/", "/", true),
        ("/", "/a", false),
    ] {
        let parsed = PathPattern::parse(pattern).unwrap();
        assert_eq!(parsed.matches(path), expected, "{pattern} on {path}");
    }
}

#[test]
fn named_segments_are_told_with_what_stands_there() {
    for (pattern, path, expected) in [
        ("/{company}/in", "/acme/in", &[("company", "acme")][..]),
        ("/c/{company}/{kind}/*", "/c/acme/x/y", &[("company", "acme"), ("kind", "x")]),
        ("/c/acme", "/c/acme", &[]),
        ("/*", "/acme", &[]),
    ] {
        let parsed = PathPattern::parse(pattern).unwrap();
        assert_eq!(parsed.named(path).collect::<Vec<_>>(), expected, "{pattern} on {path}");
    }
}

#[test]
fn a_text_that_is_no_pattern_is_refused_with_its_reason() {
    for (text, error) in [
        ("hooks", PatternError::NoLeadingSlash),
        ("", PatternError::NoLeadingSlash),
        ("/a/*/b", PatternError::MisplacedStar),
        ("/a*", PatternError::MisplacedStar),
        ("/{a", PatternError::BadBraces),
        ("/x{a}", PatternError::BadBraces),
        ("/{}", PatternError::BadBraces),
        ("/a?b=c", PatternError::NotAPath),
    ] {
        assert_eq!(PathPattern::parse(text), Err(error), "{text}");
    }
}

#[test]
fn an_example_of_a_pattern_belongs_to_it() {
    for pattern in ["/", "/*", "/a", "/a/", "/hooks/*", "/{company}/in", "/c/{company}/*"] {
        let parsed = PathPattern::parse(pattern).unwrap();
        assert!(parsed.matches(&parsed.example()), "{pattern}: {}", parsed.example());
    }
    assert!(PathPattern::Any.matches(&PathPattern::Any.example()));
}
