//! The graphics state (ISO 32000-1, 8.4): what `q` saves and `Q` restores.

use std::rc::Rc;

use hakusho_model::{Color, Rect};

use super::color::ColorSpace;
use crate::matrix::Matrix;

/// Text state parameters (9.3).
#[derive(Clone, Copy, Debug)]
pub(super) struct TextState {
    /// Index into the font cache.
    pub(super) font: Option<usize>,
    pub(super) size: f32,
    pub(super) char_space: f32,
    pub(super) word_space: f32,
    /// Horizontal scaling as a factor.
    pub(super) scale: f32,
    pub(super) leading: f32,
    pub(super) rise: f32,
    pub(super) render: u8,
}

/// The graphics state as far as text and shapes need it.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// User space to display space.
    pub(super) ctm: Matrix,
    pub(super) fill: Color,
    pub(super) stroke: Color,
    pub(super) fill_space: Rc<ColorSpace>,
    pub(super) stroke_space: Rc<ColorSpace>,
    pub(super) line_width: f32,
    pub(super) dashed: bool,
    pub(super) text: TextState,
    /// Box around the clipping path, in display space.
    pub(super) clip: Rect,
    /// Constant alpha for filling is zero: nothing shows.
    pub(super) transparent: bool,
}

impl State {
    pub(super) fn new(ctm: Matrix, page: Rect, gray: &Rc<ColorSpace>) -> Self {
        Self {
            ctm,
            fill: Color::BLACK,
            stroke: Color::BLACK,
            fill_space: Rc::clone(gray),
            stroke_space: Rc::clone(gray),
            line_width: 1.0,
            dashed: false,
            text: TextState {
                font: None,
                size: 0.0,
                char_space: 0.0,
                word_space: 0.0,
                scale: 1.0,
                leading: 0.0,
                rise: 0.0,
                render: 0,
            },
            clip: page,
            transparent: false,
        }
    }
}
