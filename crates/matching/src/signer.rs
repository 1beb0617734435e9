//! What a signature says of who signed, as far as it tells people apart.

/// Who signed, as typed. What was not asked or not given is none, and an empty text is as good as none.
#[derive(Clone, Copy, Default)]
pub struct Signer<'a> {
    /// Full name, in any script and order.
    pub name: &'a str,
    /// E-mail address.
    pub email: Option<&'a str>,
    /// Telephone number, with or without its country.
    pub phone: Option<&'a str>,
    /// Postal code.
    pub postal_code: Option<&'a str>,
    /// City.
    pub city: Option<&'a str>,
    /// Street, number and flat.
    pub street: Option<&'a str>,
    /// Date of birth as `YYYYMMDD` or `YYYY-MM-DD`, or the year alone.
    pub birth: Option<&'a str>,
    /// A number that is one person's: of a member, of a document.
    pub document: Option<&'a str>,
    /// The table, as any number that is its own.
    pub table: Option<u64>,
    /// When it was signed, Unix seconds.
    pub signed_at: Option<u64>,
}
