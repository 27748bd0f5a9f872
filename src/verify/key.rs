//! Configured secrets and the keys made of them.

use ring::hmac;
use unicode_normalization::UnicodeNormalization as _;

use super::encoding::Encoding;
use super::hash::Hash;
use crate::domain::secret::Secret;

/// How the key is made from the secret that the user has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyForm {
    /// Texts in front of which one may be there and does not belong to the key (`whsec_`).
    pub strip: Vec<String>,
    /// Whether the sender normalizes the secret to Unicode's NFKD.
    pub nfkd: bool,
    /// How the key is written; as itself if none.
    pub encoding: Option<Encoding>,
}

impl KeyForm {
    /// The text without what does not belong to the key.
    pub(super) fn stripped<'a>(&self, secret: &'a Secret) -> &'a [u8] {
        let text = secret.expose();
        let stripped = self.strip.iter().find_map(|prefix| text.strip_prefix(prefix.as_bytes()));
        stripped.unwrap_or(text)
    }

    /// The bytes of the key that the text stands for; none if it is not written as it should be.
    pub(super) fn decode(&self, secret: &Secret) -> Option<Secret> {
        let text = self.stripped(secret);
        let bytes = match self.encoding {
            Some(encoding) => encoding.decode(text)?,
            None if self.nfkd => std::str::from_utf8(text).ok()?.nfkd().collect::<String>().into(),
            None => text.to_vec(),
        };
        (!bytes.is_empty()).then(|| Secret::new(bytes))
    }
}

/// A secret with the key that it stands for.
#[derive(Clone, Debug)]
pub struct Key {
    /// As configured.
    pub(super) secret: Secret,
    /// The key itself.
    pub(super) bytes: Secret,
    /// The key, ready for an HMAC.
    pub(super) hmac: hmac::Key,
}

impl Key {
    /// The key that a secret stands for; none if it is not written as it should be.
    pub(super) fn read(form: &KeyForm, hash: Hash, secret: &Secret) -> Option<Self> {
        let bytes = form.decode(secret)?;
        Some(Self { secret: secret.clone(), hmac: hash.hmac_key(&bytes), bytes })
    }
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
