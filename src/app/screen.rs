//! Where everything stands: drawing, paging, scrolling and mouse hits all ask here, so they cannot
//! disagree.

use ratatui::layout::{Rect, Size};

use super::detail::Detail;
use super::state::{App, Focus};
use super::tab::Tab;

/// The smallest screen that is used; below it a single line says so.
pub const SMALLEST: Size = Size { width: 40, height: 10 };

/// From this width on both panes stand side by side.
pub const SIDE_BY_SIDE: u16 = 100;

/// Where everything stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The status bar, one row.
    pub title: Rect,
    /// The filter, one row; the prompt of a filter stands here too.
    pub filter: Rect,
    /// The stream, if it is in sight.
    pub stream: Option<Pane>,
    /// The detail, if it is in sight.
    pub detail: Option<Pane>,
    /// The column between the panes, if both are in sight.
    pub divider: Option<Rect>,
    /// The hints, one row; the prompt of a search stands here too.
    pub footer: Rect,
    /// Everything between filter and footer; the first screen is drawn here.
    pub middle: Rect,
    /// Where an overlay that is not a prompt stands, border included.
    pub overlay: Rect,
}

/// Where a pane stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pane {
    /// All of it.
    pub area: Rect,
    /// Its title, one row.
    pub title: Rect,
    /// The names of the columns, or the tabs: one row.
    pub head: Rect,
    /// The rows.
    pub rows: Rect,
}

impl Pane {
    fn new(area: Rect) -> Self {
        let row = |y| Rect { y: area.y + y, height: 1, ..area };
        let rows = Rect { y: area.y + 2, height: area.height - 2, ..area };
        Self { area, title: row(0), head: row(1), rows }
    }
}

/// Where everything stands on a screen of that size; none if it is too small.
#[must_use]
pub fn screen(size: Size, app: &App) -> Option<Screen> {
    if size.width < SMALLEST.width || size.height < SMALLEST.height {
        return None;
    }
    let row = |y| Rect { x: 0, y, width: size.width, height: 1 };
    let middle = Rect { x: 0, y: 2, width: size.width, height: size.height - 3 };
    let (stream, divider, detail) = panes(middle, app);
    Some(Screen {
        title: row(0),
        filter: row(1),
        stream: stream.map(Pane::new),
        detail: detail.map(Pane::new),
        divider,
        footer: row(size.height - 1),
        middle,
        overlay: centered(middle),
    })
}

fn panes(middle: Rect, app: &App) -> (Option<Rect>, Option<Rect>, Option<Rect>) {
    let side_by_side = middle.width >= SIDE_BY_SIDE && !app.zoomed;
    match app.focus {
        _ if side_by_side => {
            let width = middle.width * 9 / 20;
            let stream = Rect { width, ..middle };
            let divider = Rect { x: width, width: 1, ..middle };
            let detail = Rect { x: width + 1, width: middle.width - width - 1, ..middle };
            (Some(stream), Some(divider), Some(detail))
        }
        Focus::Stream => (Some(middle), None, None),
        Focus::Detail => (None, None, Some(middle)),
    }
}

fn centered(middle: Rect) -> Rect {
    let width = middle.width.min(76);
    let height = middle.height.min(30);
    Rect {
        x: middle.x + (middle.width - width) / 2,
        y: middle.y + (middle.height - height) / 2,
        width,
        height,
    }
}

/// Where each tab stands in the head of the detail: its title with a space on either side. Where
/// there is little room, those at the right have no width; and if the one on top would be among them,
/// those at the left instead.
#[must_use]
pub fn tabs(head: Rect, detail: &Detail) -> [Rect; Tab::ALL.len()] {
    let wanted = Tab::ALL
        .map(|tab| u16::try_from(detail.title(tab).len() + 2).unwrap_or(u16::MAX).min(head.width));
    let up_to_top = &wanted[..=detail.tab() as usize];
    let mut room = head.width;
    let fitting = up_to_top.iter().rev().take_while(|width| {
        let fits = **width <= room;
        room = room.saturating_sub(**width);
        fits
    });
    let first = up_to_top.len() - fitting.count();
    let mut x = head.x;
    let mut places = wanted.map(|_| Rect { width: 0, ..head });
    for (place, width) in places.iter_mut().zip(wanted).skip(first) {
        if width > head.right() - x {
            break;
        }
        *place = Rect { x, width, ..head };
        x += width;
    }
    places
}

#[cfg(test)]
mod tests;
