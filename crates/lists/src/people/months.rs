//! The names of months and days as lists write them.

use crate::fold::fold;

/// January to December, in English, Spanish, French, German, Italian, Portuguese, Dutch, Russian and Ukrainian, each whole and as it is cut.
const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari января янв січня січ",
    "february feb februar feber février févr fév febrero febbraio fevereiro fev februari февраля фев лютого лют",
    "march mar märz mär mrz mars marzo março maart mrt марта мар березня бер",
    "april apr avril avr abril abr aprile апреля апр квітня кві",
    "may mai mayo maggio mag maio mei мая травня тра",
    "june jun juni juin junio giugno giu junho июня июн червня чер",
    "july jul juli juillet juil julio luglio lug julho июля июл липня лип",
    "august aug août agosto ago augustus августа авг серпня сер",
    "september sep sept septembre septiembre setiembre settembre setembro set сентября сен вересня вер",
    "october oct oktober okt octobre octubre ottobre ott outubro out октября окт жовтня жов",
    "november nov novembre noviembre novembro ноября ноя листопада лис",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro декабря дек грудня гру",
];

/// What may stand in a date and says nothing: days of the week, and small words.
const IDLE: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche \
    lunes martes miércoles jueves viernes sábado domingo of the de del den le el am um at à a las on uhr 年 月 日 t st nd rd th er г р";

/// The month of that name, from 1.
pub(super) fn month_of(word: &str) -> Option<i8> {
    let word = fold(word);
    let is_of = |names: &&str| names.split(' ').any(|name| fold(name) == word);
    (1..).zip(MONTHS.iter()).find(|(_, names)| is_of(names)).map(|(month, _)| month)
}

/// Whether a word of a date says nothing.
pub(super) fn is_idle(word: &str) -> bool {
    let lower = word.to_lowercase();
    IDLE.split_whitespace().any(|idle| idle == lower)
}
