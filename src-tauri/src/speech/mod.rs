//! Reading aloud by the system's own voices. Nothing here is needed to start: where there is no service, there is no voice.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
mod languages;
#[cfg(target_os = "linux")]
mod linux;
mod saying;

use std::sync::Arc;

use tokio::sync::{Mutex, watch};

pub(crate) use saying::Saying;
use saying::SpeechError;

#[cfg(not(target_os = "linux"))]
use elsewhere::Service;
#[cfg(target_os = "linux")]
use linux::Service;

/// The voice of the kiosk: it says one thing at a time.
pub(crate) struct Speech {
    service: Mutex<Option<Arc<Service>>>,
    /// Counts what was asked for: what is being said ends when it grows.
    asked: watch::Sender<u64>,
}

impl Speech {
    /// No service is asked yet.
    pub(crate) fn new() -> Self {
        Self { service: Mutex::default(), asked: watch::Sender::new(0) }
    }

    /// Of these languages (BCP 47), those that there is a voice for.
    ///
    /// # Errors
    /// [`SpeechError::NoService`].
    pub(crate) async fn spoken(&self, languages: Vec<String>) -> Result<Vec<String>, SpeechError> {
        let service = self.service().await?;
        let voices = service.languages().await?;
        Ok(languages.into_iter().filter(|tag| languages::voice_for(tag, &voices).is_some()).collect())
    }

    /// Says it in place of what is being said, and gives whether all of it was said: once it was, or was hushed.
    ///
    /// # Errors
    /// [`SpeechError`].
    pub(crate) async fn say(&self, mut saying: Saying) -> Result<bool, SpeechError> {
        self.hush();
        let mut hushed = self.asked.subscribe();
        let service = self.service().await?;
        let voices = service.languages().await?;
        saying.language = languages::voice_for(&saying.language, &voices).ok_or(SpeechError::NoVoice)?;
        service.say(&saying, &mut hushed).await
    }

    /// Ends what is being said.
    pub(crate) fn hush(&self) {
        self.asked.send_modify(|asked| *asked += 1);
    }

    /// Ends what is being said, and all that the service remembers of it.
    pub(crate) async fn forget(&self) {
        self.hush();
        let service = self.service.lock().await.take();
        if let Some(service) = service {
            service.end().await;
        }
    }

    async fn service(&self) -> Result<Arc<Service>, SpeechError> {
        let mut service = self.service.lock().await;
        if let Some(running) = &*service {
            return Ok(Arc::clone(running));
        }
        let started = Arc::new(Service::start().await?);
        *service = Some(Arc::clone(&started));
        Ok(started)
    }
}
