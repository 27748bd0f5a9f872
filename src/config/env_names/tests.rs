use super::*;

#[test]
fn names_are_read_and_values_passed_over() {
    let cases: &[(&str, &[&str])] = &[
        ("", &[]),
        ("A=1\nB_2=2\r\nC=", &["A", "B_2", "C"]),
        ("\u{feff}FIRST=1", &["FIRST"]),
        ("export A=1\n  export  B = 2", &["A", "B"]),
        ("# A=1\n  # B=2\n\n=3\nC", &[]),
        ("A='x=y' # B=1\nC=D=E", &["A", "C"]),
        ("lower=1\nMixed=2\n1A=3\nA-B=4\nA B=5\nÄ=6", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(names(text.as_bytes()), *expected, "{text:?}");
    }
}

#[test]
fn what_looks_like_a_name_within_a_value_of_several_lines_is_none() {
    let cases: &[(&str, &[&str])] = &[
        ("A=\"-----BEGIN\nMIIE=\n-----END\"\nB=1", &["A", "B"]),
        ("A='one\nTWO=2\nthree'\nB=1", &["A", "B"]),
        ("a=`one\nTWO=2`\nB=1", &["B"]),
        ("A=\"one \\\" still\nTWO=2\nend\"\nB=1", &["A", "B"]),
        ("A='one \\' # ended\nB=1", &["A", "B"]),
        ("A=\"never ended\nB=1\nC=2", &["A"]),
        ("A=it's\nB=1", &["A", "B"]),
    ];
    for (text, expected) in cases {
        assert_eq!(names(text.as_bytes()), *expected, "{text:?}");
    }
}

#[test]
fn neither_length_nor_bytes_that_are_no_text_disturb_it() {
    let longest = "A".repeat(LONGEST);
    assert_eq!(names(format!("A{longest}=1\n{longest}=1").as_bytes()), [&longest]);
    assert_eq!(names(b"A=\xff\xfe\n\xff=1\nB=2"), ["A", "B"]);
}
