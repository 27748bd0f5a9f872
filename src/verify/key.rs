//! Configured secrets and the keys made of them.

use super::encoding::Encoding;
use super::hash::Hash;
use crate::domain::secret::Secret;

/// How the key is made from the secret that the user has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyForm {
    /// A text in front that does not belong to the key (`whsec_`); it may be absent.
    pub strip: Option<String>,
    /// How the key is written; as itself if none.
    pub encoding: Option<Encoding>,
}

impl KeyForm {
    /// The key that the secret stands for; none if it is not written as it should be.
    pub(super) fn read(&self, secret: &Secret) -> Option<Key> {
        let text = secret.expose();
        let text = match &self.strip {
            Some(prefix) => text.strip_prefix(prefix.as_bytes()).unwrap_or(text),
            None => text,
        };
        let bytes = match self.encoding {
            Some(encoding) => encoding.decode(text)?,
            None => text.to_vec(),
        };
        (!bytes.is_empty()).then(|| Key { secret: secret.clone(), bytes: Secret::new(bytes) })
    }
}

/// A secret with the key that it stands for.
#[derive(Clone, Debug)]
pub struct Key {
    /// As configured.
    pub(super) secret: Secret,
    /// The key itself.
    pub(super) bytes: Secret,
}

/// Which of several secrets matched, told without telling the secret. With one there is nothing to
/// tell.
pub(super) fn matched(secret: &Secret, configured: usize) -> Option<String> {
    (configured > 1).then(|| format!("matched the secret {}", fingerprint(secret)))
}

/// Tells secrets apart without telling them: the first 8 hex digits of the SHA-256.
pub(super) fn fingerprint(secret: &Secret) -> String {
    Encoding::Hex.encode(&Hash::Sha256.digest(secret.expose()).as_ref()[..4])
}
