//! What somebody bored tries at a locked kiosk.

use system_tests::{Place, TouchScreen};

/// Chords that close, reload, print, open, search, zoom, switch or inspect something in a browser or on a desktop.
pub(crate) const CHORDS: [&str; 90] = [
    "alt+F4",
    "ctrl+w",
    "ctrl+shift+w",
    "ctrl+q",
    "ctrl+shift+q",
    "ctrl+F4",
    "ctrl+r",
    "ctrl+shift+r",
    "F5",
    "ctrl+F5",
    "shift+F5",
    "F11",
    "F12",
    "ctrl+shift+i",
    "ctrl+shift+j",
    "ctrl+shift+c",
    "ctrl+shift+k",
    "ctrl+shift+m",
    "ctrl+u",
    "ctrl+p",
    "ctrl+shift+p",
    "ctrl+s",
    "ctrl+shift+s",
    "ctrl+o",
    "ctrl+n",
    "ctrl+shift+n",
    "ctrl+t",
    "ctrl+shift+t",
    "ctrl+Tab",
    "ctrl+shift+Tab",
    "ctrl+Page_Down",
    "ctrl+l",
    "F6",
    "alt+d",
    "alt+Home",
    "alt+Left",
    "alt+Right",
    "BackSpace",
    "shift+BackSpace",
    "ctrl+f",
    "F3",
    "ctrl+g",
    "ctrl+h",
    "ctrl+j",
    "ctrl+k",
    "ctrl+d",
    "ctrl+shift+b",
    "ctrl+e",
    "ctrl+plus",
    "ctrl+minus",
    "ctrl+0",
    "ctrl+period",
    "ctrl+semicolon",
    "ctrl+shift+u",
    "ctrl+slash",
    "Menu",
    "shift+F10",
    "F1",
    "F7",
    "F10",
    "alt+f",
    "alt+e",
    "ctrl+alt+t",
    "ctrl+alt+Delete",
    "ctrl+shift+Delete",
    "Print",
    "ctrl+c",
    "ctrl+x",
    "Escape",
    "ctrl+Escape",
    "XF86Back",
    "XF86HomePage",
    "XF86WWW",
    "XF86Calculator",
    "XF86Mail",
    "XF86Search",
    "XF86Forward",
    "XF86Reload",
    "XF86AudioPlay",
    "ctrl+equal",
    "ctrl+KP_Add",
    "ctrl+KP_Subtract",
    "ctrl+shift+e",
    "ctrl+shift+o",
    "ctrl+shift+v",
    "ctrl+shift+z",
    "ctrl+i",
    "ctrl+b",
    "ctrl+Insert",
    "shift+Insert",
];

/// The arguments of `xdotool` for what a mouse can try.
pub(crate) const GESTURES: [&[&str]; 12] = [
    &["mousemove", "640", "400", "click", "3"],
    &["mousemove", "200", "300", "click", "3"],
    &["mousemove", "640", "400", "click", "2"],
    &["mousemove", "640", "400", "click", "8"],
    &["mousemove", "640", "400", "click", "9"],
    &["mousemove", "200", "250", "click", "--repeat", "3", "1"],
    &["mousemove", "200", "250", "mousedown", "1", "mousemove", "1279", "0", "mouseup", "1"],
    &["mousemove", "100", "40", "mousedown", "1", "mousemove", "640", "799", "mouseup", "1"],
    &["keydown", "ctrl", "mousemove", "640", "400", "click", "--repeat", "5", "4", "keyup", "ctrl"],
    &["keydown", "shift", "mousemove", "640", "400", "click", "3", "keyup", "shift"],
    &["mousemove", "0", "0", "click", "1", "mousemove", "1279", "0", "click", "1"],
    &["mousemove", "640", "799", "click", "1", "mousemove", "1279", "799", "click", "3"],
];

pub(crate) type Gesture = fn(&mut TouchScreen) -> anyhow::Result<()>;

