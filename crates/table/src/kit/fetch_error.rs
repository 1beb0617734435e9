//! Why a code brings no kit.

/// Why a code brings no kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Nothing answered, or it broke off.
    #[error("there is no network, or the endpoint cannot be reached: try again with the same code")]
    NoNetwork,
    /// Something answered that is not an endpoint.
    #[error("what answered is not the endpoint, often the login page of a Wi-Fi: log in, then try again")]
    NotTheEndpoint,
    /// It is overloaded, or asked too often.
    #[error("the endpoint is busy: try again in a minute with the same code")]
    Busy,
    /// The endpoint does not know it.
    #[error("the endpoint does not know this code: ask the organizer whether it has got there yet")]
    Unknown,
    /// Its date is over.
    #[error("this code has expired: ask the organizer for a new one")]
    Expired,
    /// The organizer took it back.
    #[error("the organizer has revoked this code: ask for a new one")]
    Revoked,
    /// Another table has the kit.
    #[error("this code was used already, at another table: tell the organizer, who can revoke that table")]
    Used,
    /// What was deposited is of another campaign than the code says.
    #[error(
        "what came is a kit of another campaign than the code says, and is not trusted: tell the organizer"
    )]
    OtherCampaign,
    /// What was deposited does not open, or does not verify.
    #[error("the kit was changed on the way and cannot be trusted: ask the organizer for a new code")]
    Tampered,
}

impl FetchError {
    /// Stable code for a screen or a script.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoNetwork => "kit-code/no-network",
            Self::NotTheEndpoint => "kit-code/not-the-endpoint",
            Self::Busy => "kit-code/busy",
            Self::Unknown => "kit-code/unknown",
            Self::Expired => "kit-code/expired",
            Self::Revoked => "kit-code/revoked",
            Self::Used => "kit-code/used",
            Self::OtherCampaign => "kit-code/wrong-campaign",
            Self::Tampered => "kit-code/tampered",
        }
    }
}
