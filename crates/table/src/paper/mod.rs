//! Paper sheets: typed line by line, corrected until the sheet is closed, then sealed all at once.

mod closing;
mod line;
mod picture;
mod sheet;

pub use closing::{SheetClosed, SheetEnd};
pub use line::{KeptLine, SheetLine};
pub use picture::KeptPicture;
pub use sheet::{OpenSheet, SheetHeading};
