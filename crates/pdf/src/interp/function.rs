//! PDF functions (ISO 32000-1, 7.10), for tints and gradients: sampled, exponential, stitched. Calculator functions
//! are not run; their colours come out as the middle of their range.

use lopdf::Object;

use crate::font::FontContext;
use crate::source::as_dict;

/// A function from numbers to numbers.
#[derive(Debug)]
pub(super) enum Function {
    /// Type 0, read at the nearest sample.
    Sampled { domain: Vec<f32>, range: Vec<f32>, size: Vec<usize>, bits: usize, data: Vec<u8> },
    /// Type 2.
    Exponential { c0: Vec<f32>, c1: Vec<f32>, n: f32 },
    /// Type 3.
    Stitched { domain: [f32; 2], bounds: Vec<f32>, encode: Vec<f32>, parts: Vec<Function> },
    /// Several functions, one output each.
    Parallel(Vec<Function>),
    /// Type 4 and anything unreadable.
    Constant(Vec<f32>),
}

/// Functions inside one another before giving up.
const MAX_DEPTH: usize = 6;
/// Functions in one function, all levels together, before giving up: arrays may hold themselves many times over.
const MAX_PARTS: usize = 256;

impl Function {
    /// Reads a function, or an array of them; `None` where it cannot be read or has too many parts.
    pub(super) fn read<'a>(context: FontContext<'a>, object: &'a Object) -> Option<Self> {
        Self::part(context, object, 0, &mut { MAX_PARTS })
    }

    fn part<'a>(context: FontContext<'a>, object: &'a Object, depth: usize, left: &mut usize) -> Option<Self> {
        let objects = context.objects;
        let object = objects.resolve(object)?;
        *left = left.checked_sub(1)?;
        if depth > MAX_DEPTH {
            return None;
        }
        let mut all = |items: &'a [Object]| -> Vec<Self> {
            items.iter().take(MAX_PARTS).filter_map(|o| Self::part(context, o, depth + 1, left)).collect()
        };
        if let Object::Array(items) = object {
            return Some(Self::Parallel(all(items)));
        }
        let dict = as_dict(object)?;
        let numbers = |key: &[u8]| objects.array(dict, key).map(|a| objects.numbers(a));
        let domain = numbers(b"Domain").unwrap_or_else(|| vec![0.0, 1.0]);
        let range = numbers(b"Range");
        match (objects.integer(dict, b"FunctionType")?, object) {
            (0, Object::Stream(stream)) => Some(Self::Sampled {
                domain,
                range: range?,
                size: numbers(b"Size")?.into_iter().map(|n| n.max(1.0) as usize).collect(),
                bits: objects.integer(dict, b"BitsPerSample")? as usize,
                data: context.bytes(stream).into_owned(),
            }),
            (2, _) => Some(Self::Exponential {
                c0: numbers(b"C0").unwrap_or_else(|| vec![0.0]),
                c1: numbers(b"C1").unwrap_or_else(|| vec![1.0]),
                n: objects.number(dict, b"N").unwrap_or(1.0),
            }),
            (3, _) => Some(Self::Stitched {
                domain: [*domain.first()?, *domain.get(1)?],
                bounds: numbers(b"Bounds").unwrap_or_default(),
                encode: numbers(b"Encode").unwrap_or_default(),
                parts: all(objects.array(dict, b"Functions")?),
            }),
            _ => Some(Self::Constant(range?.chunks_exact(2).map(|r| f32::midpoint(r[0], r[1])).collect())),
        }
    }

    /// The outputs for these inputs.
    pub(super) fn eval(&self, v: &[f32]) -> Vec<f32> {
        let x = v.first().copied().unwrap_or(0.0);
        match self {
            Self::Exponential { c0, c1, n } => {
                let t = if (*n - 1.0).abs() < f32::EPSILON { x } else { x.max(0.0).powf(*n) };
                c0.iter().zip(c1).map(|(a, b)| a + t * (b - a)).collect()
            }
            Self::Stitched { domain, bounds, encode, parts } => stitched(x, *domain, bounds, encode, parts),
            Self::Parallel(parts) => parts.iter().flat_map(|f| f.eval(v)).collect(),
            Self::Sampled { domain, range, size, bits, data } => sampled(v, domain, range, size, *bits, data),
            Self::Constant(values) => values.clone(),
        }
    }
}

