// Names as people write them, in the scripts of the kiosk's languages: usual given names and family names, put together here for
// tests, and those whose letters are rare. Nobody in particular is meant.

interface Names {
  given: string
  family: string
  /** The family's name comes first, or stands apart. */
  joined: (given: string, family: string) => string
  /** Whole names with letters that a font may lack. */
  rare?: string
}

const before = (given: string, family: string) => `${given} ${family}`
const after = (given: string, family: string) => `${family} ${given}`
const close = (given: string, family: string) => family + given

const LANGUAGES: Record<string, Names> = {
  en: {
    given: 'Ada Beau Clara Desmond Ellie Frank Grace Harriet Ian Joan Kwame Leroy Maeve Noah Óisín Pip Quinn Rose',
    family: 'Abbott Brontë Cole Drew Eads Ford Ghent Hale Ingle Jones King Løvold Moore Nash O’Neil Pryor Quist Reeves',
    joined: before,
    rare: 'Zoë St. John-Smythe|Seán Ó Súilleabháin|Siân Ŵyn|Þóra Guðmundsdóttir|Łucja Żółkiewska|Jiří Dvořák|Şeyma Yıldız|Nuñu ʻAkamu',
  },
  es: {
    given:
      'Aída Begoña César Dolores Érika Félix Germán Héctor Íñigo Jesús Lucía Martín Noé Óscar Pía Raúl Sofía Úrsula',
    family:
      'Álvarez Báez Cañas Díaz Espín Fúster Gómez Hernán Ibáñez Jurado León Muñoz Núñez Ordóñez Peña Quiñones Rubí Yáñez',
    joined: before,
    rare: 'Agüeda Argüello|María José Güell i Çiurana|Xóchitl Cuauhtémoc',
  },
  vi: {
    given: 'Anh Bảo Chí Dũng Đức Giang Hạnh Hằng Hiếu Khuê Kỳ Lệ Mỹ Nguyệt Phượng Quỳnh Thủy Tường Uyển Vỹ Xuân Yến',
    family: 'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Mẫn Quách Tạ Trịnh Vương Ông',
    joined: after,
    rare: 'Nguyễn Thị Ngọc Hường|Tôn Nữ Thị Ninh|Lưu Hữu Phước|Đinh Ễnh Ương|Trằn Ỷ Lan',
  },
  'zh-Hans': {
    given: '伟 芳 秀英 敏 静 强 磊 洋 艳 勇 军 杰 娟 涛 明 超 兰 霞 平 刚 桂英 建国 志远 雨桐 子涵 梓萱 浩宇 思源',
    family: '王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 欧阳',
    joined: close,
    rare: '亓官喆|仉琊璟|逄淼焱|麴翀頔|妫珺祎|禤赟堃|甯犇燚|邸彧皛|卯芃骉|宓龑昶|佟玹祎|缑璎昊|仝旻珅|竺䶮|周㛃|何𬭎|吴𫖮|李𫍯|王𬱖|陳龍華|張國榮|劉德華|龔巖|齊瀟瀟|葉歡|閻鑫垚',
  },
  fil: {
    given:
      'Amihan Bayani Corazón Dalisay Efren Flordeliza Gregorio Hiraya Imelda Jun Ligaya Makisig Niño Ofelia Paz Ramil',
    family:
      'Abad Bautista Cariño de la Cruz Dimaculangan Españo Fajardo Gatdula Ilagan Katigbak Lacson Macapagal Nuñez Ocampo Peñafrancia',
    joined: before,
  },
  ko: {
    given:
      '민준 서연 도윤 하은 시우 지유 예준 수아 주원 하윤 건우 지안 현우 서현 우진 빛나 슬기 한별 아름 가람 샛별 봄',
    family: '김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 홍 남궁 황보',
    joined: close,
    rare: '제갈뷘|독고쀼|선우꽃님|사공뜰|탁휘|김샾|박쥰|최뷔|어금뀽|망절웅|金敏俊|李舒妍|南宮珉',
  },
  so: {
    given: 'Aamina Bilan Cabdi Dahabo Caasha Faadumo Geeddi Hodan Ifrax Jaamac Kaltuun Liiban Maxamed Nuur Qamar Raxma',
    family:
      'Axmed Barre Cali Cabdullaahi Diiriye Faarax Guuleed Xasan Ismaaciil Jimcaale Khaliif Muuse Nuur Shire Warsame Yuusuf',
    joined: before,
  },
  am: {
    given: 'አበበ በላይ ጫልቱ ደስታ እየሩሳሌም ፍቅርተ ገነት ሃና ኃይሌ ዮሐንስ ቅድስት ለምለም ሜሮን ንግሥት ጴጥሮስ ራሔል ፀሐይ ዓለሙ ዘነበች ጽዮን',
    family: 'አሰፋ በቀለ ጫላ ደመቀ እንግዳ ፈለቀ ገብረመስቀል ሀብታሙ ኢያሱ ካሳ ለገሰ መኮንን ኃይለሥላሴ ጳውሎስ ሮባ ሠዓሊ ተፈሪ ወልደጊዮርጊስ ያሬድ ዘውዴ',
    joined: before,
    rare: 'ኰስታንጢኖስ ቈስጣ|ጐይቶም ኵሉ|ዃላ ቋንቋ|ሿሚ ዟሪ|ᎀኘ ᎌሬ|ⶀሉ ⶠⶨ|ጧፍ ⷈⷐ',
  },
  ru: {
    given:
      'Алёна Борис Вера Глеб Дарья Евгений Жанна Зоя Илья Кирилл Любовь Матвей Надежда Олег Пётр Раиса Семён Татьяна',
    family:
      'Ёлкин Быков Воробьёв Грач Дёмин Ершов Жук Зыков Ильин Король Лыжин Мышкин Носов Орлов Пень Рощин Щукин Юдин',
    joined: before,
    rare: 'Айгүл Әлімжанова|Ғалым Қасымов|Ҳабиб Ҷураев|Өлзий Цэцэг|Ұлан Ӣбров',
  },
  uk: {
    given: 'Андрій Богдан Василь Ґанна Дмитро Євген Їжак Жанна Зоряна Ірина Катерина Леся Мар’яна Назар Оксана Юрій',
    family:
      'Ґрунь Бойко Ващенко Гнатюк Ґалаґан Дзюба Євтушок Жуйко Їжакевич Іващенко Кравець Лук’яненко Мельник Шевченко Щерба Яцків',
    joined: before,
  },
  ar: {
    given:
      'أمينة بلال تقوى ثريا جميل حسين خديجة دانا ذكرى رؤى زينب سلمى شيماء صفاء ضياء طارق ظافر عائشة غادة فؤاد قاسم كوثر',
    family:
      'الأحمد البغدادي التكريتي الثقفي الجزائري الحلّاق الخطيب الدوسري الراوي الزهراني السوداني الشمّري الصالح الطائي العبيدي الغامدي',
    joined: before,
    rare: 'آلاء المؤمن|هدى القُرَشيّ|ژيان پاشا|گلنار چاوشين|ڤيڤيان ڭاوي|نازنین کریمی|ہمایوں ٹوانہ|ڈاکٹر ڑیاض|ښکلا ځواک',
  },
  fr: {
    given: 'Aïcha Benoît Chloé Désirée Éloïse François Gaëlle Hélène Inès Joël Léa Maëlys Noël Océane Pénélope Raphaël',
    family: 'Ançel Bérurier Cœuré Dûchêne Évrard Fréchette Guérin Hébert Île Joë Lefèvre Mérieux Noël Œdipe Pâris Ÿs',
    joined: before,
  },
}

/** Some five hundred names, by the language whose kiosk they would be written at. */
export const NAMES: Record<string, string[]> = Object.fromEntries(
  Object.entries(LANGUAGES).map(([language, { given, family, joined, rare }]) => {
    const [givens, families] = [given.split(' '), family.split(' ')]
    // Twice around, the second time a few places on.
    const pairs = [0, 5].flatMap((on) =>
      givens.map((name, at) => joined(name, families[(at + on) % families.length] ?? '')),
    )
    return [language, [...pairs, ...(rare?.split('|') ?? [])]]
  }),
)
