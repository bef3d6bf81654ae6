//! A page on its way to blocks: its lines, its drawings, and which line has been given which part to play.

use hakusho_model::{PageContent, Rect};

use crate::drawings::{Drawing, drawings};
use crate::line::TextLine;
use crate::styles::Styles;

/// What a line has been found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Body, until shown otherwise.
    Flow,
    /// Part of the exhibit with that index on the page.
    Exhibit(usize),
    /// In the footnote zone.
    Footnote,
    /// Part of the heading group with that index on the page.
    Heading(usize),
    /// Inside the box with that index on the page.
    Boxed(usize),
}

/// A page with its lines and their roles.
pub(crate) struct Page<'a> {
    pub(crate) content: &'a PageContent,
    pub(crate) lines: Vec<TextLine>,
    pub(crate) roles: Vec<Role>,
    pub(crate) drawings: Vec<Drawing>,
    /// Frame of the body text.
    pub(crate) frame: Rect,
    /// Narrow gutters between columns.
    pub(crate) gutters: Vec<Rect>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(content: &'a PageContent, lines: Vec<TextLine>, gutters: Vec<Rect>, styles: &Styles) -> Self {
        let roles = vec![Role::Flow; lines.len()];
        let frame = styles.frame(content.index);
        Self { drawings: drawings(content), content, lines, roles, frame, gutters }
    }

    /// Indexes of the lines with that role.
    pub(crate) fn with_role(&self, role: Role) -> impl Iterator<Item = usize> + '_ {
        (0..self.lines.len()).filter(move |&i| self.roles[i] == role)
    }

    /// Whether most of the box lies in a drawing that is a figure.
    pub(crate) fn in_figure(&self, bbox: &Rect) -> bool {
        self.drawings.iter().any(|d| d.is_figure() && d.bbox.intersection(bbox).area() > 0.6 * bbox.area())
    }
}
