//! One made-up report.

use super::chance::Chance;
use super::page::Setter;
use super::pdf::file;
use super::words::Words;

/// Pages that a report has at least.
const PAGES: usize = 21;
const TOPICS: [&str; 12] = [
    "通信網の利用",
    "安全な取引",
    "情報の保護",
    "機器の更新",
    "人材の育成",
    "地域の取組",
    "相談の状況",
    "制度の見直し",
    "研究の進み方",
    "災害への備え",
    "国際的な協力",
    "利用者の意識",
];
const ASPECTS: [&str; 6] = ["の現状", "をめぐる動き", "の課題", "に関する調査", "の今後", "の事例"];
const INDUSTRIES: [&str; 8] = ["製造業", "情報通信業", "建設業", "運輸業", "卸売業", "金融業", "教育", "医療"];
const HARMS: [&str; 4] = ["不正アクセスにより", "メールの誤送信により", "設定の誤りにより", "ランサムウェアに感染し"];
const DATA: [&str; 4] = ["顧客情報", "個人情報", "メールアドレス", "取引先の情報"];
const MEASURES: [&str; 6] =
    ["多要素認証の導入", "定期的な訓練", "機器の更新の管理", "複製の保管", "委託先の確認", "専門の窓口の設置"];

/// The file of report `number`, and how many pages it has.
pub(super) fn make(number: usize, words: &Words) -> (Vec<u8>, usize) {
    let title = format!("架空動向報告 第{}号", number + 1);
    let mut report = Report {
        set: Setter::new(&title),
        chance: Chance::new(number as u64 + 1),
        words,
        year: 1990 + number % 36,
        number,
        exhibits: 0,
    };
    report.set.title(22.0, &title);
    let published = format!("{}年3月　架空調査会", report.year + 1);
    report.set.title(12.0, &published);
    let mut chapter = 0;
    while report.set.pages() < PAGES {
        chapter += 1;
        report.chapter(chapter);
    }
    let pages = report.set.finish();
    (file(&title, &pages), pages.len())
}

struct Report<'w> {
    set: Setter,
    chance: Chance,
    words: &'w Words,
    year: usize,
    number: usize,
    exhibits: usize,
}

impl Report<'_> {
    fn chapter(&mut self, chapter: usize) {
        if chapter > 1 {
            self.set.turn();
        }
        self.exhibits = 0;
        let topic = *self.chance.one(&TOPICS);
        self.set.heading(18.0, &format!("第{chapter}章　{topic}"));
        for section in 1..=3 {
            let aspect = *self.chance.one(&ASPECTS);
            self.set.heading(14.0, &format!("第{section}節　{topic}{aspect}"));
            self.background();
            self.set.heading(11.0, &format!("{section}　調査の結果"));
            self.survey(chapter);
            self.set.heading(11.0, &format!("{}　主な事案", section + 1));
            for _ in 0..self.chance.number(3, 5) {
                self.incident();
            }
            if section == 2 {
                self.ranking(chapter);
            }
        }
    }

    /// Who does what under which law.
    fn background(&mut self) {
        for _ in 0..self.chance.number(3, 5) {
            let (w, c) = (self.words, &mut self.chance);
            let (body, other) = (c.often(&w.bodies), c.often(&w.bodies));
            let (law, threat, product) = (c.often(&w.laws), c.often(&w.threats), c.one(&w.products));
            let month = c.number(1, 12);
            let year = self.year;
            let text = match c.number(0, 2) {
                0 => format!(
                    "{body}は、{year}年{month}月、{law}に基づく手引を公表し、{threat}への備えを事業者に求めた。{other}は、これを受けて相談の窓口を設け、\
                     {product}の利用者に向けた説明を始めている。"
                ),
                1 => format!(
                    "{threat}が広がる中、{body}と{other}は、{year}年{month}月に共同で点検の進め方をまとめた。{product}を使う組織では、更新の手順を定め、\
                     記録を残すことが望ましい。{law}の定めについても、担当者の理解を深める必要がある。"
                ),
                _ => format!(
                    "{law}の改正法が{year}年{month}月1日に施行され、{body}が報告の受付を担うこととなった。{other}の集計では、{threat}に関する報告が\
                     前年を上回っている。{product}の設定を見直す動きもみられる。"
                ),
            };
            let (body, law) = (body.clone(), law.clone());
            let note = format!(
                "{body}「{law}の運用に関する架空の調べ」（{year}年{month}月）<https://www.kakuu.example/{}/{}/>",
                self.number,
                self.chance.number(100, 999)
            );
            let with_note = self.chance.number(0, 2) == 0;
            self.set.paragraph(&text, with_note.then_some(note.as_str()));
        }
    }

    fn incident(&mut self) {
        let (w, c) = (self.words, &mut self.chance);
        let (company, maker) = (c.often(&w.companies), c.one(&w.companies));
        let (harm, data, threat) = (c.one(&HARMS), c.one(&DATA), c.often(&w.threats));
        let (month, day, count) = (c.number(1, 12), c.number(1, 28), c.number(1, 90));
        let year = self.year;
        let text = if c.number(0, 3) == 0 {
            format!(
                "{year}年{month}月{day}日、{company}は、{harm}{data}約{count}万件が流出した可能性があると公表した。流出は確認されていないとしている。"
            )
        } else {
            format!(
                "{year}年{month}月{day}日、{company}は、{harm}{data}{count},{}件が流出したと公表した。委託先の{maker}は、{threat}への対策を見直すとしている。",
                c.number(100, 999)
            )
        };
        self.set.paragraph(&text, None);
    }

    /// A paragraph of figures and the table they stand in.
    fn survey(&mut self, chapter: usize) {
        self.exhibits += 1;
        let (year, label) = (self.year, format!("{chapter}-{}", self.exhibits));
        let topic = *self.chance.one(&MEASURES);
        let mut share = || {
            let tenths = self.chance.number(50, 950);
            format!("{}.{}", tenths / 10, tenths % 10)
        };
        let rows: Vec<Vec<String>> =
            INDUSTRIES.iter().map(|i| vec![(*i).to_owned(), share(), share(), share()]).collect();
        let text = format!(
            "架空利活用調査{year}年版によれば、{topic}を行っている組織の割合は、{}で{}％、{}で{}％であった（図表{label}）。前の年の{}％からは上昇している。",
            INDUSTRIES[0], rows[0][1], INDUSTRIES[1], rows[1][1], rows[0][2]
        );
        self.set.paragraph(&text, None);
        let head = ["業種", "行っている（％）", "予定がある（％）", "予定はない（％）"];
        let head = head.iter().map(|h| (*h).to_owned()).collect();
        let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
        let caption = format!("図表{label}　{topic}の状況（{year}年版、業種別）");
        self.set.table(&caption, &[110.0, 110.0, 110.0, 110.0], &rows, "（出典）架空調査会「架空利活用調査」");
    }

    fn ranking(&mut self, chapter: usize) {
        self.exhibits += 1;
        let label = format!("図表{chapter}-{}　架空10大脅威{}の順位", self.exhibits, self.year);
        let mut rows = vec![["順位", "脅威", "昨年順位"].map(ToOwned::to_owned).to_vec()];
        for place in 1..=10 {
            let previous = match self.chance.number(0, 9) {
                0 => "NEW".to_owned(),
                _ => format!("{}位", self.chance.number(1, 12)),
            };
            rows.push(vec![format!("{place}位"), self.chance.one(&self.words.threats).clone(), previous]);
        }
        self.set.table(&label, &[60.0, 220.0, 80.0], &rows, "（出典）架空調査会「架空10大脅威」");
    }
}
