use proptest::prelude::*;

use super::{Heads, Phase};

fn heads() -> Heads {
    Heads::new(1024)
}

#[test]
fn a_head_is_kept_byte_for_byte_whatever_the_pieces_it_came_in() {
    let head = b"POST /a?b HTTP/1.1\r\nX-B: 1\r\nx-a:  2 \r\nX-B: 3\r\n\r\n";
    for size in 1..head.len() {
        let mut heads = heads();
        head.chunks(size).for_each(|piece| heads.saw(piece));
        assert_eq!(heads.take(Some(0)).as_deref(), Some(&head[..]), "pieces of {size}");
    }
}

#[test]
fn the_body_is_skipped_and_the_next_head_is_found_behind_it() {
    let mut heads = heads();
    heads.saw(b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123");
    assert_eq!(heads.take(Some(10)).unwrap().len(), 39);
    assert_eq!(heads.phase, Phase::Busy);
    heads.saw(b"456789GET /two HTTP/1.1\r\n");
    heads.saw(b"\r\n");
    assert_eq!(heads.take(Some(0)).as_deref(), Some(&b"GET /two HTTP/1.1\r\n\r\n"[..]));
}

#[test]
fn a_request_pipelined_behind_a_body_of_known_length_is_kept_exactly() {
    let mut heads = heads();
    heads.saw(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiGET /two HTTP/1.1\r\nA: 1\r\n\r\n");
    assert!(heads.take(Some(2)).is_some());
    assert_eq!(heads.take(Some(0)).as_deref(), Some(&b"GET /two HTTP/1.1\r\nA: 1\r\n\r\n"[..]));
}

#[test]
fn a_chunked_body_is_never_taken_for_a_head() {
    let mut heads = heads();
    heads.saw(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n");
    assert!(heads.take(None).is_some());
    heads.saw(b"GET /forged HTTP/1.1\r\n\r\n\r\n0\r\n\r\n");
    heads.paused = false;
    assert_eq!(heads.take(Some(0)), None);
}

#[test]
fn no_more_than_the_limit_is_kept() {
    let mut heads = Heads::new(10);
    heads.saw(b"GET / HTTP/1.1\r\nA: 1\r\n\r\n");
    assert_eq!(heads.pending.len(), 10);
    assert_eq!(heads.take(Some(0)), None);
}

#[test]
fn a_body_longer_than_what_is_kept_is_skipped_to_its_end() {
    let mut heads = Heads::new(64);
    let mut request = b"POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n".to_vec();
    request.resize(request.len() + 900, b'x');
    heads.saw(&request);
    assert!(heads.take(Some(1000)).is_some());
    heads.saw(&[b'x'; 100]);
    heads.saw(b"GET /next HTTP/1.1\r\n\r\n");
    assert_eq!(heads.take(Some(0)).as_deref(), Some(&b"GET /next HTTP/1.1\r\n\r\n"[..]));
}

proptest! {
    #[test]
    fn each_head_of_a_pipeline_is_kept_whatever_the_pieces(
        requests in prop::collection::vec(("[a-z]{0,9}", prop::collection::vec(any::<u8>(), 0..40)), 1..6),
        sizes in prop::collection::vec(1_usize..60, 1..6),
    ) {
        let mut sent = Vec::new();
        let mut expected = Vec::new();
        for (path, body) in &requests {
            let length = body.len();
            let head = format!("POST /{path} HTTP/1.1\r\nContent-Length: {length}\r\n\r\n");
            sent.extend_from_slice(head.as_bytes());
            expected.push((sent.len(), head, length as u64));
            sent.extend_from_slice(body);
        }
        let mut heads = heads();
        let (mut seen, mut expected) = (0, expected.into_iter().peekable());
        for size in sizes.iter().cycle() {
            let piece = &sent[seen..(seen + size).min(sent.len())];
            heads.saw(piece);
            seen += piece.len();
            while let Some((_, head, length)) = expected.next_if(|(end, ..)| *end <= seen) {
                let kept = heads.take(Some(length));
                prop_assert_eq!(kept.as_deref(), Some(head.as_bytes()));
            }
            if seen == sent.len() {
                break;
            }
        }
        prop_assert!(expected.peek().is_none());
        prop_assert_eq!((heads.pending.len(), heads.skip), (0, 0));
    }
}
