//! Units as terms of the index: every unit, and every two characters that stand side by side.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::units::Units;

/// Name under which the index knows it.
pub(crate) const TOKENIZER: &str = "hakusho";

/// Cuts texts for the index. Offsets of tokens are code points, not bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnitTokenizer;

/// Terms of one text.
#[derive(Debug)]
pub(crate) struct UnitTokens {
    units: Units,
    unit: usize,
    /// Whether the pair that begins with the unit is next, after the unit itself.
    pair: bool,
    token: Token,
}

impl Tokenizer for UnitTokenizer {
    type TokenStream<'a> = UnitTokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> UnitTokens {
        UnitTokens { units: Units::of(text), unit: 0, pair: false, token: Token::default() }
    }
}

impl TokenStream for UnitTokens {
    fn advance(&mut self) -> bool {
        let Some(unit) = self.units.list().get(self.unit) else { return false };
        self.token.position = unit.position as usize;
        self.token.offset_from = unit.start as usize;
        self.token.offset_to = unit.end as usize;
        self.token.text.clear();
        if self.pair {
            self.token.text.push_str(self.units.pair(self.unit).unwrap_or_default());
            self.token.offset_to = self.units.list().get(self.unit + 1).map_or(unit.end, |next| next.end) as usize;
        } else {
            self.token.text.push_str(self.units.text(self.unit));
        }
        if self.pair || self.units.pair(self.unit).is_none() {
            self.unit += 1;
            self.pair = false;
        } else {
            self.pair = true;
        }
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_their_terms() {
        let texts = ["", "型", "標的型攻撃", "Log4jの脆弱性", "ﾏﾙｳｪｱ（malware）", "2024年度 A-B"];
        let lines: Vec<String> = texts
            .iter()
            .map(|text| {
                let mut tokenizer = UnitTokenizer;
                let mut stream = tokenizer.token_stream(text);
                let mut terms = Vec::new();
                stream.process(&mut |t| {
                    terms.push(format!("{}@{}[{}-{}]", t.text, t.position, t.offset_from, t.offset_to));
                });
                format!("{text:?}: {}", terms.join(" "))
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"));
    }
}
