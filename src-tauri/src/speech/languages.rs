//! Which of a service's voices speaks a language: services name some languages otherwise than pages do.

/// The name that one of these voices' languages has for a language (BCP 47).
pub(super) fn voice_for(tag: &str, voices: &[String]) -> Option<String> {
    let tag = tag.to_ascii_lowercase();
    let primary = tag.split('-').next().unwrap_or_default();
    let others: &[&str] = match primary {
        "zh" => &["cmn"],
        "fil" => &["tl"],
        _ => &[],
    };
    let is_primary = |voice: &str, primary: &str| voice.split(['-', '_']).next() == Some(primary);
    let find =
        |wanted: &dyn Fn(&str) -> bool| voices.iter().find(|voice| wanted(&voice.to_ascii_lowercase()));
    find(&|voice| voice == tag)
        .or_else(|| find(&|voice| voice == primary))
        .or_else(|| find(&|voice| is_primary(voice, primary)))
        .or_else(|| others.iter().find_map(|other| find(&|voice| is_primary(voice, other))))
        .cloned()
}

#[cfg(test)]
mod tests {
    use super::voice_for;

    #[track_caller]
    fn check(tag: &str, voices: &[&str], expect: Option<&str>) {
        let voices: Vec<String> = voices.iter().map(|voice| (*voice).to_owned()).collect();
        assert_eq!(voice_for(tag, &voices).as_deref(), expect, "{tag}");
    }

    #[test]
    fn a_language_is_spoken_by_its_own_voice_or_the_nearest_name_for_it() {
        check("en", &["vi", "en"], Some("en"));
        check("en", &["en-GB", "en-US"], Some("en-GB"));
        check("pt-BR", &["pt", "pt-br"], Some("pt-br"));
        check("zh-Hans", &["yue", "cmn"], Some("cmn"));
        check("zh-Hans", &["zh-CN"], Some("zh-CN"));
        check("fil", &["tl-PH"], Some("tl-PH"));
        check("am", &["ar", "en"], None);
        check("", &["en"], None);
    }
}
