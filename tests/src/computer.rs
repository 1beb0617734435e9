//! A computer with a screen, a bus and a keyring of its own.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, bail};
use tempfile::TempDir;

use crate::{TouchScreen, eventually, running::Running, touch_screen};

const SOON: Duration = Duration::from_secs(20);

/// Every screen is a small laptop's: so many inches, corner to corner.
const GLASS: f64 = 13.3;

/// A computer of somebody's: a screen with a window manager, a session bus, a keyring that is open (or
/// none), and folders of its own for everything that a program writes.
///
/// Programs are run on it through [`Computer::command`].
#[derive(Debug)]
pub struct Computer {
    // Dropped in this order: the screen last, the folder after everything that writes into it.
    keyring: Option<Running>,
    bus: Option<Bus>,
    _window_manager: Running,
    screen: Screen,
    folder: TempDir,
}

impl Computer {
    /// A computer with a screen of 1280×800 and an open keyring.
    pub async fn start() -> anyhow::Result<Self> {
        Self::with_screen(1280, 800, true).await
    }

    /// The same without a session bus, so without a keyring: keys rest under a passphrase.
    pub async fn start_without_keyring() -> anyhow::Result<Self> {
        Self::with_screen(1280, 800, false).await
    }

    /// The same with a keyring that runs and has no place for anything: of a user who never logged in here.
    pub async fn start_with_empty_keyring() -> anyhow::Result<Self> {
        let mut computer = Self::with_screen(1280, 800, true).await?;
        computer.stop_keyring()?;
        fs::remove_dir_all(computer.folder().join("data/keyrings"))?;
        computer.keyring = Some(start_keyring(&computer, None).await?);
        Ok(computer)
    }

    /// The same as [`Computer::start`], with a screen that can be touched.
    pub async fn start_with_touch_screen() -> anyhow::Result<(Self, TouchScreen)> {
        let (width, height) = (1280, 800);
        let computer = Self::start_on(|folder| Screen::start_with_touch(folder, width, height), true).await?;
        let touch_screen = TouchScreen::connect(computer.folder(), width, height)?;
        Ok((computer, touch_screen))
    }

    /// A computer with a screen of that many pixels.
    pub async fn with_screen(width: u32, height: u32, keyring: bool) -> anyhow::Result<Self> {
        Self::start_on(|folder| Screen::start(folder, width, height), keyring).await
    }

    async fn start_on(
        screen: impl FnOnce(&Path) -> anyhow::Result<Screen>,
        keyring: bool,
    ) -> anyhow::Result<Self> {
        let folder = TempDir::with_prefix("undersigned-")?;
        for name in ["home", "data", "config", "cache", "state", "run", "logs"] {
            let own = folder.path().join(name);
            fs::create_dir(&own)?;
            fs::set_permissions(&own, fs::Permissions::from_mode(0o700))?;
        }
        let screen = screen(folder.path())?;
        let bus = if keyring { Some(Bus::start(folder.path(), &screen)?) } else { None };
        let bare = |program: &str| command(program, folder.path(), &screen, bus.as_ref());
        let window_manager =
            Running::start(bare("openbox").args(["--sm-disable"]).logged(folder.path(), "openbox")?)?;
        let mut computer = Self { keyring: None, bus, _window_manager: window_manager, screen, folder };
        if keyring {
            computer.keyring = Some(start_keyring(&computer, Some(KEYRING_PASSWORD)).await?);
        }
        Ok(computer)
    }

    /// Locks the keyring, as a screen saver or a person does.
    pub fn lock_keyring(&self) -> anyhow::Result<()> {
        let locked = self
            .command("gdbus")
            .args(["call", "--session", "--dest=org.freedesktop.secrets"])
            .args(["--object-path=/org/freedesktop/secrets", "--method=org.freedesktop.Secret.Service.Lock"])
            .arg("[objectpath '/org/freedesktop/secrets/collection/login']")
            .output()?;
        if !String::from_utf8_lossy(&locked.stdout).contains("collection/login") {
            bail!("the keyring is not locked: {}", String::from_utf8_lossy(&locked.stderr));
        }
        Ok(())
    }

    /// Opens the keyring again, as logging in again does: another daemon, with the same items.
    pub async fn unlock_keyring(&mut self) -> anyhow::Result<()> {
        self.keyring = None;
        self.keyring = Some(start_keyring(self, Some(KEYRING_PASSWORD)).await?);
        Ok(())
    }

    /// Stops the keyring: nobody answers for it.
    pub fn stop_keyring(&mut self) -> anyhow::Result<()> {
        self.keyring.take().context("there is no keyring")?.stop()?;
        Ok(())
    }

    /// A command that runs on this computer, with its screen, its bus and its folders.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        command(program, self.folder.path(), &self.screen, self.bus.as_ref())
    }

    /// The folder that holds all that programs on this computer write, logs too.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A folder for a profile. The same name gives the same folder.
    pub fn profile(&self, name: &str) -> PathBuf {
        self.folder.path().join("profiles").join(name)
    }

    /// A new file that takes what a program says.
    pub(crate) fn log(&self, name: &str) -> anyhow::Result<(PathBuf, File)> {
        new_log(self.folder.path(), name)
    }
}

