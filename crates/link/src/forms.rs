//! Organisations that no list has, by the form of their name: `株式会社○○`, `○○大学`, `○○検討会`.
//!
//! A name is a run of kanji, katakana, letters and digits that touches the form. Quoted names (「…検討会」) may hold anything.

use hakusho_lexicon::{Cues, OrgForms};

/// Longest name, in characters, the form not counted.
const LONGEST: usize = 24;
/// Longest quoted name.
const LONGEST_QUOTED: usize = 60;

/// A name found by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FoundForm {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Characters a name is made of.
pub(crate) fn is_name(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '々' | '\u{30A1}'..='\u{30FA}' | 'ー' | '・' | '＆' | '&' | '-' | '．' | '.'
        | 'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '0'..='9' | '０'..='９')
}

fn starts_with(chars: &[char], at: usize, word: &[char]) -> bool {
    chars.get(at..at + word.len()).is_some_and(|w| w == word)
}

/// Names found by their form, from left to right; they may overlap.
pub(crate) fn organisations(chars: &[char], forms: &OrgForms) -> Vec<FoundForm> {
    let mut out = Vec::new();
    for at in 0..chars.len() {
        // One look at the character excludes most places.
        if !forms.heads.contains(chars[at]) {
            continue;
        }
        if let Some(prefix) = forms.prefixes.iter().find(|p| starts_with(chars, at, p)) {
            out.extend(after_prefix(chars, at, prefix.len(), forms));
        }
        if let Some(suffix) = forms.suffixes.iter().find(|s| starts_with(chars, at, s)) {
            out.extend(before_suffix(chars, at, at + suffix.len(), forms));
        }
    }
    out
}

fn after_prefix(chars: &[char], at: usize, prefix: usize, forms: &OrgForms) -> Option<FoundForm> {
    let name = at + prefix;
    let length = chars[name..].iter().take(LONGEST + 1).take_while(|c| is_name(**c)).count();
    // A form that closes the name before it opens none (甲株式会社代表).
    let closes = at > 0 && is_name(chars[at - 1]) && forms.suffixes.iter().any(|s| starts_with(chars, at, s));
    let another = forms.prefixes.iter().any(|p| starts_with(chars, name, p));
    ((2..=LONGEST).contains(&length) && !closes && !another).then_some(FoundForm { start: at, end: name + length })
}

fn before_suffix(chars: &[char], at: usize, end: usize, forms: &OrgForms) -> Option<FoundForm> {
    // The ending must close the run: 大学生, 委員会室 and 銀行券 are no organisations. Another ending may follow.
    let next = chars.get(end).copied();
    let goes_on = next.is_some_and(|c| is_name(c) && c != '・');
    let another = || forms.suffixes.iter().any(|s| starts_with(chars, end, s));
    if goes_on && !another() && Cues::embedded().role("after_org").beginning(&chars[end..]).is_none() {
        return None;
    }
    if let Some(open) = quotation(chars, at, next) {
        return Some(FoundForm { start: open, end });
    }
    // Ministries and governments are joined by the dot that other names hold: 総務省・経済産業省, 米・英政府.
    let joined = matches!(&chars[at..end], ['省' | '庁'] | ['政', '府'] | ['議', '会']);
    let mut start = at;
    while start > 0 && at - start <= LONGEST && is_name(chars[start - 1]) && !(joined && chars[start - 1] == '・') {
        start -= 1;
    }
    if let Some(date) =
        (start + 1..at).rev().find(|&i| matches!(chars[i], '年' | '月' | '日') && chars[i - 1].is_numeric())
    {
        start = date + 1;
    }
    while start < at && matches!(chars[start], '・' | 'ー' | '-' | '.' | '．' | '&' | '＆') {
        start += 1;
    }
    let name: String = chars[start..at].iter().collect();
    let digits = chars[start..at].iter().all(|c| c.is_numeric());
    let sign =
        end - at == 2 && at - start == 1 && Cues::embedded().role("country").beginning(&chars[start..at]).is_some();
    let known = (at - start >= 2 || sign) && at - start <= LONGEST && !digits && !forms.generic.contains(&name);
    known.then_some(FoundForm { start, end })
}

/// Start of a quoted name that the ending closes: `「…検討会」`.
fn quotation(chars: &[char], at: usize, next: Option<char>) -> Option<usize> {
    if next != Some('」') {
        return None;
    }
    let from = at.saturating_sub(LONGEST_QUOTED);
    let open = chars[from..at].iter().rposition(|c| matches!(c, '「' | '」' | '。' | '、'))?;
    (chars[from + open] == '「' && at - (from + open) > 4).then_some(from + open + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let forms = OrgForms::embedded().expect("well formed");
        let found: Vec<String> =
            organisations(&chars, &forms).iter().map(|f| chars[f.start..f.end].iter().collect()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn legal_forms_before_and_behind() {
        check("株式会社見本電機は、架空商事株式会社と", &["株式会社見本電機", "架空商事株式会社"]);
        check("一般財団法人見本情報研究財団が", &["一般財団法人見本情報研究財団", "一般財団法人見本情報研究財団"]);
    }

    #[test]
    fn endings_close_a_name() {
        check("見本大学の学生", &["見本大学"]);
        check("見本大学生が", &[]);
        check("2024年6月見本銀行は", &["見本銀行"]);
        check("札幌地裁、", &["札幌地裁"]);
    }

    #[test]
    fn generic_words_name_nobody() {
        check("国立大学や各銀行、全国の大学", &[]);
        check("第三者委員会を設け", &[]);
    }

    #[test]
    fn quoted_councils_may_hold_particles() {
        check("見本省は「情報流通の在り方に関する検討会」を開き", &["見本省", "情報流通の在り方に関する検討会"]);
    }
}
