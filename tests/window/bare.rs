//! A window of the same toolkit with one line of text in it: what the kiosk's first picture is measured beside.
#![expect(clippy::unwrap_used, reason = "a program for a benchmark")]

use tao::{
    dpi::LogicalSize,
    event::{Event, WindowEvent},
    event_loop::{ControlFlow, EventLoop},
    platform::unix::WindowExtUnix,
    window::WindowBuilder,
};
use wry::{WebContext, WebViewBuilder, WebViewBuilderExtUnix};

fn main() {
    let events = EventLoop::new();
    let window = WindowBuilder::new()
        .with_title("Bare")
        .with_inner_size(LogicalSize::new(1280, 800))
        .build(&events)
        .unwrap();
    let mut context = WebContext::new(None);
    context.set_allows_automation(true);
    let _view = WebViewBuilder::new_with_web_context(&mut context)
        .with_html("<!doctype html><title>Bare</title><p>A line of text.</p>")
        .build_gtk(window.default_vbox().unwrap())
        .unwrap();
    events.run(move |event, _, flow| {
        *flow = ControlFlow::Wait;
        if matches!(event, Event::WindowEvent { event: WindowEvent::CloseRequested, .. }) {
            *flow = ControlFlow::Exit;
        }
    });
}
