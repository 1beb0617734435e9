//! The long form of `languages`: pictures of every screen of the kiosk, light and dark, on a small and a large display.
//!
//! `UNDERSIGNED_SCREENS` says in which languages, as in `en,ar`; `cargo xtask screens` makes sheets of them.

use std::{env, time::Duration};

use system_tests::{Computer, Window, eventually};

use crate::{
    kiosk::later,
    languages::through,
    look,
    street::{Street, done},
};

/// Asks everything, in the languages whose pictures are kept.
pub(crate) const LIBRARY: &str = "---
title: Keep the library open on Sundays
started_by: Readers of Columbia City
addressed_to: The Seattle Public Library
goal: 1000
milestones:
  1: One of you has begun.
minimum_age: 16
fields:
  email: required
  phone: optional
  country: optional
  postal_code: optional
  city: optional
  region: optional
  street: optional
  comment: optional
  ink: required
---

The library is closed on the one day on which most people could come (1). We ask for:

- doors that open on Sundays, from noon to five
- a reading room that is warm and lit
- one librarian who knows the neighborhood

Nothing else around here is open then, and free (2).

## References

1. Opening hours, as posted at the door.
2. Counted on a Sunday in May.

---
translation: ar
title: افتحوا المكتبة أيام الأحد
addressed_to: مكتبة سياتل العامة
milestones:
  1: بدأها واحد منكم.
---

المكتبة مغلقة في اليوم الوحيد الذي يستطيع معظم الناس المجيء فيه (1). نطلب:

- أن تُفتح أبوابها أيام الأحد من الظهر حتى الخامسة
- أن تكون قاعة القراءة دافئة ومضاءة
- أن يكون فيها أمين مكتبة يعرف الحي

لا يوجد في الحي مكان آخر مفتوح ومجاني في ذلك اليوم (2).

## المراجع

1. ساعات العمل كما هي معلّقة على الباب.
2. إحصاء أُجري يوم أحد في مايو.

---
translation: am
title: ቤተ መጻሕፍቱ እሑድም ክፍት ይሁን
addressed_to: ሲያትል የሕዝብ ቤተ መጻሕፍት
milestones:
  1: ከእናንተ አንዱ ጀምሯል።
---

ቤተ መጻሕፍቱ ብዙ ሰው ሊመጣ በሚችልበት ብቸኛ ቀን ዝግ ነው (1)። የምንጠይቀው፦

- እሑድ ከቀኑ ስድስት ሰዓት እስከ አሥራ አንድ ሰዓት በሮቹ እንዲከፈቱ
- የንባብ ክፍሉ ሞቃትና ብርሃናማ እንዲሆን
- አካባቢውን የሚያውቅ አንድ የቤተ መጻሕፍት ባለሙያ እንዲኖር

በዚያ ቀን በሰፈሩ ክፍት የሆነ ሌላ ነጻ ቦታ የለም (2)።

## ማጣቀሻዎች

1. የሥራ ሰዓት፣ በበሩ ላይ እንደተለጠፈው።
2. በግንቦት ወር አንድ እሑድ የተቆጠረ።

---
translation: ko
title: 일요일에도 도서관을 열어 주세요
addressed_to: 시애틀 공공도서관
milestones:
  1: 첫 번째 서명이 시작되었습니다.
---

도서관은 가장 많은 사람이 올 수 있는 바로 그날 문을 닫습니다 (1). 우리는 다음을 요청합니다.

- 일요일 정오부터 오후 5시까지 문을 열 것
- 열람실을 따뜻하고 밝게 유지할 것
- 동네를 잘 아는 사서를 한 명 둘 것

그날 이 동네에는 무료로 열려 있는 다른 곳이 없습니다 (2).

## 참고 자료

1. 출입문에 게시된 운영 시간.
2. 5월의 어느 일요일에 집계함.
";

/// Asks nothing but the name, in the same languages.
pub(crate) const BENCH: &str = "---
title: A bench at the pond
started_by: Friends of the Pond
addressed_to: The Parks Department
goal: 50
---

There is no place to sit. We ask for one bench.

---
translation: ar
title: مقعد عند البركة
addressed_to: إدارة الحدائق
---

لا مكان للجلوس. نطلب مقعدًا واحدًا.

---
translation: am
title: በኩሬው ዳር አግዳሚ ወንበር
addressed_to: መናፈሻዎች መምሪያ
---

መቀመጫ ቦታ የለም። አንድ አግዳሚ ወንበር እንጠይቃለን።

---
translation: ko
title: 연못가에 벤치를 놓아 주세요
addressed_to: 공원관리과
---

앉을 곳이 없습니다. 벤치 하나를 요청합니다.
";

