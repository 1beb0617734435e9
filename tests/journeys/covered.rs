//! Another program's window opens while the table is locked.

use std::time::Duration;

use serde_json::json;
use system_tests::eventually;
use x11rb::{
    connection::Connection,
    protocol::xproto::{AtomEnum, ConnectionExt as _, CreateWindowAux, MapState, PropMode, WindowClass},
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

use crate::{
    street::{NAME_ONLY, Street},
    touch::{self, tap},
};

const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn another_programs_window_opens_below_the_kiosk() {
    let (street, window, mut glass) = touch::open(NAME_ONLY).await;
    let server = connect(&street);
    for (kind, state) in [
        ("_NET_WM_WINDOW_TYPE_NORMAL", None),
        ("_NET_WM_WINDOW_TYPE_DIALOG", None),
        ("_NET_WM_WINDOW_TYPE_NOTIFICATION", None),
        ("_NET_WM_WINDOW_TYPE_NORMAL", Some("_NET_WM_STATE_ABOVE")),
        ("_NET_WM_WINDOW_TYPE_NOTIFICATION", Some("_NET_WM_STATE_ABOVE")),
    ] {
        open_window(&server, kind, state).await;
        // Where it would be, a finger finds the kiosk.
        let hear =
            "window.touched = false; addEventListener('touchstart', () => (window.touched = true), true)";
        window.run(hear, Vec::new()).await.unwrap();
        eventually(&format!("the kiosk above {kind} {state:?}"), PATIENCE, async || {
            glass.tap((300.0, 20.0))?;
            Ok((window.run("return window.touched", Vec::new()).await? == json!(true)).then_some(()))
        })
        .await
        .unwrap();
    }
    // And whoever stands there goes on.
    tap(&window, &mut glass, "kiosk-sign").await;
    window.wait_for("[data-testid=field-full_name]").await.unwrap();
    assert!(street.computer.command("xdotool").args(["key", "x"]).status().unwrap().success());
    touch::holds(&window, "field-full_name", "x").await;
    window.close().await.unwrap();
}

fn connect(street: &Street) -> RustConnection {
    let command = street.computer.command("a program");
    let display = command.get_envs().find(|(name, _)| *name == "DISPLAY").unwrap().1.unwrap();
    x11rb::connect(display.to_str()).unwrap().0
}

/// A window of that kind over the upper half of the screen. It stays until the connection ends.
async fn open_window(server: &RustConnection, kind: &str, state: Option<&str>) {
    let root = &server.setup().roots[0];
    let atom = |name: &str| server.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
    let id = server.generate_id().unwrap();
    let look = CreateWindowAux::new().background_pixel(root.white_pixel);
    let (depth, visual) = (x11rb::COPY_DEPTH_FROM_PARENT, x11rb::COPY_FROM_PARENT);
    server
        .create_window(depth, id, root.root, 0, 0, 1280, 400, 0, WindowClass::INPUT_OUTPUT, visual, &look)
        .unwrap();
    let set = |property: &str, value: &str| {
        server
            .change_property32(PropMode::REPLACE, id, atom(property), AtomEnum::ATOM, &[atom(value)])
            .unwrap();
    };
    set("_NET_WM_WINDOW_TYPE", kind);
    if let Some(state) = state {
        set("_NET_WM_STATE", state);
    }
    server.map_window(id).unwrap();
    server.sync().unwrap();
    eventually("the other window", PATIENCE, async || {
        let shown = server.get_window_attributes(id)?.reply()?.map_state;
        Ok((shown == MapState::VIEWABLE).then_some(()))
    })
    .await
    .unwrap();
}
