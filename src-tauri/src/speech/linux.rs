//! Speech Dispatcher, by its own protocol (SSIP). Its server remembers what it was told to say, so each visit has one of its own,
//! which ends with it.

use std::{env, path::PathBuf, process::Stdio, time::Duration};

use rustix::process::{Pid, Signal, kill_process};
use ssip_client_async::{
    ClientName, ClientScope, Event, EventType, MessageScope, NotificationType, OK_LANGUAGE_SET,
    OK_NOTIFICATION_SET, OK_RATE_SET, fifo::asynchronous_tokio::Builder, tokio::AsyncClient,
};
use tempfile::TempDir;
use tokio::{
    io::{BufReader, BufWriter},
    net::unix::{OwnedReadHalf, OwnedWriteHalf},
    process::{Child, Command},
    sync::{Mutex, watch},
    time::{sleep, timeout},
};

use super::saying::{Saying, SpeechError};

/// How long the server may take to start, with all of its voices.
const START: Duration = Duration::from_secs(20);

/// How long it may take for anything but speaking.
const ANSWER: Duration = Duration::from_secs(5);

type Client = AsyncClient<BufReader<OwnedReadHalf>, BufWriter<OwnedWriteHalf>>;

/// A server of this program's alone.
pub(super) struct Service {
    server: Mutex<Child>,
    /// Its socket, and what it writes.
    folder: TempDir,
    languages: Vec<String>,
    /// The server ends by itself soon after this program has: once nobody is connected.
    held: Mutex<Option<Client>>,
}

impl Service {
    pub(super) async fn start() -> Result<Self, SpeechError> {
        let place = env::var_os("XDG_RUNTIME_DIR").map_or_else(env::temp_dir, PathBuf::from);
        let folder = tempfile::Builder::new().prefix("undersigned-speech-").tempdir_in(place);
        let folder = folder.map_err(|_| SpeechError::NoService)?;
        // By util-linux: the system ends the server with this program, also where it hangs as it ends by itself.
        let server = Command::new("setpriv")
            .args([
                "--pdeathsig",
                "KILL",
                "speech-dispatcher",
                "--run-single",
                "--timeout=5",
                "--communication-method=unix_socket",
            ])
            .arg("--socket-path")
            .arg(folder.path().join("socket"))
            .arg("--pid-file")
            .arg(folder.path().join("pid"))
            // Its log says at most that something failed, and ends with the folder.
            .args(["--log-level=1", "--log-dir"])
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|_| SpeechError::NoService)?;
        let mut service =
            Self { server: Mutex::new(server), folder, languages: Vec::new(), held: Mutex::default() };
        let started = timeout(START, service.languages_once_it_answers()).await;
        service.languages = started.map_err(|_| SpeechError::NoService)??;
        Ok(service)
    }

    /// The languages of its voices, as it names them.
    pub(super) async fn languages(&self) -> Result<Vec<String>, SpeechError> {
        Ok(self.languages.clone())
    }

    pub(super) async fn say(
        &self,
        saying: &Saying,
        hushed: &mut watch::Receiver<u64>,
    ) -> Result<bool, SpeechError> {
        let no_service = |_| SpeechError::NoService;
        let mut client = self.client().await?;
        let told = async {
            client.set_language(ClientScope::Current, &saying.language).await?;
            client.check_status(OK_LANGUAGE_SET).await?;
            client
                .set_rate(ClientScope::Current, rate(saying.speed))
                .await?
                .check_status(OK_RATE_SET)
                .await?;
            for kind in [NotificationType::End, NotificationType::Cancel] {
                client.set_notification(kind, true).await?.check_status(OK_NOTIFICATION_SET).await?;
            }
            client.speak().await?.check_receiving_data().await?;
            client.send_lines(&[line(&saying.text)]).await?.receive_message_id().await
        };
        timeout(ANSWER, told).await.map_err(|_| SpeechError::NoService)?.map_err(no_service)?;
        tokio::select! {
            event = client.receive_event() => {
                let Event { ntype, .. } = event.map_err(no_service)?;
                Ok(matches!(ntype, EventType::End))
            }
            _ = hushed.changed() => {
                // Until the server has heard it: who leaves at once is not heard.
                let cancelled = async {
                    client.cancel(MessageScope::Last).await?;
                    client.receive().await
                };
                let _ignored = timeout(ANSWER, cancelled).await;
                Ok(false)
            }
        }
    }

    /// Ends the server, and with it all that it remembers.
    pub(super) async fn end(&self) {
        self.held.lock().await.take();
        let mut server = self.server.lock().await;
        let id = server.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        if let Some(id) = id {
            // Asked first, so that it ends its voices too.
            let _gone = kill_process(id, Signal::TERM);
        }
        if timeout(ANSWER, server.wait()).await.is_err() {
            let _gone = server.kill().await;
        }
    }

    async fn languages_once_it_answers(&self) -> Result<Vec<String>, SpeechError> {
        loop {
            if let Ok(mut client) = self.client().await {
                let Ok(asked) = client.list_synthesis_voices().await else {
                    return Err(SpeechError::NoService);
                };
                // One that cannot list its voices is of no use to a person who hears alone.
                let voices = asked.receive_synthesis_voices().await.unwrap_or_default();
                let mut languages: Vec<String> =
                    voices.into_iter().filter_map(|voice| voice.language).collect();
                languages.sort_unstable();
                languages.dedup();
                *self.held.lock().await = Some(client);
                return Ok(languages);
            }
            if !matches!(self.server.lock().await.try_wait(), Ok(None)) {
                return Err(SpeechError::NoService);
            }
            sleep(Duration::from_millis(30)).await;
        }
    }

    async fn client(&self) -> Result<Client, SpeechError> {
        let mut client = Builder::default()
            .path(self.folder.path().join("socket"))
            .build()
            .await
            .map_err(|_| SpeechError::NoService)?;
        let named = async {
            client.set_client_name(ClientName::with_component("table", "undersigned", "kiosk")).await?;
            client.check_client_name_set().await?;
            Ok::<(), ssip_client_async::ClientError>(())
        };
        named.await.map_err(|_| SpeechError::NoService)?;
        Ok(client)
    }
}

/// What the server takes as the words a minute of its usual voice (eSpeak NG): from 80 by way of 170 to 449.
fn rate(speed: u16) -> i8 {
    let words = 122 * i32::from(speed) / 100;
    let rate = if words < 170 { (words - 170) * 100 / 90 } else { (words - 170) * 100 / 279 };
    i8::try_from(rate.clamp(-100, 100)).unwrap_or_default()
}

/// One line of data, whatever is in the text: a line of one dot would end it, and another line would be another.
fn line(text: &str) -> String {
    let line = text.split(|sign: char| sign.is_control()).collect::<Vec<_>>().join(" ");
    if line.starts_with('.') { format!(".{line}") } else { line }
}

#[cfg(test)]
mod tests {
    use super::{line, rate};

    #[test]
    fn a_text_is_one_line_and_never_ends_the_data_or_is_a_command() {
        assert_eq!(line("One.\r\n.\r\nCANCEL all"), "One.  .  CANCEL all");
        assert_eq!(line("."), "..");
        assert_eq!(line("…and so on"), "…and so on");
    }

    #[test]
    fn half_and_double_speed_are_about_61_and_244_words_a_minute() {
        assert_eq!([50, 75, 100, 150, 200].map(rate), [-100, -87, -53, 4, 26]);
    }
}
