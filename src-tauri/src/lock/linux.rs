//! What GTK and its web view do before a page hears of it.

use std::{cell::RefCell, collections::HashSet};

use gtk::{
    EventSequenceState, GestureZoom, PropagationPhase, Widget, Window,
    gdk::{
        EventKey, EventType, EventVisibility, ModifierType, SELECTION_CLIPBOARD, SELECTION_PRIMARY,
        VisibilityState, WindowState, keys::constants as key,
    },
    glib::Propagation,
    prelude::{Cast, CastNone, GestureExt, GtkWindowExt, WidgetExt},
};
use tauri::WebviewWindow;
use webkit2gtk::{
    PermissionRequestExt, SettingsExt, UserMediaPermissionRequest, UserMediaPermissionRequestExt, WebView,
    WebViewExt,
};

/// While the kiosk is open: no shortcut, menu, print, dialog, file chooser or permission of the web view's.
///
/// `locked` says whether it is open, and `may_use_camera` whether this is the moment for the one permission that is ever given.
pub(super) fn shut(
    window: &WebviewWindow,
    locked: impl Fn() -> bool + Clone + Send + 'static,
    may_use_camera: impl Fn() -> bool + Send + 'static,
) -> tauri::Result<()> {
    let frame = window.gtk_window()?;
    let asks = locked.clone();
    frame.connect_key_press_event(move |_, event| stop(asks() && !is_typing(event)));
    let asks = locked.clone();
    frame.connect_window_state_event(move |frame, event| {
        if asks() && !event.new_window_state().contains(WindowState::FULLSCREEN) {
            frame.fullscreen();
        } else if asks() {
            // On the whole screen no frame is drawn. A window that has none is made larger by its edges: a finger that comes in
            // over one is taken from the view, which then waits for its end for ever.
            frame.set_decorated(true);
        }
        Propagation::Proceed
    });
    window.with_webview(move |platform| {
        let view = platform.inner();
        stay_above_others(&view, locked.clone());
        only_fingers_that_began(&view);
        one_finger_at_a_time(&view, locked.clone());
        let asks = locked.clone();
        view.connect_context_menu(move |_, _, _, _| asks());
        let asks = locked.clone();
        view.connect_print(move |_, _| asks());
        let asks = locked.clone();
        view.connect_script_dialog(move |_, _| asks());
        let asks = locked.clone();
        view.connect_run_file_chooser(move |_, _| asks());
        // The whole screen is the window's to take. A page that asked for it would give the window's own back when it is
        // reloaded; and one that is refused only when it asks waits for ever and answers nothing any more.
        if let Some(settings) = WebViewExt::settings(&view) {
            settings.set_enable_fullscreen(false);
            settings.set_enable_media_stream(may_use_camera());
        }
        view.connect_permission_request(move |_, request| {
            let media = request.downcast_ref::<UserMediaPermissionRequest>();
            let is_camera =
                media.is_some_and(|media| media.is_for_video_device() && !media.is_for_audio_device());
            if is_camera && may_use_camera() {
                request.allow()
            } else {
                request.deny()
            }
            true
        });
    })
}

/// A window of another program that wants to be above all others is, until the whole screen has the focus again.
fn stay_above_others(view: &WebView, locked: impl Fn() -> bool + 'static) {
    view.connect_event(move |view, event| {
        let seen = event.downcast_ref::<EventVisibility>().map(EventVisibility::state);
        let is_covered = seen.is_some_and(|seen| seen != VisibilityState::Unobscured);
        if is_covered
            && locked()
            && let Some(frame) = view.toplevel().and_downcast::<Window>()
        {
            // A list of the page's own may open over it.
            let ours = Window::list_toplevels();
            if !ours.iter().any(|window| window.is_visible() && window != frame.upcast_ref::<Widget>()) {
                frame.present();
            }
        }
        Propagation::Proceed
    });
}

