//! Tauri's build step, with its generated files kept out of the repository's top level.

use std::{env, error::Error, fs, path::PathBuf};

/// Every command that a screen may call; each is allowed by name in `capabilities/`.
const COMMANDS: &[&str] = &[
    "start_state",
    "unlock",
    "open_kit",
    "new_campaign",
    "save_places",
    "choose_folder",
    "kiosk_home",
    "kiosk_petition",
    "check",
    "sign",
    "forget_visit",
    "hand_to_signers",
    "take_back",
    "table_home",
    "start_shift",
    "end_shift",
    "send_now",
    "hand_carry",
    "set_pin",
    "new_generation",
    "kit_info",
    "desk_home",
    "check_petition",
    "add_petition",
    "list_kits",
    "make_kit",
    "confirm_table",
    "merge_now",
    "choose_batches",
    "merge_files",
    "ledger",
    "export_csv",
    "write_backup",
    "set_backup_passphrase",
    "choose_backup",
    "restore_campaign",
    "about",
    "licences",
    "diagnostics",
    "save_diagnostics",
];

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    for watched in ["tauri.conf.json", "src-tauri/capabilities", "src-tauri/build.rs", "ui/dist", "icons"] {
        println!("cargo:rerun-if-changed={}", root.join(watched).display());
    }
    // The build step writes beside the manifest it finds, so it is given a copy in the output folder.
    let folder = PathBuf::from(env::var("OUT_DIR")?).join("tauri-build");
    fs::create_dir_all(&folder)?;
    fs::copy(root.join("Cargo.toml"), folder.join("Cargo.toml"))?;
    env::set_current_dir(&folder)?;
    let capabilities = root.join("src-tauri/capabilities/**/*.json").display().to_string();
    let manifest =
        tauri_build::AppManifest::new().commands(COMMANDS).permissions_path_pattern("./permissions/none/*");
    let attributes = tauri_build::Attributes::new()
        .config_path(root.join("tauri.conf.json"))
        .capabilities_path_pattern(capabilities.leak())
        .app_manifest(manifest);
    tauri_build::try_build(attributes)?;
    Ok(())
}
