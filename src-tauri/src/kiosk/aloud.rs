//! Reading aloud at the kiosk: what the page shows, in words, at the headphones.

use tauri::State;

use crate::{
    failure::Failure,
    speech::{Saying, Speech},
};

/// The longest text that is said at once, in bytes: a field's.
const TEXT_MAX: usize = 16 * 1024;

/// Of these languages (BCP 47), those that this computer can read aloud.
#[tauri::command]
pub(crate) async fn spoken_languages(
    speech: State<'_, Speech>,
    languages: Vec<String>,
) -> Result<Vec<String>, Failure> {
    Ok(speech.spoken(languages).await?)
}

/// Says a text in place of what is being said. Answers whether all of it was said, once it was or was hushed.
#[tauri::command]
pub(crate) async fn say_aloud(
    speech: State<'_, Speech>,
    text: String,
    language: String,
    speed: u16,
) -> Result<bool, Failure> {
    if text.len() > TEXT_MAX {
        return Err(Failure::new("speech/too-long", "the text is too long to be said at once"));
    }
    Ok(speech.say(Saying { text, language, speed }).await?)
}

/// Ends what is being said.
#[tauri::command]
pub(crate) async fn hush(speech: State<'_, Speech>) -> Result<(), Failure> {
    speech.hush();
    Ok(())
}

/// Ends what is being said, and the service with all that it remembers.
#[tauri::command]
pub(crate) async fn end_speech(speech: State<'_, Speech>) -> Result<(), Failure> {
    speech.forget().await;
    Ok(())
}
