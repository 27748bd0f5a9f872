use bytes::Bytes;
use proptest::prelude::*;

use super::read;
use crate::client::failure::Failure;
use crate::client::head::Framing;
use crate::client::incoming::Incoming;
use crate::domain::attempt::AttemptError;

const LONGEST: usize = 10;

async fn body(framing: Framing, bytes: &[u8]) -> Result<Bytes, Failure> {
    read(&mut Incoming::new(bytes), framing, LONGEST).await
}

#[tokio::test]
async fn a_body_is_read_up_to_its_end() {
    for (framing, bytes, expected) in [
        (Framing::Empty, "body of another", ""),
        (Framing::Length(0), "rest", ""),
        (Framing::Length(4), "bodyrest", "body"),
        (Framing::Length(10), "0123456789", "0123456789"),
        (Framing::UntilClose, "", ""),
        (Framing::UntilClose, "0123456789", "0123456789"),
        (Framing::Chunked, "0\r\n\r\n", ""),
        (Framing::Chunked, "4\r\nbody\r\n0\r\n\r\nrest", "body"),
        (Framing::Chunked, "1;a=b\r\na\r\n09\r\n123\r\n6789\r\n0\r\n\r\n", "a123\r\n6789"),
        (Framing::Chunked, "A\r\n0123456789\r\n0;x\r\nX: y\r\nZ: 1\r\n\r\n", "0123456789"),
    ] {
        assert_eq!(body(framing, bytes.as_bytes()).await.unwrap(), expected, "{bytes:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_cut_off_or_broken_is_none() {
    let long_line = format!("1;{}", "x".repeat(9_000));
    let trailers = format!("0\r\n{}\r\n", "a: b\r\n".repeat(300));
    for (framing, bytes, error) in [
        (Framing::Length(11), "", AttemptError::TooLarge),
        (Framing::Length(u64::MAX), "", AttemptError::TooLarge),
        (Framing::UntilClose, "01234567890", AttemptError::TooLarge),
        (Framing::Chunked, "b\r\n", AttemptError::TooLarge),
        (Framing::Chunked, "9\r\n123456789\r\n2\r\nab\r\n", AttemptError::TooLarge),
        (Framing::Chunked, "ffffffffffffffff\r\n", AttemptError::TooLarge),
        (Framing::Chunked, "10000000000000000\r\n", AttemptError::Malformed),
        (Framing::Length(5), "body", AttemptError::Reset),
        (Framing::Chunked, "", AttemptError::Reset),
        (Framing::Chunked, "4\r\nbo", AttemptError::Reset),
        (Framing::Chunked, "4\r\nbody\r\n", AttemptError::Reset),
        (Framing::Chunked, "0\r\n", AttemptError::Reset),
        (Framing::Chunked, "x\r\n", AttemptError::Malformed),
        (Framing::Chunked, "-1\r\n", AttemptError::Malformed),
        (Framing::Chunked, "4\r\nbodyXX", AttemptError::Malformed),
        (Framing::Chunked, &long_line, AttemptError::Malformed),
        (Framing::Chunked, &trailers, AttemptError::Malformed),
    ] {
        let failure = body(framing, bytes.as_bytes()).await.unwrap_err();
        assert_eq!(failure.error, error, "{bytes:.40?}: {failure}");
    }
}

proptest! {
    #[test]
    fn chunks_join_to_what_was_cut(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..40), 0..8)) {
        let mut sent = Vec::new();
        for piece in &pieces {
            sent.extend(format!("{:x}\r\n", piece.len()).bytes().chain(piece.iter().copied()).chain(*b"\r\n"));
        }
        sent.extend_from_slice(b"0\r\n\r\n");
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let read = runtime.block_on(read(&mut Incoming::new(&sent[..]), Framing::Chunked, 1_000));
        prop_assert_eq!(read.unwrap(), pieces.concat());
    }

    #[test]
    fn nothing_that_comes_makes_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let read = runtime.block_on(read(&mut Incoming::new(&bytes[..]), Framing::Chunked, 1_000));
        prop_assert!(read.is_err() || bytes.contains(&b'0'));
    }
}
