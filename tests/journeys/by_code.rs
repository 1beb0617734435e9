//! A kit that goes to its table by a code: made at the desk, read from a picture of the QR code at another computer, used once.

use std::{fs, io::Cursor, path::Path};

use data_encoding::BASE64;
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use serde_json::Value;
use system_tests::{CommandLine, Computer, Endpoint, Window, path, sample_petition};

use crate::{
    look::is_good,
    street::{PIN, done, take_back},
};

/// A photograph of what the page shows: its own QR code, pixel by pixel, as a PNG.
async fn picture(window: &Window) -> Vec<u8> {
    const MODULE: u32 = 6;
    let drawn = "const svg = document.querySelector('[data-testid=qr]');
        return [svg.viewBox.baseVal.width, -svg.viewBox.baseVal.x, svg.querySelector('path').getAttribute('d')]";
    let drawn = window.run(drawn, Vec::new()).await.unwrap();
    let number = |at: usize| drawn[at].as_f64().unwrap() as u32;
    let (size, quiet) = (number(0) * MODULE, number(1));
    let mut image = GrayImage::from_pixel(size, size, Luma([255]));
    // Each run is `M<x> <y>h<length>v1h-<length>z`.
    for run in drawn[2].as_str().unwrap().split('z').filter(|run| !run.is_empty()) {
        let (place, rest) = run[1..].split_once('h').unwrap();
        let (x, y) = place.split_once(' ').unwrap();
        let length = rest.split_once('v').unwrap().0;
        let [x, y, length] = [x, y, length].map(|number| number.parse::<u32>().unwrap());
        for (dx, dy) in (0..length * MODULE).flat_map(|dx| (0..MODULE).map(move |dy| (dx, dy))) {
            image.put_pixel((x + quiet) * MODULE + dx, (y + quiet) * MODULE + dy, Luma([0]));
        }
    }
    let mut file = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(image).write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

/// Chooses a file, as the system's dialog gives it to the page.
async fn choose_file(window: &Window, name: &str, kind: &str, bytes: &[u8]) {
    let choose = "const field = document.querySelector('[data-testid=file-kit]');
        const bytes = Uint8Array.from(atob(arguments[2]), (c) => c.charCodeAt(0));
        const chosen = new DataTransfer();
        chosen.items.add(new File([bytes], arguments[0], { type: arguments[1] }));
        field.files = chosen.files;
        field.dispatchEvent(new Event('change', { bubbles: true }))";
    window.wait_for_present("[data-testid=file-kit]").await.unwrap();
    let given: Vec<Value> = vec![name.into(), kind.into(), BASE64.encode(bytes).into()];
    window.run(choose, given).await.unwrap();
}

async fn paste(window: &Window, text: &str) {
    let paste = "const field = document.querySelector('[data-testid=kit-text]');
        field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    window.wait_for("[data-testid=kit-text]").await.unwrap();
    window.run(paste, vec![text.into()]).await.unwrap();
}

async fn choose_pin(window: &Window) {
    window.type_into("pin-new", PIN).await.unwrap();
    window.type_into("pin-repeat", PIN).await.unwrap();
}

/// A new campaign whose kits can wait at an endpoint.
fn organizer<'a>(computer: &'a Computer, endpoint: &Endpoint) -> CommandLine<'a> {
    let at = |name: &str| path(computer.folder(), name).unwrap();
    let organizer = CommandLine::on(computer, &computer.profile("organizer"));
    fs::write(at("passphrase"), "a passphrase for the backup").unwrap();
    let new =
        ["desk", "new", "--name", "Neighbors", "--endpoint", &endpoint.url(), "--backup", &at("c.backup")];
    organizer.run(&[&new[..], &["--backup-passphrase-file", &at("passphrase")]].concat()).unwrap();
    organizer.run(&["desk", "add-petition", sample_petition().to_str().unwrap()]).unwrap();
    organizer
}

/// Makes a kit with a code in the window; gives the code and a picture of it.
async fn make_with_code(computer: &Computer, label: &str) -> (String, Vec<u8>) {
    let window = Window::open(computer, &computer.profile("organizer")).await.unwrap();
    window.click("nav-kits").await.unwrap();
    window.click("kit-way-code").await.unwrap();
    window.type_into("kit-label", label).await.unwrap();
    is_good(&window, "a kit that is to have a code").await;
    window.click("make-kit").await.unwrap();
    window.wait_for("[data-testid=kit-code-state][data-state=waits]").await.unwrap();
    let made = (window.text("kit-code").await.unwrap(), picture(&window).await);
    is_good(&window, "the code of a kit").await;
    window.screenshot("kit-code").await.unwrap();
    window.click("kit-code-copy").await.unwrap();
    window.wait_for("[data-testid=kit-code-copied][data-state=yes]").await.unwrap();
    window.click("kit-code-close").await.unwrap();
    is_good(&window, "the list of kits").await;
    window.screenshot("kits").await.unwrap();
    window.close().await.unwrap();
    made
}

