//! Printing by GTK: its dialog, and its printer that writes files.

use std::{
    cell::RefCell,
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt,
    path::Path,
    rc::Rc,
    sync::mpsc::{self, Sender},
    time::Duration,
};

use gtk::{
    PageSetup, PaperSize, PrintSettings, Unit, Window, glib,
    prelude::{CastNone, WidgetExt},
};
use tauri::WebviewWindow;
use uuid::Uuid;
use webkit2gtk::{PrintOperation, PrintOperationExt, PrintOperationResponse};

use super::outcome::{Printed, cannot};
use crate::failure::Failure;

/// Millimetres around a page.
const MARGIN: f64 = 15.0;
/// A page or two are written in less.
const LONGEST: Duration = Duration::from_secs(60);

pub(super) fn dialog(window: &WebviewWindow) -> Result<Printed, Failure> {
    let (done, wait) = mpsc::channel();
    window.with_webview(move |platform| {
        let view = platform.inner();
        let operation = operation(&view, done.clone());
        let frame = view.toplevel().and_downcast::<Window>();
        if operation.run_dialog(frame.as_ref()) != PrintOperationResponse::Print {
            // Whoever waits no more needs no answer.
            let _unheard = done.send(Ok(Printed::NotKnown));
        }
    })?;
    // As long as the dialog is open.
    wait.recv().unwrap_or_else(|_| Err(cannot("the window was closed")))
}

pub(super) fn pdf(window: &WebviewWindow, folder: &Path) -> Result<Vec<u8>, Failure> {
    let folder = folder.join(format!("printing-{}", Uuid::new_v4()));
    DirBuilder::new().mode(0o700).create(&folder)?;
    let written = write(window, &folder.join("page.pdf"));
    fs::remove_dir_all(&folder)?;
    written
}

fn write(window: &WebviewWindow, path: &Path) -> Result<Vec<u8>, Failure> {
    let uri = glib::filename_to_uri(path, None).map_err(|_| cannot("the folder has no address"))?;
    let (done, wait) = mpsc::channel();
    window.with_webview(move |platform| {
        let settings = PrintSettings::new();
        // What GTK calls it in the language of the system.
        settings.set_printer(&glib::dgettext(Some("gtk30"), "Print to File"));
        settings.set("output-uri", Some(uri.as_str()));
        settings.set("output-file-format", Some("pdf"));
        let operation = operation(&platform.inner(), done);
        operation.set_print_settings(&settings);
        operation.print();
    })?;
    match wait.recv_timeout(LONGEST) {
        Ok(printed) => printed.map(drop)?,
        Err(_) => return Err(cannot("it took too long")),
    }
    Ok(fs::read(path)?)
}

/// A print of the window, on the paper of the system's language; `done` is told how it ended.
fn operation(view: &webkit2gtk::WebView, done: Sender<Result<Printed, Failure>>) -> PrintOperation {
    let operation = PrintOperation::new(view);
    let page = PageSetup::new();
    page.set_paper_size_and_default_margins(&PaperSize::new(None));
    page.set_top_margin(MARGIN, Unit::Mm);
    page.set_bottom_margin(MARGIN, Unit::Mm);
    page.set_left_margin(MARGIN, Unit::Mm);
    page.set_right_margin(MARGIN, Unit::Mm);
    operation.set_page_setup(&page);
    let failed = done.clone();
    operation.connect_failed(move |_, error| {
        // The first answer is the one that is waited for.
        let _unheard = failed.send(Err(cannot(error.message())));
    });
    // It is kept until it has ended.
    let kept = Rc::new(RefCell::new(Some(operation.clone())));
    operation.connect_finished(move |_| {
        let _unheard = done.send(Ok(Printed::Sent));
        kept.borrow_mut().take();
    });
    operation
}
