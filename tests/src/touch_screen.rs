//! A touch screen without hardware: what Xorg reads to have one, and the fingers on it.
//!
//! Xorg's own input driver for tests, `inputtest`, takes touches over a socket, as a driver takes them from the glass.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};

/// How long the screen may take to answer, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// Movements are told in this many steps, as glass tells them: never only the end.
const STEPS: u32 = 12;

/// Places are told from 0 to this, whatever the size of the screen.
const FAR_END: f64 = 65_535.0;

/// A place on the screen, in pixels from its corner.
pub type Place = (f64, f64);

/// The touch screen of a computer. Each method returns once the screen's server has told the programs.
#[derive(Debug)]
pub struct TouchScreen {
    socket: UnixStream,
    width: f64,
    height: f64,
    /// The fingers that lie on it, and where.
    fingers: BTreeMap<u32, Place>,
}

impl TouchScreen {
    /// The touch screen of a server that was started with [`configuration`] and the same folder.
    pub(crate) fn connect(folder: &Path, width: u32, height: u32) -> anyhow::Result<Self> {
        let socket = UnixStream::connect(socket(folder, "touch")).context("there is no touch screen")?;
        socket.set_read_timeout(Some(PATIENCE))?;
        let mut screen =
            Self { socket, width: width.into(), height: height.into(), fingers: BTreeMap::new() };
        let [major, minor] = PROTOCOL.map(u16::to_ne_bytes);
        screen.send(message::VERSION, &[major, minor].concat())?;
        let theirs = screen.receive::<4>(message::VERSION)?;
        if theirs[..2] != major {
            bail!("the touch screen speaks another protocol");
        }
        Ok(screen)
    }

    /// A finger touches the glass.
    pub fn down(&mut self, finger: u32, at: Place) -> anyhow::Result<()> {
        self.fingers.insert(finger, at);
        self.touch(finger, touch::BEGIN, at)
    }

    /// A finger on the glass moves, in small steps on a straight line.
    pub fn move_to(&mut self, finger: u32, to: Place) -> anyhow::Result<()> {
        self.move_together(&[(finger, to)])
    }

    /// Several fingers move at the same time, each on a straight line.
    pub fn move_together(&mut self, fingers: &[(u32, Place)]) -> anyhow::Result<()> {
        let mut ways = Vec::new();
        for (finger, to) in fingers {
            let from = self.fingers.insert(*finger, *to).context("that finger is not on the glass")?;
            ways.push((*finger, from, *to));
        }
        for step in 1..=STEPS {
            let part = f64::from(step) / f64::from(STEPS);
            for (finger, (x, y), (to_x, to_y)) in &ways {
                self.touch(*finger, touch::UPDATE, (x + (to_x - x) * part, y + (to_y - y) * part))?;
            }
        }
        Ok(())
    }

    /// A finger leaves the glass.
    pub fn up(&mut self, finger: u32) -> anyhow::Result<()> {
        let at = self.fingers.remove(&finger).context("that finger is not on the glass")?;
        self.touch(finger, touch::END, at)
    }

    /// One finger, down and up.
    pub fn tap(&mut self, at: Place) -> anyhow::Result<()> {
        self.down(0, at)?;
        self.up(0)
    }

    /// One finger, down at the first place and up at the last.
    pub fn drag(&mut self, places: &[Place]) -> anyhow::Result<()> {
        let (first, more) = places.split_first().context("a way has a place")?;
        self.down(0, *first)?;
        for place in more {
            self.move_to(0, *place)?;
        }
        self.up(0)
    }

    /// That many fingers side by side, from a place to another.
    pub fn swipe(&mut self, fingers: u32, from: Place, to: Place) -> anyhow::Result<()> {
        let beside = |(x, y): Place, finger: u32| {
            let aside = f64::from(finger) * 60.0;
            // Across the way that they go.
            if (to.0 - from.0).abs() > (to.1 - from.1).abs() { (x, y + aside) } else { (x + aside, y) }
        };
        for finger in 0..fingers {
            self.down(finger, beside(from, finger))?;
        }
        self.move_together(&(0..fingers).map(|finger| (finger, beside(to, finger))).collect::<Vec<_>>())?;
        (0..fingers).try_for_each(|finger| self.up(finger))
    }

