//! A table as a grid of texts, its spans filled in.

use hakusho_model::Table;

/// The texts of a table by row and column.
pub(super) fn grid(table: &Table) -> Vec<Vec<String>> {
    let mut grid: Vec<Vec<Option<String>>> = vec![Vec::new(); table.rows.len()];
    for (r, row) in table.rows.iter().enumerate() {
        let mut c = 0;
        for cell in row {
            while grid[r].get(c).is_some_and(Option::is_some) {
                c += 1;
            }
            for line in grid.iter_mut().skip(r).take(cell.row_span.max(1) as usize) {
                let width = c + cell.col_span.max(1) as usize;
                line.resize(line.len().max(width), None);
                line[c..width].fill(Some(cell.text.clone()));
            }
        }
    }
    grid.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
}
