//! What makes two deliveries the same event.

use ring::digest;

use super::delivery::Delivery;
use super::event::ProviderId;
use super::inspection::Inspection;

/// Over what makes two deliveries the same event: the endpoint, and the sender's own id of the
/// event with its kind, else method, path and body. Events of different kinds are never the same,
/// even if one led to the other and they share an id.
#[must_use]
pub fn sameness(delivery: &Delivery, inspection: &Inspection) -> i64 {
    let (request, endpoint) = (&delivery.request, delivery.endpoint.as_str().as_bytes());
    if let Some(key) = &inspection.event.key {
        let provider = inspection.provider.map_or("", ProviderId::as_str);
        let kind = inspection.event.kind.as_deref().unwrap_or_default();
        return digest_of(&[endpoint, provider.as_bytes(), kind.as_bytes(), key.as_bytes()]);
    }
    let method = request.method.as_str().as_bytes();
    digest_of(&[endpoint, method, request.path().as_bytes(), &request.body])
}

/// The first 64 bits of a SHA-256 over the parts, each with its length before it, so that no two
/// lists of parts run into the same bytes.
///
/// # Panics
/// Never: a SHA-256 is long enough.
#[must_use]
pub fn digest_of(parts: &[&[u8]]) -> i64 {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(&part.len().to_le_bytes());
        context.update(part);
    }
    let digest = context.finish();
    let head = digest.as_ref().first_chunk().expect("SHA-256 has 32 bytes");
    i64::from_le_bytes(*head)
}