fn command(program: impl AsRef<Path>, folder: &Path, screen: &Screen, bus: Option<&Bus>) -> Command {
    let mut command = Command::new(program.as_ref());
    command
        .env("DISPLAY", &screen.display)
        .env("GDK_BACKEND", "x11")
        .env("GSETTINGS_BACKEND", "memory")
        .env("GTK_USE_PORTAL", "0")
        .env("NO_AT_BRIDGE", "1")
        .env("LANG", "C.UTF-8")
        .env("HOME", folder.join("home"))
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env("XDG_STATE_HOME", folder.join("state"))
        .env("XDG_RUNTIME_DIR", folder.join("run"))
        .env("DBUS_SESSION_BUS_ADDRESS", bus.map_or(NO_BUS, |bus| &bus.address));
    // Both make screenshots hang; and nothing may open on the screen of whoever runs the tests.
    for name in ["WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_DISABLE_DMABUF_RENDERER", "WAYLAND_DISPLAY"] {
        command.env_remove(name);
    }
    command
}

/// An address where nobody listens. Without an address, programs look for a bus, or start one.
const NO_BUS: &str = "unix:path=/nonexistent/bus";

#[derive(Debug)]
struct Screen {
    display: String,
    _server: Running,
}

impl Screen {
    /// Xvfb, which has no touch screen.
    fn start(folder: &Path, width: u32, height: u32) -> anyhow::Result<Self> {
        let size = format!("{width}x{height}x24");
        let fineness = (f64::from(width).hypot(f64::from(height)) / GLASS).round().to_string();
        Self::start_server(folder, Command::new("Xvfb").args(["-screen", "0", &size, "-dpi", &fineness]))
    }

    /// Xorg, without hardware; no program that lends it the rights of root is in between.
    fn start_with_touch(folder: &Path, width: u32, height: u32) -> anyhow::Result<Self> {
        let configuration = folder.join("xorg.conf");
        fs::write(&configuration, touch_screen::configuration(folder, width, height))?;
        let mut server = Command::new("/usr/lib/xorg/Xorg");
        // A seat that is not the computer's first has no console, and asks for none.
        server.args(["-seat", "seat-of-a-test"]).arg("-config").arg(configuration);
        Self::start_server(folder, server.arg("-logfile").arg(folder.join("logs/xorg.log")))
    }

    /// A server, on a display that it finds free itself.
    fn start_server(folder: &Path, server: &mut Command) -> anyhow::Result<Self> {
        let mut server = Running::start(
            server
                .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
                .logged(folder, "screen")?
                .stdout(Stdio::piped()),
        )?;
        let number = first_line(&mut server).context("the screen did not start")?;
        Ok(Self { display: format!(":{number}"), _server: server })
    }
}

#[derive(Debug)]
struct Bus {
    address: String,
    _daemon: Running,
}

impl Bus {
    fn start(folder: &Path, screen: &Screen) -> anyhow::Result<Self> {
        // What the bus starts belongs to this computer too. It has no screen: nobody would answer what it asks there.
        let mut daemon = Running::start(
            command("dbus-daemon", folder, screen, None)
                .env_remove("DISPLAY")
                .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
                .arg(format!("--address=unix:path={}", folder.join("run/bus").display()))
                .logged(folder, "dbus")?
                .stdout(Stdio::piped()),
        )?;
        let address = first_line(&mut daemon).context("the session bus did not start")?;
        Ok(Self { address, _daemon: daemon })
    }
}

/// Of a keyring that lives as long as the test. An empty one would leave it locked.
const KEYRING_PASSWORD: &str = "a password";

/// A keyring on the bus, unlocked by a password where there is one.
async fn start_keyring(computer: &Computer, password: Option<&str>) -> anyhow::Result<Running> {
    let mut keyring = Running::start(
        computer
            .command("gnome-keyring-daemon")
            .args(["--foreground", "--replace", "--components=secrets"])
            .args(password.map(|_| "--unlock"))
            .logged(computer.folder(), "keyring")?
            .stdin(Stdio::piped()),
    )?;
    let mut input = keyring.take_input()?;
    input.write_all(password.unwrap_or_default().as_bytes())?;
    drop(input);
    // Not one that the bus has started itself meanwhile.
    let ours = format!("uint32 {}", keyring.id());
    eventually("the keyring on the bus", SOON, async || {
        keyring.check_is_running()?;
        let answer = computer
            .command("dbus-send")
            .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"])
            .args(["org.freedesktop.DBus.GetConnectionUnixProcessID", "string:org.freedesktop.secrets"])
            .output()?;
        Ok(String::from_utf8_lossy(&answer.stdout).contains(&ours).then_some(()))
    })
    .await?;
    Ok(keyring)
}

fn first_line(process: &mut Running) -> anyhow::Result<String> {
    let mut line = String::new();
    BufReader::new(process.take_output()?).read_line(&mut line)?;
    let line = line.trim();
    if line.is_empty() {
        process.check_is_running()?;
        bail!("it said nothing");
    }
    Ok(line.to_owned())
}

/// Sends what a process says into a file of the computer's.
trait Logged {
    fn logged(&mut self, folder: &Path, name: &str) -> anyhow::Result<&mut Command>;
}

impl Logged for Command {
    fn logged(&mut self, folder: &Path, name: &str) -> anyhow::Result<&mut Command> {
        let (_, log) = new_log(folder, name)?;
        Ok(self.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log))
    }
}

fn new_log(folder: &Path, name: &str) -> anyhow::Result<(PathBuf, File)> {
    let logs = folder.join("logs");
    let number = fs::read_dir(&logs)?.count();
    let path = logs.join(format!("{number:02}-{name}.log"));
    let file = File::create_new(&path)?;
    Ok((path, file))
}