fn stitched(x: f32, domain: [f32; 2], bounds: &[f32], encode: &[f32], parts: &[Function]) -> Vec<f32> {
    let k = bounds.iter().take_while(|&&b| x >= b).count().min(parts.len().saturating_sub(1));
    let Some(part) = parts.get(k) else { return Vec::new() };
    let low = if k == 0 { domain[0] } else { bounds[k - 1] };
    let high = bounds.get(k).copied().unwrap_or(domain[1]);
    let (e0, e1) = (encode.get(2 * k).copied().unwrap_or(0.0), encode.get(2 * k + 1).copied().unwrap_or(1.0));
    let t = if high > low { (x - low) / (high - low) } else { 0.0 };
    part.eval(&[e0 + t * (e1 - e0)])
}

fn sampled(v: &[f32], domain: &[f32], range: &[f32], size: &[usize], bits: usize, data: &[u8]) -> Vec<f32> {
    let outputs = range.len() / 2;
    let (mut index, mut stride) = (0usize, 1usize);
    for (i, &n) in size.iter().enumerate() {
        let low = domain.get(2 * i).copied().unwrap_or(0.0);
        let high = domain.get(2 * i + 1).copied().unwrap_or(1.0);
        let t = (v.get(i).copied().unwrap_or(0.0) - low) / (high - low).max(1e-6);
        index = index.saturating_add(((t.clamp(0.0, 1.0) * (n - 1) as f32).round() as usize).saturating_mul(stride));
        stride = stride.saturating_mul(n);
    }
    let top = if bits >= 32 { u32::MAX as f32 } else { ((1u64 << bits) - 1).max(1) as f32 };
    let sample = |k: usize| bits_at(data, (index.saturating_mul(outputs) + k).saturating_mul(bits), bits) as f32 / top;
    (0..outputs).map(|k| range[2 * k] + sample(k) * (range[2 * k + 1] - range[2 * k])).collect()
}

fn bits_at(data: &[u8], start: usize, len: usize) -> u32 {
    let bit = |i: usize| data.get(i / 8).map_or(0, |b| u32::from(b >> (7 - i % 8) & 1));
    (start..start.saturating_add(len.min(32))).fold(0, |value, i| value << 1 | bit(i))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_runs_from_c0_to_c1() {
        let f = Function::Exponential { c0: vec![0.0, 1.0], c1: vec![1.0, 0.0], n: 1.0 };
        assert_eq!(f.eval(&[0.25]), [0.25, 0.75]);
    }

    #[test]
    fn samples_at_both_ends() {
        let (domain, range, data) = ([0.0, 1.0], [0.0, 1.0], [0u8, 128, 255]);
        assert_eq!(sampled(&[0.0], &domain, &range, &[3], 8, &data), [0.0]);
        assert_eq!(sampled(&[1.0], &domain, &range, &[3], 8, &data), [1.0]);
        assert_eq!(sampled(&[9.0], &domain, &range, &[3], 8, &data), [1.0]);
    }

    #[test]
    fn stitching_picks_the_part() {
        let part = |c: f32| Function::Constant(vec![c]);
        let parts = [part(1.0), part(2.0)];
        assert_eq!(stitched(0.49, [0.0, 1.0], &[0.5], &[0.0, 1.0, 0.0, 1.0], &parts), [1.0]);
        assert_eq!(stitched(0.5, [0.0, 1.0], &[0.5], &[0.0, 1.0, 0.0, 1.0], &parts), [2.0]);
    }
}
