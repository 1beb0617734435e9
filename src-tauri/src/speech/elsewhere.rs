//! The voices of Windows (WinRT) and macOS (AVSpeechSynthesizer). They are part of the system, and keep nothing of what they said.

use std::{
    sync::{Mutex, MutexGuard},
    time::Duration,
};

use tokio::{sync::watch, time::interval};
use tts::Tts;

use super::saying::{Saying, SpeechError};
use crate::seats::guard;

/// How often it is asked whether it still speaks.
const LOOK: Duration = Duration::from_millis(50);

/// The system's voices.
pub(super) struct Service(Mutex<Tts>);

impl Service {
    pub(super) async fn start() -> Result<Self, SpeechError> {
        Tts::default().map(|tts| Self(Mutex::new(tts))).map_err(|_| SpeechError::NoService)
    }

    /// The languages of its voices, as it names them.
    pub(super) async fn languages(&self) -> Result<Vec<String>, SpeechError> {
        let voices = self.tts().voices().map_err(|_| SpeechError::NoService)?;
        Ok(voices.iter().map(|voice| voice.language().to_string()).collect())
    }

    pub(super) async fn say(
        &self,
        saying: &Saying,
        hushed: &mut watch::Receiver<u64>,
    ) -> Result<bool, SpeechError> {
        self.begin(saying)?;
        let mut looks = interval(LOOK);
        // The first tick is now, before it has begun.
        looks.tick().await;
        loop {
            tokio::select! {
                _ = looks.tick() => if !self.tts().is_speaking().unwrap_or(false) { return Ok(true) },
                _ = hushed.changed() => {
                    let _gone = self.tts().stop();
                    return Ok(false);
                }
            }
        }
    }

    /// Ends what is being said.
    pub(super) async fn end(&self) {
        let _gone = self.tts().stop();
    }

    fn begin(&self, saying: &Saying) -> Result<(), SpeechError> {
        let mut tts = self.tts();
        let voices = tts.voices().map_err(|_| SpeechError::NoService)?;
        let voice = voices.iter().find(|voice| voice.language().to_string() == saying.language);
        tts.set_voice(voice.ok_or(SpeechError::NoVoice)?).map_err(|_| SpeechError::NoVoice)?;
        let rate = tts.normal_rate() * f32::from(saying.speed) / 100.0;
        let rate = rate.clamp(tts.min_rate(), tts.max_rate());
        tts.set_rate(rate).map_err(|_| SpeechError::NoService)?;
        tts.speak(saying.text.as_str(), true).map_err(|_| SpeechError::NoService)?;
        Ok(())
    }

    fn tts(&self) -> MutexGuard<'_, Tts> {
        guard(&self.0)
    }
}
