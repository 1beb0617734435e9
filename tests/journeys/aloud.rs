//! Reading aloud, by a real Speech Dispatcher whose voices write down what they say, and say no more until they are let.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use system_tests::{Computer, Window, eventually};

use crate::{
    break_out::kill,
    street::{NAME_ONLY, Street, done},
};

const PATIENCE: Duration = Duration::from_secs(60);

/// Two voices. Each writes its name, its speed and the text, and waits for a breath.
const VOICES: &str = r#"GenericExecuteSynth "echo '$VOICE' '$RATE' \'$DATA\' >> $HOME/said; read breath < $HOME/breath"
GenericLanguage "en" "en" "utf-8"
GenericLanguage "vi" "vi" "utf-8"
AddVoice "en" "MALE1" "english"
AddVoice "vi" "MALE1" "vietnamese"
GenericRateMultiply 100
GenericRateForceInteger 1
GenericMaxChunkLength 10000
GenericDelimiters "~"
"#;

/// A computer without a sound device, and with these voices.
fn give_voices(computer: &Computer, module: &str) {
    let folder = computer.folder().join("config/speech-dispatcher");
    fs::create_dir_all(folder.join("modules")).unwrap();
    let settings = format!(
        "AudioOutputMethod \"alsa\"\nAudioALSADevice \"null\"\nSymbolsPreproc \"none\"\n\
         AddModule \"paper\" \"{module}\" \"paper.conf\"\nDefaultModule paper\n"
    );
    fs::write(folder.join("speechd.conf"), settings).unwrap();
    fs::write(folder.join("modules/paper.conf"), VOICES).unwrap();
    let made = computer.command("mkfifo").arg(computer.folder().join("home/breath")).status().unwrap();
    assert!(made.success());
}

/// Reading aloud is offered once a voice has been found.
async fn open_choices(window: &Window) {
    window.click("display").await.unwrap();
    window.wait_for("[data-testid=read-aloud]:enabled").await.unwrap();
}

#[tokio::test]
async fn a_screen_is_read_aloud_paused_repeated_and_forgotten() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let ear = Ear(&street.computer);
    give_voices(&street.computer, "sd_generic");
    let window = street.open().await;
    open_choices(&window).await;
    window.screenshot("aloud-choices").await.unwrap();
    window.click("read-aloud").await.unwrap();
    window.click("display-close").await.unwrap();
    // The screen, in the order of its meaning and by the voice of its language, at the usual speed.
    ear.hears("english -53 A bench at the pond").await;
    ear.breathes();
    ear.hears("english -53 Friends of the Pond started this petition to The Parks Department").await;
    window.screenshot("aloud-invite").await.unwrap();
    window.click("aloud-faster").await.unwrap();
    ear.hears("english -20 Friends of the Pond started this petition to The Parks Department").await;
    window.click("aloud-pause").await.unwrap();
    window.click("aloud-resume").await.unwrap();
    window.click("aloud-repeat").await.unwrap();
    // What was paused begins again, and is repeated.
    eventually("the sentence once more", PATIENCE, async || {
        Ok((ear.said().matches("english -20 Friends").count() >= 2).then_some(()))
    })
    .await
    .unwrap();
    window.click("aloud-slower").await.unwrap();
    window.click("aloud-skip").await.unwrap();
    ear.hears("english -53 Your signature is sealed as you sign.").await;
    // In another language the words are the kiosk's, and the petition's stay its own.
    window.click("language-vi").await.unwrap();
    ear.hears("english -53 A bench at the pond").await;
    ear.breathes();
    ear.hears("vietnamese -53").await;
    window.click("language-en").await.unwrap();
    window.click("kiosk-sign").await.unwrap();
    ear.hears("english -53 Sign the petition").await;
    window.type_into("field-full_name", "Sukarno").await.unwrap();
    assert!(!ear.said().contains("Sukarno"), "what is typed is said to nobody");
    window.click("aloud-typed").await.unwrap();
    ear.hears("english -53 Sukarno").await;
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    ear.hears("english -53 Thank you.").await;
    let code = window.text("withdrawal-code").await.unwrap().replace(' ', "");
    let spelled = code.chars().map(String::from).collect::<Vec<_>>().join(", ");
    while !ear.said().contains(&spelled) {
        ear.breathes_until_more().await;
    }
    // With the visit the server ends, which remembers what it said.
    let server = ear.server();
    assert!(server.is_some());
    done(&window).await;
    ear.hears_no_more().await;
    assert!(!window.shows("aloud").await.unwrap(), "the next person is not read to");
    window.close().await.unwrap();
}

#[tokio::test]
async fn a_computer_without_a_voice_says_so_to_the_volunteer() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    give_voices(&street.computer, "sd_of_nobody");
    let window = street.open().await;
    window.click("display").await.unwrap();
    window.wait_for_text("display-dialog", "This computer has no voice").await.unwrap();
    window.wait_for("[data-testid=read-aloud]:disabled").await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test]
async fn a_voice_ends_with_the_choice_of_none_and_with_a_program_that_is_killed() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let ear = Ear(&street.computer);
    give_voices(&street.computer, "sd_generic");
    let window = street.open().await;
    open_choices(&window).await;
    window.click("display-close").await.unwrap();
    ear.hears_no_more().await;
    open_choices(&window).await;
    window.click("read-aloud").await.unwrap();
    window.click("display-close").await.unwrap();
    ear.hears("english -53 A bench at the pond").await;
    let server = fs::read_to_string(ear.server().unwrap().join("pid")).unwrap();
    kill(window.app_id().unwrap());
    // It remembers what it said for nobody. One that has ended, and that nobody has asked about, has a number and no more.
    let command = Path::new("/proc").join(server.trim()).join("cmdline");
    eventually("the voices' server to end", PATIENCE, async || {
        Ok(fs::read(&command).unwrap_or_default().is_empty().then_some(()))
    })
    .await
    .unwrap();
}

/// Somebody who listens.
struct Ear<'a>(&'a Computer);

impl Ear<'_> {
    /// All that was said so far.
    fn said(&self) -> String {
        fs::read_to_string(self.0.folder().join("home/said")).unwrap_or_default()
    }

    /// The last thing said begins so, in a moment.
    async fn hears(&self, wanted: &str) {
        eventually(&format!("{wanted:?} to be heard"), PATIENCE, async || {
            let said = self.said();
            Ok(said.lines().last().is_some_and(|last| last.starts_with(wanted)).then_some(()))
        })
        .await
        .unwrap_or_else(|error| unreachable!("{error:#}; heard instead:\n{}", self.said()));
    }

    /// The voice goes on, and says something more in a moment.
    async fn breathes_until_more(&self) {
        let before = self.said();
        self.breathes();
        eventually("more to be heard", PATIENCE, async || Ok((self.said() != before).then_some(())))
            .await
            .unwrap();
    }

    /// The voice goes on.
    fn breathes(&self) {
        fs::write(self.0.folder().join("home/breath"), "\n").unwrap();
    }

    /// The server ends, and is forgotten with all that it said.
    async fn hears_no_more(&self) {
        eventually("the voices' server to end", PATIENCE, async || Ok(self.server().is_none().then_some(())))
            .await
            .unwrap();
    }

    /// The folder of the server that this program started.
    fn server(&self) -> Option<PathBuf> {
        let mut run = fs::read_dir(self.0.folder().join("run")).unwrap().map(|one| one.unwrap().path());
        run.find(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("undersigned-speech-"))
        })
    }
}
