//! Boxes of what was read on a page, drawn over the page: how we look at our own work.

mod draw;
mod legend;
mod marks;
mod svg;

use hakusho_model::{Color, Rect};

use crate::args::Layer;

pub(crate) use draw::draw;
pub(crate) use legend::legend;
pub(crate) use marks::{from_content, from_document};
pub(crate) use svg::svg;

/// A box to draw, in points of display space.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark {
    pub(crate) layer: Layer,
    pub(crate) bbox: Rect,
    /// Kind within the layer, as the legend names it.
    pub(crate) kind: &'static str,
    /// Id in the document; empty for what has none.
    pub(crate) id: String,
    pub(crate) color: Color,
}

impl Layer {
    /// The name on the command line.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Images => "images",
            Self::Shapes => "shapes",
            Self::Rules => "rules",
            Self::Glyphs => "glyphs",
            Self::Lines => "lines",
            Self::Tables => "tables",
            Self::Blocks => "blocks",
            Self::Furniture => "furniture",
            Self::Exhibits => "exhibits",
            Self::Links => "links",
        }
    }

    /// Whether its boxes come from the document tree, not from the page's content.
    pub(crate) fn of_document(self) -> bool {
        matches!(self, Self::Lines | Self::Tables | Self::Blocks | Self::Furniture | Self::Exhibits)
    }

    /// Width of its outline in points; wider for what holds the rest.
    fn stroke(self) -> f32 {
        match self {
            Self::Exhibits | Self::Blocks | Self::Tables | Self::Furniture | Self::Images => 1.0,
            _ => 0.5,
        }
    }

    /// How much its boxes are tinted, of 255.
    fn tint(self) -> u8 {
        match self {
            Self::Images => 30,
            Self::Shapes => 24,
            Self::Blocks | Self::Furniture => 22,
            Self::Rules => 160,
            _ => 0,
        }
    }
}

/// A colour as CSS writes it.
fn css(c: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", c.r, c.g, c.b)
}