/// Two fingers would enlarge the page, whatever the page says against it. It hears of every finger; what the web view itself
/// does with fingers (press, scroll) is for the first one on the glass alone.
fn one_finger_at_a_time(view: &WebView, locked: impl Fn() -> bool + Clone + 'static) {
    let Some(above) = view.parent() else { return };
    // Knows every finger before the view does, and is never complete, so that it keeps none for itself.
    let fingers = GestureZoom::builder()
        .widget(&above)
        .n_points(u32::from(u8::MAX))
        .propagation_phase(PropagationPhase::Capture)
        .build();
    let asks = locked.clone();
    view.connect_event(move |_, event| {
        // Of a touchpad.
        stop(asks() && matches!(event.event_type(), EventType::TouchpadPinch | EventType::TouchpadSwipe))
    });
    view.connect_event_after(move |_, event| {
        if event.event_type() == EventType::TouchBegin
            && locked()
            && let Some(finger) = event.event_sequence()
        {
            // Who claims a finger takes it from the gestures below; given back, it goes on to the page alone. The first finger
            // acts all the same: to gestures it is the pointer.
            fingers.set_sequence_state(&finger, EventSequenceState::Claimed);
            fingers.set_sequence_state(&finger, EventSequenceState::Denied);
        }
    });
}

/// The view takes for granted that it heard of a finger before it hears that the finger moves, and ends the program where it
/// did not: several fingers that glide in together are enough.
fn only_fingers_that_began(view: &WebView) {
    let began = RefCell::new(HashSet::new());
    view.connect_touch_event(move |_, event| {
        let finger = event.event_sequence();
        let mut began = began.borrow_mut();
        let is_known = match event.event_type() {
            EventType::TouchBegin => {
                began.insert(finger);
                true
            }
            EventType::TouchEnd | EventType::TouchCancel => began.remove(&finger),
            _ => began.contains(&finger),
        };
        stop(!is_known)
    });
}

fn stop(stopped: bool) -> Propagation {
    if stopped { Propagation::Stop } else { Propagation::Proceed }
}

/// Whether a key writes, edits or moves within a field. AltGr and input methods are part of writing.
fn is_typing(event: &EventKey) -> bool {
    let held = event.state();
    let pressed = event.keyval();
    if held.intersects(
        ModifierType::MOD1_MASK
            | ModifierType::SUPER_MASK
            | ModifierType::HYPER_MASK
            | ModifierType::META_MASK,
    ) {
        return false;
    }
    if held.contains(ModifierType::CONTROL_MASK) {
        return EDITING.contains(&pressed);
    }
    let function_key = (*key::F1..=*key::F35).contains(&*pressed);
    // Keys of the keyboard's own kind (volume, mail, browser) are all in one block.
    let special = (0x1008_0000..=0x1008_ffff).contains(&*pressed) || NEITHER.contains(&pressed);
    !function_key && !special
}

/// With Control: select all, paste, undo, redo, by words, and the switch of an input method.
const EDITING: [gtk::gdk::keys::Key; 20] = [
    key::a,
    key::A,
    key::v,
    key::V,
    key::z,
    key::Z,
    key::y,
    key::Y,
    key::Left,
    key::Right,
    key::Up,
    key::Down,
    key::Home,
    key::End,
    key::BackSpace,
    key::Delete,
    key::space,
    key::Control_L,
    key::Control_R,
    key::Shift_L,
];

/// Keys that write nothing and open something.
const NEITHER: [gtk::gdk::keys::Key; 6] =
    [key::Menu, key::Print, key::Sys_Req, key::Pause, key::Help, key::Find];

/// Takes both selections over with nothing in them.
pub(super) fn empty_selections() {
    for selection in [SELECTION_PRIMARY, SELECTION_CLIPBOARD] {
        gtk::Clipboard::get(&selection).set_text("");
    }
}

/// Overwrites what small pieces of the main thread's memory still hold after they were freed. The C library overwrites them but for
/// their last eight bytes, which are the next piece's as well: the end of a word that the web view told an input method.
pub(super) fn overwrite_freed() {
    /// So much of each size: more than is free of it.
    const BYTES: usize = 1 << 20;
    let sizes = (24..=152).step_by(16);
    // Each piece is written whole when it is made, and again when it goes.
    let pieces: Vec<Vec<u8>> =
        sizes.flat_map(|size| (0..BYTES / size).map(move |_| vec![0x5a; size])).collect();
    std::hint::black_box(&pieces);
}
