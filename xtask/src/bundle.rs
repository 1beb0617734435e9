//! `cargo xtask bundle`: packages to install, and the deb tried on a system that has nothing else.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};
use clap::Args;

use crate::{children::run, licences, setup, steps::Steps, ui};

const RELEASE: &str = "target/release";
/// What `tauri.conf.json` puts into the packages beside the window.
const GATHERED: &str = "target/bundled";
/// The system that the deb is tried on.
const ROOT: &str = "target/try/root";
/// What a package may weigh.
const LARGEST: u64 = 25 * 1024 * 1024;

#[derive(Args)]
pub(crate) struct Options {
    /// Then install the deb on a clean system in a folder, and start the window from it there (as root)
    #[arg(long = "try")]
    try_it: bool,
}

/// Makes a deb and an rpm of the release build.
pub(crate) fn bundle(options: &Options) -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.step("Setting up what is missing", setup::for_building)?;
    steps.step("Build of the user interface (vite)", ui::build)?;
    steps.step("Release build of the window and the command line", || {
        let programs = ["--bin", "undersigned-app", "--bin", "undersigned"];
        run(Command::new("cargo").args(["build", "--release", "--workspace"]).args(programs))
    })?;
    steps.step("Gathering the manual, the completions and the licences", gather)?;
    steps.step("Packages (tauri bundle)", || {
        run(Command::new("ui/node_modules/.bin/tauri").args(["bundle", "--bundles", "deb,rpm"]))
    })?;
    let deb = newest("deb")?;
    steps.step("Packing the deb tighter (xz)", || pack(&deb))?;
    for package in [&deb, &newest("rpm")?] {
        let size = fs::metadata(package)?.len();
        println!("  {:>6} KiB  {}", size / 1024, package.display());
        if size > LARGEST {
            bail!("{} is larger than {} MiB", package.display(), LARGEST / 1024 / 1024);
        }
    }
    if options.try_it {
        steps.step("Setting up what trying takes", setup::for_trying)?;
        steps.step("A system with nothing but the deb and a screen (mmdebstrap)", || install(&deb))?;
        steps.step("Trying it there", try_installed)?;
    }
    Ok(())
}

/// Puts what the packages bring beside the window where `tauri.conf.json` looks for it.
fn gather() -> anyhow::Result<()> {
    let folder = Path::new(GATHERED);
    if folder.exists() {
        fs::remove_dir_all(folder).context("cannot remove what was gathered last")?;
    }
    let (man, doc) = (folder.join("man"), folder.join("doc"));
    fs::create_dir_all(&man)?;
    fs::create_dir_all(&doc)?;
    let program = Path::new(RELEASE).join("undersigned");
    run(Command::new(&program).arg("packaging").arg(folder))?;
    fs::copy(&program, folder.join("undersigned"))?;
    for entry in fs::read_dir(folder)? {
        let page = entry?.path();
        if page.extension().is_some_and(|end| end == "1") {
            let name = page.file_name().context("a page without a name")?;
            fs::rename(&page, man.join(name))?;
            compress(&man.join(name))?;
        }
    }
    let own = fs::read_to_string("LICENSE-MIT")?;
    fs::write(
        doc.join("copyright"),
        format!(
            "Undersigned is under the MIT licence or the Apache License 2.0 (/usr/share/common-licenses/Apache-2.0), as you choose.\n\
             What others made and is a part of it is in third-party.txt.gz.\n\n{own}"
        ),
    )?;
    let third_party = doc.join("third-party.txt");
    fs::write(&third_party, licences::as_text()?)?;
    compress(&third_party)
}

fn compress(file: &Path) -> anyhow::Result<()> {
    run(Command::new("gzip").args(["--best", "--no-name"]).arg(file))
}

/// The package of a kind that was made last.
fn newest(kind: &str) -> anyhow::Result<PathBuf> {
    let folder = Path::new(RELEASE).join("bundle").join(kind);
    let mut packages = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("there is no {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == kind) {
            packages.push((fs::metadata(&path)?.modified()?, path));
        }
    }
    Ok(packages.into_iter().max().with_context(|| format!("there is no {kind}"))?.1)
}

/// Packs a deb again with xz, in place of gzip, which is all that the bundler has; at its strongest, which sees what window and command
/// line have in common.
fn pack(deb: &Path) -> anyhow::Result<()> {
    let folder = Path::new(GATHERED).join("deb");
    run(Command::new("dpkg-deb").arg("--raw-extract").arg(deb).arg(&folder))?;
    run(Command::new("dpkg-deb").args(["--root-owner-group", "-Zxz", "-z9", "--build"]).arg(&folder).arg(deb))
}

/// Makes a root of the same release of the system as this one, in which nothing but a screen, a manual and the deb is.
fn install(deb: &Path) -> anyhow::Result<()> {
    let release = fs::read_to_string("/etc/os-release").context("this system does not say what it is")?;
    let suite = release
        .lines()
        .find_map(|line| line.strip_prefix("VERSION_CODENAME="))
        .context("this system has no code name")?;
    if Path::new(ROOT).exists() {
        fs::remove_dir_all(ROOT).context("cannot remove the root that was tried last")?;
    }
    fs::create_dir_all("target/try")?;
    let deb = std::path::absolute(deb)?;
    let copy = format!("copy-in {} /", deb.display());
    let name = deb.file_name().context("a package without a name")?.display();
    let install = format!("chroot \"$1\" apt-get install --yes --no-install-recommends /{name}");
    run(Command::new("mmdebstrap")
        .args(["--variant=apt", "--include=xvfb,xauth,xdotool,man-db,dbus"])
        .arg("--dpkgopt=path-include=/usr/share/man/*")
        .arg(format!("--customize-hook={copy}"))
        .arg(format!("--customize-hook={install}"))
        .args([suite, ROOT]))
}

/// What a person does first, within that root: look for the help and the manual, start the window.
const FIRST_STEPS: &str = "set -eu
export HOME=/root LANG=C.UTF-8
undersigned --version
undersigned --help | grep --quiet 'From a campaign to its ledger'
man --where undersigned undersigned-table-sign
test -s /usr/share/bash-completion/completions/undersigned
test -s /usr/share/zsh/vendor-completions/_undersigned
test -s /usr/share/fish/vendor_completions.d/undersigned.fish
zcat /usr/share/doc/undersigned/third-party.txt.gz | grep --quiet ZETETIC
export START=\"$(sed -n 's/^Exec=//p' /usr/share/applications/Undersigned.desktop)\"
for program in /usr/bin/undersigned /usr/bin/undersigned-app; do
  ! ldd $program | grep 'not found'
done
du -h /usr/bin/undersigned /usr/bin/undersigned-app
xvfb-run --auto-servernum dbus-run-session -- sh -euc '
  $START & window=$!
  timeout 100 xdotool search --sync --onlyvisible --class undersigned-app getwindowgeometry
  kill -0 $window
  kill $window'
echo 'The window opens.'";

fn try_installed() -> anyhow::Result<()> {
    run(Command::new("unshare")
        .args(["--mount", "--pid", "--fork", "--kill-child"])
        .arg(format!("--mount-proc={ROOT}/proc"))
        .args(["chroot", ROOT, "sh", "-c", FIRST_STEPS]))
}
