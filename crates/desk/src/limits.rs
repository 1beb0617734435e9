//! How long what an organizer types may be, and how much may be asked for.

/// The longest name of a campaign, in characters.
pub(crate) const MAX_NAME: usize = 120;
/// The longest label of a kit, in characters.
pub const MAX_LABEL: usize = 60;
/// The most tables that a kit admits.
pub const MAX_KIT_TABLES: u32 = 10_000;
/// The most days that a kit is good for: a lost one opens no table for longer.
pub const MAX_KIT_DAYS: i64 = 366;
/// The longest reason of a revocation, in characters.
pub const MAX_REASON: usize = 200;
/// The shortest passphrase of a backup that is taken, in characters: the vault's rule.
pub const MIN_PASSPHRASE: usize = 10;

/// A text of one line that is not empty, within its limit in characters.
pub(crate) fn one_line(text: &str, most: usize) -> Option<&str> {
    let text = text.trim();
    let fits = (1..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    fits.then_some(text)
}
