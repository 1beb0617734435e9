//! The real window, driven from outside.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction},
    elements::Element,
    error::CmdError,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::{Computer, Program, eventually, journey_folder, running::Running};

/// How long the window may take for anything that is asked of it, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long the app may take from its start to its first page, on a machine that is busy compiling.
const START: Duration = Duration::from_secs(180);

/// The app's real window, driven from outside. Dropping it ends the app.
///
/// Elements are named by their `data-testid`, or by a CSS selector where a method says so. Every method
/// waits until the window is so far, and fails when that takes too long.
#[derive(Debug)]
pub struct Window {
    app: PathBuf,
    client: Client,
    driver: Running,
    log: PathBuf,
}

impl Window {
    /// Opens the app on a profile.
    pub async fn open(computer: &Computer, profile: &Path) -> anyhow::Result<Self> {
        Self::open_with(computer, profile, &[]).await
    }

    /// The same, with more in the app's environment.
    pub async fn open_with(
        computer: &Computer,
        profile: &Path,
        environment: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let profile = profile.to_str().context("the profile's path is not text")?;
        let environment =
            [environment, &[("TAURI_WEBVIEW_AUTOMATION", "true"), ("UNDERSIGNED_PROFILE", profile)]].concat();
        Self::open_program(computer, &Program::App.path()?, &[], &environment).await
    }

    /// Opens another program's window: one that lets itself be driven.
    pub async fn open_program(
        computer: &Computer,
        app: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        Self::start(computer, app, app, arguments, environment).await
    }

    /// Opens the app on a profile as a menu does: by the line of a desktop entry, in which `{{exec}}` stands for the app.
    pub async fn open_by(computer: &Computer, profile: &Path, line: &str) -> anyhow::Result<Self> {
        let profile = profile.to_str().context("the profile's path is not text")?;
        let app = Program::App.path()?;
        let line = line.replace("{{exec}}", app.to_str().context("the app's path is not text")?);
        let mut words = line.split(' ');
        let first = words.next().context("the line is empty")?;
        let environment = [("TAURI_WEBVIEW_AUTOMATION", "true"), ("UNDERSIGNED_PROFILE", profile)];
        Self::start(computer, &app, Path::new(first), &words.collect::<Vec<_>>(), &environment).await
    }

    /// Starts the driver, and by it a command that is the app or becomes it.
    async fn start(
        computer: &Computer,
        app: &Path,
        command: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let port = free_port()?;
        let (log, said) = computer.log("window")?;
        // The app inherits the environment of the driver, which starts it.
        let mut driver = Running::start(
            computer
                .command("WebKitWebDriver")
                .args(["--host=127.0.0.1", &format!("--port={port}")])
                .envs(environment.iter().copied())
                .stdout(said.try_clone()?)
                .stderr(said),
        )?;
        eventually("the window's driver", PATIENCE, async || {
            driver.check_is_running()?;
            Ok(TcpStream::connect(("127.0.0.1", port)).ok())
        })
        .await?;
        let client = match connect(port, command, arguments).await {
            Ok(client) => client,
            Err(error) => {
                let said = fs::read_to_string(&log).unwrap_or_default();
                return Err(error.context(format!("the app did not open its window; it said:\n{said}")));
            }
        };
        Ok(Self { app: app.to_owned(), client, driver, log })
    }