#[tokio::test]
async fn a_kit_goes_by_its_code_to_one_table_that_signs_and_to_no_other() {
    let computer = Computer::start().await.unwrap();
    let endpoint = Endpoint::start(&computer.folder().join("endpoint")).unwrap();
    let organizer = organizer(&computer, &endpoint);
    let (code, picture) = make_with_code(&computer, "Ana, church hall").await;

    // The volunteer's computer has no camera, and says so.
    let window = Window::open(&computer, &computer.profile("volunteer")).await.unwrap();
    window.click("choose-table").await.unwrap();
    window.click("kit-camera").await.unwrap();
    window.wait_for("[data-testid=camera-state][data-state=none]").await.unwrap();
    is_good(&window, "a computer without a camera").await;
    window.screenshot("no-camera").await.unwrap();
    window.click("camera-close").await.unwrap();
    // A picture of something else, and then the right one.
    let mut empty = Cursor::new(Vec::new());
    let blank = DynamicImage::ImageLuma8(GrayImage::from_pixel(300, 300, Luma([180])));
    blank.write_to(&mut empty, ImageFormat::Png).unwrap();
    choose_file(&window, "cat.png", "image/png", empty.get_ref()).await;
    window.wait_for("#file-kit-error").await.unwrap();
    is_good(&window, "a picture without a code").await;
    choose_file(&window, "code.png", "image/png", &picture).await;
    window.wait_for_text("kit-chosen", "code.png").await.unwrap();
    choose_pin(&window).await;
    is_good(&window, "a picture of a code").await;
    window.screenshot("open-kit-by-code").await.unwrap();
    window.click("open-kit").await.unwrap();
    window.type_into("shift-place", "Church hall").await.unwrap();
    window.type_into("shift-volunteer", "A. B.").await.unwrap();
    window.click("start-shift").await.unwrap();
    window.click("hand-to-signers").await.unwrap();
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", "Ada Byron").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    done(&window).await;
    // No page of the kiosk sees through a camera, nor reads a code.
    let asked = "return navigator.mediaDevices?.getUserMedia({ video: true }).then(() => 'given', () => 'refused') ?? 'none'";
    let asked = window.run(asked, Vec::new()).await.unwrap();
    assert!(asked == "refused" || asked == "none", "{asked}");
    take_back(&window).await;
    window.click("send-now").await.unwrap();
    window.wait_for_text("table-received", "1").await.unwrap();
    window.close().await.unwrap();

    // Somebody who photographed the code is told, and so is the organizer.
    let window = Window::open(&computer, &computer.profile("stranger")).await.unwrap();
    window.click("choose-table").await.unwrap();
    window.click("kit-paste").await.unwrap();
    paste(&window, &code.replace("EXAMPLE", "EXAMPIE").replacen('-', "0-", 1)).await;
    choose_pin(&window).await;
    window.click("open-kit").await.unwrap();
    window.wait_for_text("failure", "kit-code/mistyped").await.unwrap();
    paste(&window, &code).await;
    window.click("open-kit").await.unwrap();
    window.wait_for_text("failure", "kit-code/used").await.unwrap();
    is_good(&window, "a code that was used").await;
    window.screenshot("code-used").await.unwrap();
    window.close().await.unwrap();
    assert!(!Path::new(&computer.profile("stranger")).join("table").exists());

    let window = Window::open(&computer, &computer.profile("organizer")).await.unwrap();
    window.click("nav-kits").await.unwrap();
    window.wait_for("[data-testid^=kit-code-][data-state=used]").await.unwrap();
    window.click_css("[data-testid^=revoke-]").await.unwrap();
    window.type_into("revoke-reason", "The code was on a photograph").await.unwrap();
    is_good(&window, "a kit that is to be revoked").await;
    window.click("revoke-yes").await.unwrap();
    window.wait_until_gone("[data-testid=revoke-kit]").await.unwrap();
    window.wait_for_text("kits", "revoked").await.unwrap();
    window.screenshot("kits-revoked").await.unwrap();
    window.close().await.unwrap();
    organizer.run(&["desk", "pull"]).unwrap();
    assert_eq!(organizer.run(&["desk", "count"]).unwrap()[0]["collected"], 1);
    assert_eq!(organizer.run(&["desk", "kits"]).unwrap()[0]["state"], "revoked");
}