/// The languages whose pictures are asked for; none in the short form.
pub(crate) fn asked_for() -> Option<String> {
    env::var("UNDERSIGNED_SCREENS").ok().filter(|languages| !languages.is_empty())
}

/// Somebody of that language.
pub(crate) fn person(language: &str) -> &'static str {
    match language {
        "ar" => "أمينة حداد",
        "am" => "አልማዝ በቀለ",
        "ko" => "김민준",
        _ => "Sukarno",
    }
}

/// Each of these languages in both themes, on both displays.
pub(crate) async fn are_pictured_in(languages: &str) {
    for (theme, environment) in [("light", &[][..]), ("dark", &[("GTK_THEME", "Adwaita:dark")])] {
        for (width, height) in [(1280, 800), (1920, 1080)] {
            let name = |language: &str| format!("{language}-{theme}-{width}x{height}");
            let computer = || Computer::with_screen(width, height, true);
            let street = Street::on(computer().await.unwrap(), &[LIBRARY]);
            let window = street.open_with(environment).await;
            for language in languages.split(',') {
                window.click(&format!("language-{language}")).await.unwrap();
                through(&window, &name(language), true).await;
            }
            window.close().await.unwrap();
            let street = Street::on(computer().await.unwrap(), &[LIBRARY, BENCH]);
            let window = street.open_with(environment).await;
            for language in languages.split(',') {
                window.click(&format!("language-{language}")).await.unwrap();
                let name = name(language);
                let seen = async |screen: &str| look::is_kept(&window, &name, screen, true).await;
                among_two(&window, language, seen).await;
            }
            window.close().await.unwrap();
        }
    }
}

/// What `through` does not come by, each screen told to `seen` by its name: a choice, the ends of what scrolls, the keyboard on the
/// screen, and the question whether somebody is there.
pub(crate) async fn among_two(window: &Window, language: &str, seen: impl AsyncFn(&str)) {
    window.wait_for("button[data-testid^=petition-]").await.unwrap();
    seen("0-choose").await;
    window.click("display").await.unwrap();
    is_told_what_is_read_aloud(window).await;
    seen("1-display").await;
    window.click("display-close").await.unwrap();
    let library = "return [...document.querySelectorAll('button[data-testid^=petition-]')]
        .find((petition) => petition.textContent.includes('Readers')).dataset.testid";
    let library = window.run(library, Vec::new()).await.unwrap();
    window.click(library.as_str().unwrap()).await.unwrap();
    window.click("kiosk-read").await.unwrap();
    window.wait_for("[data-testid=reference-2]").await.unwrap();
    scroll(window, "reference-2").await;
    seen("3-read-references").await;
    window.click("kiosk-sign").await.unwrap();
    window.wait_for("[data-testid=field-full_name]").await.unwrap();
    seen("5-sign").await;
    for testid in ["display", "screen-keyboard", "display-close", "field-full_name"] {
        window.click(testid).await.unwrap();
    }
    window.wait_for("[data-testid=keyboard]").await.unwrap();
    seen("6-keyboard").await;
    for testid in ["display", "screen-keyboard", "display-close"] {
        window.click(testid).await.unwrap();
    }
    window.type_into("field-full_name", person(language)).await.unwrap();
    window.type_into("field-email", "sukarno@example.org").await.unwrap();
    scroll(window, "field-comment").await;
    seen("7-sign-address").await;
    window.click("ink-type").await.unwrap();
    window.wait_for("input[data-testid=field-ink]").await.unwrap();
    window.type_into("field-ink", person(language)).await.unwrap();
    window.click("field-of_age").await.unwrap();
    scroll(window, "share").await;
    seen("7-sign-choices").await;
    later(window, 100).await;
    window.wait_for("[data-testid=idle-dialog]").await.unwrap();
    seen("7-still-there").await;
    window.click("more-time").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    seen("8-thanks-others").await;
    done(window).await;
}

/// Waits until the kiosk has said what this computer can read aloud: it asks another program.
pub(crate) async fn is_told_what_is_read_aloud(window: &Window) {
    eventually("what can be read aloud", Duration::from_secs(60), async || {
        let told = "return document.getElementById('read-aloud-hint').textContent";
        let told = window.run(told, Vec::new()).await?;
        Ok((!told.as_str().unwrap().ends_with('…')).then_some(()))
    })
    .await
    .unwrap();
}

/// Scrolls until that is in the middle.
async fn scroll(window: &Window, testid: &str) {
    let script =
        "document.querySelector(`[data-testid=${arguments[0]}]`).scrollIntoView({ block: 'center' })";
    window.run(script, vec![testid.into()]).await.unwrap();
}
