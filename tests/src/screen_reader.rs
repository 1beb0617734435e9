//! What a screen reader finds in the window: everything in it, in order, by the system's own interface for them (AT-SPI).

use std::collections::HashMap;

use anyhow::Context;
use atspi_common::Role;
use zbus::{
    blocking::{Connection, Proxy, connection::Builder},
    zvariant::OwnedObjectPath,
};

use crate::Computer;

/// An object of a program: the program's name on the bus, and the object's path.
type Place = (String, OwnedObjectPath);

/// A screen reader of a computer's. Programs are to be started with `NO_AT_BRIDGE=0`.
#[derive(Debug)]
pub struct ScreenReader(Connection);

impl ScreenReader {
    /// Asks the computer's bus for that of its screen readers, which starts it.
    pub fn of(computer: &Computer) -> anyhow::Result<Self> {
        let session = computer.command("true");
        let address = session.get_envs().find(|(name, _)| *name == "DBUS_SESSION_BUS_ADDRESS");
        let address = address.and_then(|(_, address)| address?.to_str()).context("there is no bus")?;
        let session = Builder::address(address)?.build()?;
        let bus = Proxy::new(&session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus")?;
        let address: String = bus.call("GetAddress", &())?;
        Ok(Self(Builder::address(address.as_str())?.build()?))
    }

    /// All that the page says of itself: a line for each thing, with what it is, its name and how it stands.
    pub fn read(&self) -> anyhow::Result<Vec<String>> {
        let root = OwnedObjectPath::try_from("/org/a11y/atspi/accessible/root")?;
        let root = ("org.a11y.atspi.Registry".to_owned(), root);
        let page = self.find(&root, Role::DocumentWeb)?.context("no page is there")?;
        let mut lines = Vec::new();
        self.tell(&page, &mut lines)?;
        Ok(lines)
    }

    fn find(&self, place: &Place, role: Role) -> anyhow::Result<Option<Place>> {
        for child in self.children(place)? {
            // Another program's may be gone meanwhile.
            let Ok(found) = self.role(&child) else { continue };
            if found == role {
                return Ok(Some(child));
            }
            if let Ok(Some(found)) = self.find(&child, role) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Notes a thing and what is in it. The text of what only holds other things is theirs.
    fn tell(&self, place: &Place, lines: &mut Vec<String>) -> anyhow::Result<()> {
        let thing = self.thing(place)?;
        let mut inside = Vec::new();
        if !thing.is_whole() {
            for child in self.children(place)? {
                self.tell(&child, &mut inside)?;
            }
        }
        // The number of an entry of a list stands before it.
        let marks = inside.iter().take_while(|line| line.ends_with('.') && line.len() < 4).count();
        if thing.role == Role::ListItem {
            lines.extend(inside.drain(..marks));
        }
        if !thing.is_holder() || inside.is_empty() {
            lines.extend(thing.line());
        }
        if thing.is(FOCUSED) && !thing.is_whole() && thing.role != Role::DocumentWeb {
            lines.push("(here)".to_owned());
        }
        lines.append(&mut inside);
        Ok(())
    }

    fn thing(&self, place: &Place) -> anyhow::Result<Thing> {
        let object = self.object(place, "Accessible")?;
        let attributes: HashMap<String, String> = object.call("GetAttributes", &()).unwrap_or_default();
        let states: Vec<u32> = object.call("GetState", &())?;
        let text = self.object(place, "Text")?;
        let text: String = text.call("GetText", &(0_i32, -1_i32)).unwrap_or_default();
        Ok(Thing {
            role: self.role(place)?,
            landmark: attributes.get("xml-roles").cloned(),
            name: object.get_property("Name")?,
            description: object.get_property("Description")?,
            chosen: self.chosen(place),
            // What stands in the place of a thing within the text is no word.
            text: text.replace('\u{fffc}', "").trim().to_owned(),
            states: states.iter().rev().fold(0, |all, part| all << 32 | u64::from(*part)),
        })
    }

    /// What is chosen of a list.
    fn chosen(&self, place: &Place) -> Option<String> {
        let list = self.children(place).ok()?.into_iter().next()?;
        let chosen: Place = self.object(&list, "Selection").ok()?.call("GetSelectedChild", &0_i32).ok()?;
        self.object(&chosen, "Accessible").ok()?.get_property("Name").ok()
    }

    fn children(&self, place: &Place) -> anyhow::Result<Vec<Place>> {
        // One by one: asked for all of them, GTK leaves out the page, which is another process's.
        let object = self.object(place, "Accessible")?;
        let count: i32 = object.get_property("ChildCount")?;
        Ok((0..count).map(|place| object.call("GetChildAtIndex", &place)).collect::<Result<_, _>>()?)
    }

    fn role(&self, place: &Place) -> anyhow::Result<Role> {
        // By its number: the web view does not name it.
        let role: u32 = self.object(place, "Accessible")?.call("GetRole", &())?;
        Ok(Role::try_from(role)?)
    }

    fn object<'a>(&'a self, (name, path): &'a Place, interface: &str) -> anyhow::Result<Proxy<'a>> {
        let interface = format!("org.a11y.atspi.{interface}");
        Ok(zbus::blocking::proxy::Builder::new(&self.0)
            .destination(name.as_str())?
            .path(path.as_str())?
            .interface(interface)?
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()?)
    }
}

/// The states that are told of (AtspiStateType).
const CHECKED: u32 = 4;
const FOCUSED: u32 = 12;
const PRESSED: u32 = 20;
const SENSITIVE: u32 = 24;
const REQUIRED: u32 = 33;
const WRONG: u32 = 36;

struct Thing {
    role: Role,
    landmark: Option<String>,
    name: String,
    description: String,
    chosen: Option<String>,
    text: String,
    states: u64,
}

impl Thing {
    fn is(&self, state: u32) -> bool {
        self.states >> state & 1 == 1
    }

    /// Its name says all that is in it.
    fn is_whole(&self) -> bool {
        use Role::*;
        [Button, ToggleButton, Heading, Entry, CheckBox, ComboBox, Label, Link, Image].contains(&self.role)
    }

    fn is_holder(&self) -> bool {
        use Role::*;
        matches!(self.role, Section | Panel | Static | Text | StatusBar | Alert | Notification)
            && self.name.is_empty()
    }

    /// How it is read out; none for what only holds other things.
    fn line(&self) -> Option<String> {
        use Role::*;
        let what = match self.role {
            Landmark => return Some(format!("[{}]", self.landmark.as_deref().unwrap_or(&self.name))),
            Paragraph | Section | Static | Text | StatusBar | Alert | ListItem | Notification => {
                return (!self.text.is_empty()).then(|| self.text.clone());
            }
            // It is read with its field.
            Label => return None,
            _ if self.name.is_empty() && !self.is_whole() => return None,
            Button | ToggleButton => "button",
            Entry => "text field",
            ComboBox => "list",
            Panel => "group",
            Image => "picture",
            other => other.name(),
        };
        let chosen = self.chosen.as_deref().filter(|_| self.role == ComboBox);
        let stands = [
            chosen,
            (self.role == ToggleButton).then(|| if self.is(PRESSED) { "on" } else { "off" }),
            (self.role == CheckBox).then(|| if self.is(CHECKED) { "ticked" } else { "not ticked" }),
            (what == "button" && !self.is(SENSITIVE)).then_some("not now"),
            self.is(REQUIRED).then_some("required"),
            self.is(WRONG).then_some("wrong"),
            (self.is(FOCUSED) && self.is_whole()).then_some("here"),
        ];
        let stands: String = stands.iter().flatten().map(|one| format!(", {one}")).collect();
        let more =
            if self.description.is_empty() { String::new() } else { format!(" ({})", self.description) };
        Some(format!("{what}: {}{stands}{more}", self.name))
    }
}