    /// The WebDriver client, for what has no method here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The file that holds what the app printed.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Waits until an element that fits a CSS selector is shown.
    pub async fn wait_for(&self, css: &str) -> anyhow::Result<Element> {
        self.patiently(&format!("{css} to be shown"), async || {
            for element in self.client.find_all(Locator::Css(css)).await? {
                if element.is_displayed().await? {
                    return Ok(Some(element));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Waits until the page has an element that fits a CSS selector, also one that is only read aloud.
    pub async fn wait_for_present(&self, css: &str) -> anyhow::Result<()> {
        self.patiently(&format!("{css} to be there"), async || {
            Ok((!self.client.find_all(Locator::Css(css)).await?.is_empty()).then_some(()))
        })
        .await
    }

    /// Waits until no element that fits a CSS selector is shown any more.
    pub async fn wait_until_gone(&self, css: &str) -> anyhow::Result<()> {
        self.patiently(&format!("{css} to be gone"), async || {
            for element in self.client.find_all(Locator::Css(css)).await? {
                if element.is_displayed().await? {
                    return Ok(None);
                }
            }
            Ok(Some(()))
        })
        .await
    }

    /// Waits until an element's text holds `part`, and gives the whole text.
    pub async fn wait_for_text(&self, testid: &str, part: &str) -> anyhow::Result<String> {
        self.patiently(&format!("{testid} to say {part:?}"), async || {
            let text = self.client.find(Locator::Css(&selector(testid))).await?.text().await?;
            Ok(text.contains(part).then_some(text))
        })
        .await
    }

    /// An element's text, as it is shown.
    pub async fn text(&self, testid: &str) -> anyhow::Result<String> {
        Ok(self.wait_for(&selector(testid)).await?.text().await?)
    }

    /// Whether an element is shown now. Does not wait.
    pub async fn shows(&self, testid: &str) -> anyhow::Result<bool> {
        for element in self.client.find_all(Locator::Css(&selector(testid))).await? {
            if element.is_displayed().await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Clicks an element, once it is shown and enabled.
    pub async fn click(&self, testid: &str) -> anyhow::Result<()> {
        self.click_css(&selector(testid)).await
    }

    /// Clicks the first element that fits a CSS selector, once it is shown and enabled.
    pub async fn click_css(&self, css: &str) -> anyhow::Result<()> {
        self.patiently(&format!("{css} to be clicked"), async || {
            let element = self.client.find(Locator::Css(css)).await?;
            let is_busy = element.attr("aria-disabled").await?.is_some_and(|busy| busy == "true");
            if is_busy || !element.is_displayed().await? || !element.is_enabled().await? {
                return Ok(None);
            }
            self.scroll_to(&element).await?;
            element.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Types into a field in place of what is there, key by key, and makes sure that all of it arrived.
    pub async fn type_into(&self, testid: &str, text: &str) -> anyhow::Result<()> {
        let field = self.wait_for(&selector(testid)).await?;
        self.scroll_to(&field).await?;
        self.patiently(&format!("{testid} to take what is typed"), async || {
            // Everything selected, then deleted, as a person does: to clear it by the driver tells the page nothing.
            field.send_keys("\u{e009}a\u{e000}\u{e003}").await?;
            if !text.is_empty() {
                // A line ends by its key.
                field.send_keys(&text.replace('\n', "\u{e007}")).await?;
            }
            Ok((field.prop("value").await?.as_deref() == Some(text)).then_some(()))
        })
        .await
    }

    /// Chooses an option of a list by its value.
    pub async fn choose(&self, testid: &str, value: &str) -> anyhow::Result<()> {
        Ok(self.wait_for(&selector(testid)).await?.select_by_value(value).await?)
    }

    /// Types keys to whatever has the focus.
    pub async fn press(&self, keys: &str) -> anyhow::Result<()> {
        Ok(self.client.active_element().await?.send_keys(keys).await?)
    }

    /// Draws a line with the mouse over an element: through these points, in parts of its width and height.
    pub async fn draw(&self, testid: &str, points: &[(f64, f64)]) -> anyhow::Result<()> {
        let element = self.wait_for(&selector(testid)).await?;
        self.scroll_to(&element).await?;
        let corner = "const { left, top, width, height } = arguments[0].getBoundingClientRect();
            return [left, top, width, height]";
        let corner = self.run(corner, vec![serde_json::to_value(&element)?]).await?;
        let [left, top, width, height] = serde_json::from_value::<[f64; 4]>(corner)?;
        let mut points = points.iter().map(|(x, y)| PointerAction::MoveTo {
            duration: Some(Duration::from_millis(8)),
            x: left + x * width,
            y: top + y * height,
        });
        let first = points.next().context("a line has a point")?;
        let mut pen = MouseActions::new("pen".to_owned())
            .then(first)
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
        for point in points {
            pen = pen.then(point);
        }
        pen = pen.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(pen).await?;
        self.client.release_actions().await?;
        // Drawn is what the pad holds.
        self.wait_for("[data-testid=ink-clear]:enabled").await?;
        Ok(())
    }

    /// Runs the body of a script function in the page and gives what it returns.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        Ok(self.client.execute(script, arguments).await?)
    }

    /// Changes the window's size, in pixels.
    pub async fn resize(&self, width: u32, height: u32) -> anyhow::Result<()> {
        Ok(self.client.set_window_size(width, height).await?)
    }

    /// Takes a picture of what is shown now, as `target/journey/<name>.png`, and gives its path.
    pub async fn screenshot(&self, name: &str) -> anyhow::Result<PathBuf> {
        // Fonts may still come, animations run, and the picture taken would be a frame old.
        self.client.execute_async(SETTLE, Vec::new()).await?;
        let path = journey_folder()?.join(format!("{name}.png"));
        fs::write(&path, self.client.screenshot().await?)?;
        Ok(path)
    }

    /// The id of the app's process.
    pub fn app_id(&self) -> anyhow::Result<u32> {
        let is_app =
            |id: &u32| fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|running| running == self.app);
        self.driver.descendants().into_iter().find(is_app).context("the app does not run")
    }

    /// The id of the process that runs the page.
    pub fn page_id(&self) -> anyhow::Result<u32> {
        let is_page = |id: &u32| {
            fs::read_link(format!("/proc/{id}/exe"))
                .is_ok_and(|running| running.to_string_lossy().contains("WebKitWebProcess"))
        };
        self.driver.descendants().into_iter().find(is_page).context("no process runs the page")
    }

    /// Closes the window as its driver does, and returns when the app has ended.
    pub async fn close(self) -> anyhow::Result<()> {
        let Self { client, driver, .. } = self;
        client.close().await?;
        eventually("the app to end", PATIENCE, async || Ok(driver.descendants().is_empty().then_some(())))
            .await
    }

    /// Scrolls as a person does, before they touch something.
    async fn scroll_to(&self, element: &Element) -> Result<(), CmdError> {
        self.client.execute_async(STAND_STILL, vec![serde_json::to_value(element)?]).await?;
        Ok(())
    }

    async fn patiently<T>(
        &self,
        what: &str,
        mut check: impl AsyncFnMut() -> Result<Option<T>, CmdError>,
    ) -> anyhow::Result<T> {
        let waited = eventually(what, PATIENCE, async || Ok(check().await?)).await;
        if waited.is_err() {
            // What was shown instead says more than any message. It is no matter if it cannot be taken.
            let _picture = self.screenshot(&format!("failed-{}", plain(what))).await;
        }
        waited
    }
}

const STAND_STILL: &str = include_str!("stand_still.js");

const SETTLE: &str = include_str!("settle.js");

async fn connect(port: u16, command: &Path, arguments: &[&str]) -> anyhow::Result<Client> {
    let Value::Object(capabilities) =
        json!({ "webkitgtk:browserOptions": { "binary": command.to_string_lossy(), "args": arguments } })
    else {
        bail!("capabilities are an object");
    };
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    let url = format!("http://127.0.0.1:{port}");
    Ok(tokio::time::timeout(START, builder.connect(&url)).await.context("it took too long")??)
}

/// A port that nobody listens on. Somebody may before it is used; a failure then says so.
fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn selector(testid: &str) -> String {
    format!("[data-testid=\"{testid}\"]")
}

/// A text as part of a file's name.
fn plain(text: &str) -> String {
    text.split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}
