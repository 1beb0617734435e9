//! What a package brings beside the program: the manual, and the completions of shells.

use std::{fs, io, path::Path};

use clap_complete::Shell;

use crate::help;

/// Writes the manual's page of each command and the completions of each shell into a folder, which is made when it is missing.
pub(crate) fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        clap_complete::generate_to(shell, &mut help::command(), "undersigned", folder)?;
    }
    // A page of the manual on each `help` would say nothing.
    let pages = help::command().mut_subcommands(|group| group.disable_help_subcommand(true));
    clap_mangen::generate_to(pages, folder)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn each_command_has_a_page_and_each_shell_its_completions() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path()).unwrap();
        let has = |name: &str| folder.path().join(name).is_file();
        assert!(has("undersigned.1") && has("undersigned-table-sign.1") && has("undersigned-desk-export.1"));
        assert!(has("undersigned.bash") && has("_undersigned") && has("undersigned.fish"));
        assert!(
            !has("undersigned-packaging.1") && !has("undersigned-help.1") && !has("undersigned-table-help.1")
        );
    }
}
