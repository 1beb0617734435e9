//! The language of a text, where it is plain.

use crate::part::Why;
use crate::tokens::{TokenKind, tokens};

/// Words that a text of a language cannot do without, and others have not.
const COMMON: [(&str, &str); 10] = [
    ("en", "the of and to that is for are with this we was our not it have they"),
    ("es", "el los las que y una para por con del se nuestra nuestro más como está son"),
    ("fr", "les des et est une dans pour nous qui sur pas que du ce cette avec aux sont"),
    ("de", "der die und das ist nicht wir ein eine mit für den auf von dem zu wird"),
    ("pt", "os não uma para com dos das que mais nossa nosso são pela pelo ao"),
    ("it", "il gli che della per non una con sono più nostra nostro delle questo alla"),
    ("nl", "de het een van en niet wij dat voor zijn met op deze onze wordt"),
    ("tl", "ang ng mga sa na ay at namin natin para hindi ito kung nang atin"),
    ("so", "iyo waa ka ku oo in aan la uu ee waxaan waxa leh ah annaga"),
    ("vi", "và của là không những các có được cho chúng người với một này trong để"),
];

/// The least words of a language's own, and the most of them of another, of ten.
const WORDS_MIN: usize = 8;
const OTHER_MAX_TENTHS: usize = 6;

/// The language of a text, BCP 47, with its reason. None where it is not plain.
pub(crate) fn find_language(text: &str) -> Option<(&'static str, Why)> {
    of_script(text)
        .map(|language| (language, Why::Script))
        .or_else(|| of_words(text).map(|language| (language, Why::CommonWords)))
}

/// By letters that one language has, where most of the text is in its script.
fn of_script(text: &str) -> Option<&'static str> {
    let (mut letters, mut hangul, mut kana, mut han, mut ethiopic, mut cyrillic, mut arabic) =
        (0, 0, 0, 0, 0, 0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        match u32::from(c) {
            0xac00..0xd7b0 | 0x1100..0x1200 => hangul += 1,
            0x3040..0x3100 => kana += 1,
            0x3400..0xa000 => han += 1,
            0x1200..0x13a0 => ethiopic += 1,
            0x400..0x530 => cyrillic += 1,
            0x600..0x780 => arabic += 1,
            _ => {}
        }
    }
    let most = |count: usize| count > 20 && count * 2 > letters;
    let has = |any: &str| text.contains(|c| any.contains(c));
    if most(hangul) {
        Some("ko")
    } else if most(kana + han) && kana > 0 {
        Some("ja")
    } else if most(han) {
        let (simple, full) = (has("们这为国说对时会个来务请"), has("們這為國說對時會個來務請"));
        if simple && !full { Some("zh-Hans") } else { (full && !simple).then_some("zh-Hant") }
    } else if most(ethiopic) {
        // Tigrinya has letters of its own, and so have others.
        (!has("ቐቑቒቓቔቕኸኹኺኻኼኽ") && has("ነው") && text.contains("ን")).then_some("am")
    } else if most(cyrillic) {
        let (ukrainian, russian) = (has("іїєґІЇЄҐ"), has("ыэъёЫЭЪЁ"));
        match (ukrainian, russian, has("ўЎђћќѓљњџјәөүұқңһ")) {
            (true, false, false) => Some("uk"),
            (false, true, false) => Some("ru"),
            _ => None,
        }
    } else if most(arabic) {
        (has("ة") && text.contains("ال") && !has("پچگیکٹڑںےەۆێڤ")).then_some("ar")
    } else {
        None
    }
}

/// By the commonest words of languages in Latin letters.
fn of_words(text: &str) -> Option<&'static str> {
    let mut counts = COMMON.map(|(language, words)| (language, words.split(' ').collect::<Vec<_>>(), 0));
    let mut all = 0;
    for token in tokens(text) {
        let TokenKind::Word(word) = token.kind else { continue };
        all += 1;
        for (_, words, count) in &mut counts {
            *count += usize::from(words.contains(&word.as_str()));
        }
    }
    counts.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    let [(language, _, most), (_, _, second), ..] = &counts;
    let is_plain = *most >= WORDS_MIN && most * 8 >= all && second * 10 <= most * OTHER_MAX_TENTHS;
    is_plain.then_some(*language)
}

#[cfg(test)]
mod tests {
    use super::find_language;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(find_language(text).map(|(language, _)| language), expect, "{text}");
    }

    #[test]
    fn a_language_is_told_where_it_is_plain() {
        check(
            "The council has to keep the pond, and we ask that it is cleaned for the children of our town.",
            Some("en"),
        );
        check(
            "Pedimos que el parque y los árboles se queden para las familias que viven en una ciudad como la nuestra por más años.",
            Some("es"),
        );
        check(
            "Nous demandons que les arbres de la place, qui sont dans le quartier, restent pour les enfants et pour nous. C'est une joie des gens.",
            Some("fr"),
        );
        check(
            "Hinihiling namin na ang mga puno sa plasa ay hindi putulin para sa mga bata at sa mga anak natin.",
            Some("tl"),
        );
        check(
            "Chúng tôi đề nghị giữ lại những cây xanh trong công viên này để các em có chỗ chơi và người già được nghỉ.",
            Some("vi"),
        );
        check("우리는 마을 연못을 지켜 달라고 시청에 요청합니다. 아이들이 매일 찾아옵니다.", Some("ko"));
        check("我们请求市政府保留这片池塘，因为孩子们每天都来这里玩耍学习自然知识。", Some("zh-Hans"));
        check("Мы просим сохранить пруд, потому что дети приходят сюда каждый день.", Some("ru"));
        check("Ми просимо зберегти ставок, бо діти приходять сюди щодня і люблять його.", Some("uk"));
        check("نطلب من البلدية أن تحافظ على الحديقة العامة لأن الأطفال يأتون إليها كل يوم", Some("ar"));
        check("Keep the pond", None);
        check("Парк нужен нашему городу и нашим детям", None);
        check("", None);
    }
}
