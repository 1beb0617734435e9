//! What is asked of a voice, and why nothing is said.

use crate::failure::Failure;

/// A text as it is to be said.
pub(crate) struct Saying {
    /// One sentence or so: what is paused begins again at its beginning.
    pub text: String,
    /// A language that the service has a voice for.
    pub language: String,
    /// In per cent of the usual 122 words a minute.
    pub speed: u16,
}

/// Why nothing was said.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SpeechError {
    /// The system has no service that speaks, or it does not answer.
    #[error("this computer has no service that reads aloud")]
    NoService,
    /// No voice speaks the language.
    #[error("this computer has no voice for the language")]
    NoVoice,
}

impl From<SpeechError> for Failure {
    fn from(error: SpeechError) -> Self {
        let code = match error {
            SpeechError::NoService => "speech/no-service",
            SpeechError::NoVoice => "speech/no-voice",
        };
        Self::new(code, &error.to_string())
    }
}