/// What fingers can try, but for a long press.
pub(crate) const FINGERS: [(&str, Gesture); 16] = [
    ("a pinch outwards", |glass| glass.pinch(MIDDLE, 100.0, 600.0)),
    ("a pinch inwards", |glass| glass.pinch(MIDDLE, 600.0, 100.0)),
    ("a double tap", |glass| {
        glass.tap(MIDDLE)?;
        glass.tap(MIDDLE)
    }),
    ("one finger from the left", |glass| glass.swipe(1, (0.0, 400.0), (900.0, 400.0))),
    ("one finger from the right", |glass| glass.swipe(1, (1279.0, 400.0), (300.0, 400.0))),
    ("one finger from above", |glass| glass.swipe(1, (640.0, 0.0), (640.0, 700.0))),
    ("one finger from below", |glass| glass.swipe(1, (640.0, 799.0), (640.0, 100.0))),
    ("two fingers to the right", |glass| glass.swipe(2, (100.0, 300.0), (1000.0, 300.0))),
    ("two fingers to the left", |glass| glass.swipe(2, (1100.0, 300.0), (200.0, 300.0))),
    ("two fingers from above", |glass| glass.swipe(2, (600.0, 0.0), (600.0, 700.0))),
    ("three fingers from above", |glass| glass.swipe(3, (500.0, 0.0), (500.0, 700.0))),
    ("three fingers from below", |glass| glass.swipe(3, (500.0, 799.0), (500.0, 100.0))),
    ("four fingers from the left", |glass| glass.swipe(4, (0.0, 200.0), (900.0, 200.0))),
    ("a tap of two fingers", |glass| glass.swipe(2, MIDDLE, MIDDLE)),
    ("a tap of five fingers", |glass| glass.swipe(5, (400.0, 400.0), (400.0, 400.0))),
    ("a text dragged out", |glass| {
        glass.tap((300.0, 300.0))?;
        glass.tap((300.0, 300.0))?;
        glass.drag(&[(300.0, 300.0), (640.0, 400.0), (1279.0, 0.0)])
    }),
];

pub(crate) const MIDDLE: Place = (640.0, 400.0);

/// What a script in the page could try, should one ever run there.
pub(crate) const SCRIPTS: [&str; 22] = [
    "window.close()",
    "window.open('https://example.org/')",
    "window.open('about:blank', '_blank', 'popup')",
    "location.href = 'https://example.org/'",
    "location.assign('file:///etc/passwd')",
    "location.replace('data:text/html,out')",
    "history.back()",
    "history.pushState(null, '', '/elsewhere')",
    "window.print()",
    "alert('out')",
    "prompt('PIN?')",
    "document.exitFullscreen?.()",
    "document.documentElement.requestFullscreen?.()",
    "const link = document.createElement('a'); link.href = 'https://example.org/'; link.target = '_blank'; document.body.append(link); link.click(); link.remove()",
    "const link = document.createElement('a'); link.href = 'data:text/plain,out'; link.download = 'out.txt'; document.body.append(link); link.click(); link.remove()",
    "const file = document.createElement('input'); file.type = 'file'; document.body.append(file); file.click(); file.remove()",
    "const frame = document.createElement('iframe'); frame.src = 'https://example.org/'; document.body.append(frame); frame.remove()",
    "const form = document.createElement('form'); form.action = 'https://example.org/'; document.body.append(form); form.submit(); form.remove()",
    "navigator.clipboard?.writeText('out').catch(() => {})",
    "navigator.share?.({ text: 'out' })?.catch(() => {})",
    "Notification?.requestPermission?.()",
    "location.reload()",
];

/// Commands of the shell's own, of which the kiosk needs none.
pub(crate) const SHELL_COMMANDS: [&str; 16] = [
    "plugin:window|close",
    "plugin:window|destroy",
    "plugin:window|create",
    "plugin:window|set_fullscreen",
    "plugin:window|set_always_on_top",
    "plugin:window|minimize",
    "plugin:window|hide",
    "plugin:webview|create_webview_window",
    "plugin:webview|set_webview_zoom",
    "plugin:webview|internal_toggle_devtools",
    "plugin:dialog|open",
    "plugin:dialog|save",
    "plugin:window-state|restore_state",
    "plugin:window-state|save_window_state",
    "plugin:menu|popup",
    "plugin:app|app_hide",
];

/// Every command that is the volunteer's or the organizer's, from the list of all commands.
pub(crate) fn commands_elsewhere() -> Vec<&'static str> {
    let list = include_str!("../../src-tauri/src/commands/list.rs");
    let (_, elsewhere) = list.split_once("elsewhere: [").unwrap();
    let (paths, _) = elsewhere.split_once(']').unwrap();
    let names = paths.split(',').filter_map(|path| path.trim().rsplit("::").next());
    names.filter(|name| !name.is_empty()).collect()
}
