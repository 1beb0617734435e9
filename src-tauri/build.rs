//! Tauri's build step, with its generated files kept out of the repository's top level.

use std::{env, error::Error, fs, path::PathBuf};

macro_rules! commands {
    (
        at_the_kiosk: [$($($kiosk:ident)::+,)*],
        elsewhere: [$($($other:ident)::+,)*],
    ) => {
        const COMMANDS: &[&str] = &[
            $(last(&[$(stringify!($kiosk)),+]),)*
            $(last(&[$(stringify!($other)),+]),)*
        ];
    };
}

const fn last(path: &[&'static str]) -> &'static str {
    path[path.len() - 1]
}

include!("src/commands/list.rs");

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    for watched in
        ["tauri.conf.json", "src-tauri/src/commands/list.rs", "src-tauri/build.rs", "ui/dist", "icons"]
    {
        println!("cargo:rerun-if-changed={}", root.join(watched).display());
    }
    // The build step writes beside the manifest it finds, so it is given a copy in the output folder.
    let folder = PathBuf::from(env::var("OUT_DIR")?).join("tauri-build");
    let capabilities = folder.join("capabilities");
    fs::create_dir_all(&capabilities)?;
    fs::write(capabilities.join("main.json"), capability())?;
    fs::copy(root.join("Cargo.toml"), folder.join("Cargo.toml"))?;
    env::set_current_dir(&folder)?;
    let manifest =
        tauri_build::AppManifest::new().commands(COMMANDS).permissions_path_pattern("./permissions/none/*");
    let attributes = tauri_build::Attributes::new()
        .config_path(root.join("tauri.conf.json"))
        .capabilities_path_pattern("./capabilities/*.json")
        .app_manifest(manifest);
    tauri_build::try_build(attributes)?;
    Ok(())
}

/// What the one window may do: these commands, and hearing that the table changed.
fn capability() -> String {
    let commands: String =
        COMMANDS.iter().map(|command| format!(",\n    \"allow-{}\"", command.replace('_', "-"))).collect();
    format!(
        "{{\n  \"identifier\": \"main\",\n  \"windows\": [\"main\"],\n  \"permissions\": [\n    \
         \"core:event:allow-listen\",\n    \"core:event:allow-unlisten\"{commands}\n  ]\n}}\n"
    )
}