    /// Two fingers around a place, from one distance between them to another.
    pub fn pinch(&mut self, (x, y): Place, from: f64, to: f64) -> anyhow::Result<()> {
        self.down(0, (x - from / 2.0, y))?;
        self.down(1, (x + from / 2.0, y))?;
        self.move_together(&[(0, (x - to / 2.0, y)), (1, (x + to / 2.0, y))])?;
        self.up(0)?;
        self.up(1)
    }

    fn touch(&mut self, finger: u32, kind: u32, (x, y): Place) -> anyhow::Result<()> {
        let mut values = [0.0; AXES];
        values[0] = x / self.width * FAR_END;
        values[1] = y / self.height * FAR_END;
        let mut body = [finger.to_ne_bytes(), kind.to_ne_bytes(), [0; 4]].concat();
        body.extend(TOLD_AXES.to_le_bytes());
        // Numbers of eight bytes begin at a multiple of eight; then the same again for a device with acceleration.
        body.extend([0; 4]);
        body.extend(values.iter().flat_map(|value: &f64| value.to_ne_bytes()));
        body.extend([0; 8 * AXES]);
        self.send(message::TOUCH, &body)?;
        self.send(message::SYNC, &[])?;
        self.receive::<0>(message::SYNC)?;
        Ok(())
    }

    fn send(&mut self, kind: u32, body: &[u8]) -> anyhow::Result<()> {
        let length = u32::try_from(HEADER + body.len())?;
        let head = [length, kind].map(u32::to_ne_bytes).concat();
        Ok(self.socket.write_all(&[&head, body].concat())?)
    }

    fn receive<const BODY: usize>(&mut self, kind: u32) -> anyhow::Result<[u8; BODY]> {
        let mut head = [0; HEADER];
        self.socket.read_exact(&mut head).context("the touch screen does not answer")?;
        let length = u32::try_from(HEADER + BODY)?;
        if head[..] != [length, kind].map(u32::to_ne_bytes).concat() {
            bail!("the touch screen answers something else");
        }
        let mut body = [0; BODY];
        self.socket.read_exact(&mut body)?;
        Ok(body)
    }
}

/// Of the driver's socket: the version that has touches and a wait for the end of what was sent.
const PROTOCOL: [u16; 2] = [1, 1];

/// A message's length and its kind.
const HEADER: usize = 8;

/// A place in a message for each axis that a device could have.
const AXES: usize = 64;

/// Across and down.
const TOLD_AXES: u64 = 0b11;

mod message {
    pub(super) const VERSION: u32 = 0;
    pub(super) const SYNC: u32 = 1;
    pub(super) const TOUCH: u32 = 6;
}

/// As the X Input extension numbers them.
mod touch {
    pub(super) const BEGIN: u32 = 18;
    pub(super) const UPDATE: u32 = 19;
    pub(super) const END: u32 = 20;
}

/// What Xorg reads: a screen without hardware, a touch screen on it, and the pointer and keys that it will not do without.
pub(crate) fn configuration(folder: &Path, width: u32, height: u32) -> String {
    let device = |name: &str, kind: &str| {
        format!(
            r#"
Section "InputDevice"
  Identifier "{name}"
  Driver "inputtest"
  Option "DeviceType" "{kind}"
  Option "SocketPath" "{}"
EndSection
"#,
            socket(folder, name).display()
        )
    };
    let devices =
        [device("touch", "Touch"), device("pointer", "PointerAbsolute"), device("keys", "Keyboard")].concat();
    format!(
        r#"Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "DontVTSwitch" "true"
EndSection
{devices}
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 65536
EndSection

Section "Monitor"
  Identifier "monitor"
  HorizSync 5-1000
  VertRefresh 5-200
  Modeline "whole" 90 {width} {} {} {} {height} {} {} {}
EndSection

Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "whole"
  EndSubSection
EndSection

Section "ServerLayout"
  Identifier "layout"
  Screen "screen"
  InputDevice "pointer" "CorePointer"
  InputDevice "keys" "CoreKeyboard"
  InputDevice "touch" "SendCoreEvents"
EndSection
"#,
        width + 64,
        width + 128,
        width + 256,
        height + 3,
        height + 9,
        height + 31,
    )
}

fn socket(folder: &Path, name: &str) -> PathBuf {
    folder.join("run").join(name)
}
