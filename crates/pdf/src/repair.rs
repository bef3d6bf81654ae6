//! Repairs of single characters that font maps get wrong: radicals, compatibility forms, controls.

use unicode_normalization::char::decompose_canonical;

/// The character to keep for one a font map gives, or `None` for one that is no text.
///
/// - Kangxi and CJK radicals become the ordinary ideograph (`Equivalent_Unified_Ideograph`).
/// - CJK compatibility ideographs become the ideograph they decompose to.
/// - Presentation forms for vertical writing become the ordinary signs.
/// - Controls become a space (tabs) or nothing; variation selectors and zero-width signs nothing.
pub fn character(ch: char) -> Option<char> {
    let code = u32::from(ch);
    if code < 0x2000 {
        return match code {
            0x09 | 0x0A | 0x0D => Some(' '),
            0..=0x1F | 0x7F..=0x9F | 0xAD => None,
            _ => Some(ch),
        };
    }
    match code {
        0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0xFE00..=0xFE0F | 0xFEFF | 0xE0100..=0xE01EF => None,
        0xFFFE | 0xFFFF => None,
        0x2E80..=0x2FD5 => Some(radical(ch)),
        0xF900..=0xFAD9 | 0x2F800..=0x2FA1D => Some(canonical(ch)),
        0xFE10..=0xFE19 | 0xFE30..=0xFE48 => Some(upright(ch)),
        _ => Some(ch),
    }
}

fn canonical(ch: char) -> char {
    let mut first = None;
    decompose_canonical(ch, |c| {
        first.get_or_insert(c);
    });
    first.unwrap_or(ch)
}

/// The ideograph a radical sign stands for.
fn radical(ch: char) -> char {
    if let Ok(i) = SUPPLEMENT.binary_search_by_key(&ch, |&(from, _)| from) {
        return SUPPLEMENT[i].1;
    }
    let mut found = ch;
    unicode_normalization::char::decompose_compatible(ch, |c| found = c);
    found
}

/// CJK Radicals Supplement to ideographs (Unicode `EquivalentUnifiedIdeograph.txt`), one-to-one entries.
const SUPPLEMENT: &[(char, char)] = &[
    ('⺁', '厂'),
    ('⺂', '乛'),
    ('⺃', '乚'),
    ('⺄', '乙'),
    ('⺅', '亻'),
    ('⺆', '冂'),
    ('⺇', '几'),
    ('⺈', '刀'),
    ('⺉', '刂'),
    ('⺊', '卜'),
    ('⺋', '㔾'),
    ('⺌', '小'),
    ('⺍', '小'),
    ('⺎', '兀'),
    ('⺏', '尣'),
    ('⺐', '尢'),
    ('⺑', '𡯂'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺔', '彑'),
    ('⺕', '彐'),
    ('⺖', '忄'),
    ('⺗', '㣺'),
    ('⺘', '扌'),
    ('⺙', '攵'),
    ('⺛', '旡'),
    ('⺜', '日'),
    ('⺝', '月'),
    ('⺞', '歺'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺡', '氵'),
    ('⺢', '氺'),
    ('⺣', '灬'),
    ('⺤', '爫'),
    ('⺥', '爫'),
    ('⺦', '丬'),
    ('⺧', '牜'),
    ('⺨', '犭'),
    ('⺩', '王'),
    ('⺪', '疋'),
    ('⺫', '罒'),
    ('⺬', '示'),
    ('⺭', '礻'),
    ('⺮', '竹'),
    ('⺯', '糹'),
    ('⺰', '纟'),
    ('⺱', '罓'),
    ('⺲', '罒'),
    ('⺳', '网'),
    ('⺴', '网'),
    ('⺵', '网'),
    ('⺶', '羊'),
    ('⺷', '羊'),
    ('⺸', '羊'),
    ('⺹', '耂'),
    ('⺺', '肀'),
    ('⺻', '聿'),
    ('⺼', '月'),
    ('⺽', '臼'),
    ('⺾', '艹'),
    ('⺿', '艹'),
    ('⻀', '艹'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻃', '覀'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻇', '角'),
    ('⻈', '讠'),
    ('⻉', '贝'),
    ('⻊', '足'),
    ('⻋', '车'),
    ('⻌', '辶'),
    ('⻍', '辶'),
    ('⻎', '辶'),
    ('⻏', '阝'),
    ('⻐', '钅'),
    ('⻑', '長'),
    ('⻒', '镸'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻕', '阜'),
    ('⻖', '阝'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻞', '食'),
    ('⻟', '飠'),
    ('⻠', '饣'),
    ('⻡', '首'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻫', '斉'),
    ('⻬', '齐'),
    ('⻭', '歯'),
    ('⻮', '齿'),
    ('⻯', '竜'),
    ('⻰', '龙'),
    ('⻱', '龜'),
    ('⻲', '亀'),
    ('⻳', '龟'),
];

/// Presentation forms for vertical writing (U+FE10–FE19, U+FE30–FE48) as signs of horizontal writing.
fn upright(ch: char) -> char {
    const FE10: &str = "，、。：；！？〖〗…";
    const FE30: &str = "‥—–＿﹏（）｛｝〔〕【】《》〈〉「」『』";
    let code = u32::from(ch);
    let found = match code {
        0xFE10..=0xFE19 => FE10.chars().nth((code - 0xFE10) as usize),
        0xFE30..=0xFE44 => FE30.chars().nth((code - 0xFE30) as usize),
        0xFE47 => Some('［'),
        0xFE48 => Some('］'),
        _ => None,
    };
    found.unwrap_or(ch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_ideographs() {
        for (from, to) in
            [('⼀', '一'), ('⽩', '白'), ('⾦', '金'), ('⻑', '長'), ('⻘', '青'), ('⺠', '民'), ('⿕', '龠')]
        {
            assert_eq!(character(from), Some(to));
        }
    }

    #[test]
    fn compatibility_ideographs_decompose_and_real_ones_stay() {
        assert_eq!(character('\u{FA19}'), Some('神'));
        assert_eq!(character('﨑'), Some('﨑'));
        assert_eq!(character('髙'), Some('髙'));
    }

    #[test]
    fn vertical_forms_stand_up() {
        for (from, to) in [('︵', '（'), ('︙', '…'), ('﹁', '「'), ('﹈', '］'), ('︱', '—'), ('﹄', '』')]
        {
            assert_eq!(character(from), Some(to), "{from}");
        }
    }

    #[test]
    fn what_is_no_text_goes() {
        assert_eq!(character('\u{FE00}'), None);
        assert_eq!(character('\u{7}'), None);
        assert_eq!(character('\t'), Some(' '));
        assert_eq!(character('\u{F06C}'), Some('\u{F06C}'));
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(SUPPLEMENT.windows(2).all(|w| w[0].0 < w[1].0));
    }
}
