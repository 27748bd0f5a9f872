//! What the user tells about an endpoint beside its secrets, for recipes that ask for it.

use crate::domain::secret::Secret;

/// A value that a recipe takes from the endpoint's `auth`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The application's key, as at Pusher.
    AppKey,
    /// The token that a subscription has to know, as at Meta.
    VerifyToken,
    /// The id of the webhook, as at `PayPal`.
    WebhookId,
}

impl Setting {
    /// Every setting.
    pub const ALL: [Self; 3] = [Self::AppKey, Self::VerifyToken, Self::WebhookId];

    /// Its key in the `auth` table.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::AppKey => "app_key",
            Self::VerifyToken => "verify_token",
            Self::WebhookId => "webhook_id",
        }
    }

    /// The setting of that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.key() == key)
    }
}

/// The settings of one endpoint.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub(super) app_key: Option<String>,
    pub(super) verify_token: Option<Secret>,
    pub(super) webhook_id: Option<String>,
}

impl Settings {
    /// The value of a setting, if the user gave one.
    pub(super) fn value(&self, setting: Setting) -> Option<&[u8]> {
        match setting {
            Setting::AppKey => self.app_key.as_deref().map(str::as_bytes),
            Setting::VerifyToken => self.verify_token.as_ref().map(Secret::expose),
            Setting::WebhookId => self.webhook_id.as_deref().map(str::as_bytes),
        }
    }
}

/// Something to compare with: written in the recipe, or told by the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// This very text.
    Text(String),
    /// What the user says.
    Setting(Setting),
}

impl Expected {
    /// The setting, if it is one.
    pub(super) fn setting(&self) -> Option<Setting> {
        match self {
            Self::Setting(setting) => Some(*setting),
            Self::Text(_) => None,
        }
    }

    /// The value; none if the user did not give it.
    pub(super) fn value<'a>(&'a self, settings: &'a Settings) -> Option<&'a [u8]> {
        match self {
            Self::Text(text) => Some(text.as_bytes()),
            Self::Setting(setting) => settings.value(*setting),
        }
    }
}
