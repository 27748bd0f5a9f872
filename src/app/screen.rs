//! Where everything stands: drawing, paging, scrolling and mouse hits all ask here, so they cannot
//! disagree.

use ratatui::layout::{Rect, Size};

use super::detail::Detail;
use super::state::{App, Focus};
use super::subscribing::confirm::Confirm;
use super::tab::Tab;

/// The smallest screen that is used; below it a single line says so.
pub const SMALLEST: Size = Size { width: 40, height: 10 };

/// From this width on both panes stand side by side.
pub const SIDE_BY_SIDE: u16 = 100;

/// From this width on the attempts have a pane of their own beside the two.
pub const THREE_PANES: u16 = 180;

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
    /// The attempts, if they have a pane of their own.
    pub attempts: Option<Pane>,
    /// The column before that pane.
    pub attempts_divider: Option<Rect>,
    /// What is held, one row, if something is.
    pub held: Option<Rect>,
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

    /// A pane with nothing between its title and its rows.
    fn without_head(area: Rect) -> Self {
        let row = |y, height| Rect { y: area.y + y, height, ..area };
        Self { area, title: row(0, 1), head: row(1, 0), rows: row(1, area.height - 1) }
    }
}

impl Screen {
    /// The same screen with an overlay that is no higher than so many rows need.
    #[must_use]
    pub fn fitted(self, rows: usize) -> Self {
        let wanted = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(FRAME);
        let height = wanted.min(self.overlay.height);
        let y = self.middle.y + (self.middle.height - height) / 2;
        Self { overlay: Rect { y, height, ..self.overlay }, ..self }
    }

    /// Where what a command printed stands, in an overlay that has all of the middle.
    #[must_use]
    pub fn output(&self) -> Output {
        let inside = self.filled().inside();
        let height = inside.height.min(1);
        let rows = Rect { y: inside.y + height, height: inside.height - height, ..inside };
        Output { status: Rect { height, ..inside }, rows }
    }

    /// The same screen with an overlay that has all of the middle.
    #[must_use]
    pub fn filled(self) -> Self {
        Self { overlay: self.middle, ..self }
    }

    /// The tab of the open delivery that the detail shows: another than that with the keys, if that
    /// has a pane of its own.
    #[must_use]
    pub fn tab_of(&self, detail: &Detail) -> Tab {
        if self.attempts.is_some() { detail.beside() } else { detail.tab() }
    }

    /// Whether a tab stands in the head of the detail.
    #[must_use]
    pub fn has_tab(&self, tab: Tab) -> bool {
        tab != Tab::Attempts || self.attempts.is_none()
    }

    /// What is inside of the border of an overlay.
    #[must_use]
    pub fn inside(&self) -> Rect {
        let Rect { x, y, width, height } = self.overlay;
        let (width, height) = (width.saturating_sub(FRAME), height.saturating_sub(FRAME));
        Rect { x: x + 1, y: y + 1, width, height }
    }
}

/// Where what a command printed stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// How the command is, one row.
    pub status: Rect,
    /// What it printed.
    pub rows: Rect,
}

/// The columns and rows of the border of an overlay.
const FRAME: u16 = 2;

/// Where everything stands on a screen of that size; none if it is too small.
#[must_use]
pub fn screen(size: Size, app: &App) -> Option<Screen> {
    if size.width < SMALLEST.width || size.height < SMALLEST.height {
        return None;
    }
    let row = |y| Rect { x: 0, y, width: size.width, height: 1 };
    let held = u16::from(!app.desk.held().is_empty());
    let middle = Rect { x: 0, y: 2, width: size.width, height: size.height - 3 - held };
    let Panes { stream, divider, detail, attempts_divider, attempts } = panes(middle, app);
    Some(Screen {
        title: row(0),
        filter: row(1),
        stream: stream.map(Pane::new),
        detail: detail.map(Pane::new),
        divider,
        attempts: attempts.map(Pane::without_head),
        attempts_divider,
        held: (held > 0).then(|| row(size.height - 2)),
        footer: row(size.height - 1),
        middle,
        overlay: centered(middle),
    })
}

/// Where the subscriptions stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// The names of the columns, one row.
    pub head: Rect,
    /// The subscriptions, a row each; no rows while the record needs all of the room.
    pub rows: Rect,
    /// What is said about the selected one, below a line with its title, if that is in sight.
    pub said: Option<Rect>,
    /// Its record.
    pub record: Option<Rect>,
}

/// The rows of what is said about a subscription: a title, two of a sentence, and its target.
const SAID: u16 = 4;

/// The least rows of a record beside the list.
const RECORD_AT_LEAST: u16 = 4;

/// With fewer rows than these, a record that is read has all of them.
const BESIDE: u16 = 16;

/// Where the subscriptions of the account that is shown stand within the middle of the screen.
#[must_use]
pub fn subscriptions(middle: Rect, app: &App) -> Places {
    let account = app.subscribing.account(&app.session);
    let known = account.and_then(|account| app.subscribing.known(&account.name));
    let count = known.map_or(0, |known| u16::try_from(known.rows().len()).unwrap_or(u16::MAX));
    let is_alone = app.subscribing.reads && middle.height < BESIDE;
    let list = match () {
        () if is_alone => 0,
        () if middle.height < 1 + SAID + RECORD_AT_LEAST + 1 => middle.height,
        () => count.saturating_add(2).min(middle.height / 2).max(2),
    };
    let rest = Rect { y: middle.y + list, height: middle.height - list, ..middle };
    let (said, record) = if rest.height > 0 && count > 0 {
        let said = Rect { height: SAID.min(rest.height), ..rest };
        let record = Rect { y: said.bottom(), height: rest.height - said.height, ..rest };
        (Some(said), Some(record))
    } else {
        (None, None)
    };
    Places {
        head: Rect { height: list.min(1), ..middle },
        rows: Rect { y: middle.y + list.min(1), height: list.saturating_sub(1), ..middle },
        said,
        record,
    }
}

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The screen with the window of the question.
    pub screen: Screen,
    /// What will happen, and where it is sent.
    pub says: Rect,
    /// The rows of that which are scrolled out of sight.
    pub hidden: usize,
    /// The most rows of it that can be: none where all has room.
    pub most_hidden: usize,
    /// The body that will be sent.
    pub body: Rect,
}

/// So many rows of a body are enough to scroll in.
const ENOUGH: usize = 4;

/// Where a question stands. On a small screen, what is said can be scrolled away to make room for
/// the body.
#[must_use]
pub fn question(screen: Screen, question: &Confirm) -> Question {
    let said = question.rows(screen.inside().width).len();
    let rows = question.preview.as_ref().map_or(0, |preview| preview.body.len());
    let screen = screen.fitted(said + rows);
    let inside = screen.inside();
    let is_tight = said + rows.min(ENOUGH) > usize::from(inside.height);
    let most_hidden = if is_tight { said } else { 0 };
    let hidden = question.hidden().min(most_hidden);
    let shown = u16::try_from(said - hidden).unwrap_or(u16::MAX).min(inside.height);
    let says = Rect { height: shown, ..inside };
    let body = Rect { y: says.bottom(), height: inside.height - shown, ..inside };
    Question { screen, says, hidden, most_hidden, body }
}

/// The panes and what is between them.
#[derive(Default)]
struct Panes {
    stream: Option<Rect>,
    divider: Option<Rect>,
    detail: Option<Rect>,
    attempts_divider: Option<Rect>,
    attempts: Option<Rect>,
}

fn panes(middle: Rect, app: &App) -> Panes {
    let is_one = middle.width < SIDE_BY_SIDE || app.zoomed || app.arrangement.plain;
    match app.focus {
        Focus::Stream if is_one => return Panes { stream: Some(middle), ..Panes::default() },
        Focus::Detail if is_one => return Panes { detail: Some(middle), ..Panes::default() },
        Focus::Stream | Focus::Detail => {}
    }
    let (both, attempts_divider, attempts) = if middle.width >= THREE_PANES {
        let (both, divider, attempts) = divided(middle, middle.width * 7 / 10);
        (both, Some(divider), Some(attempts))
    } else {
        (middle, None, None)
    };
    let (stream, divider, detail) = divided(both, app.arrangement.stream_width(both.width));
    let (stream, divider, detail) = (Some(stream), Some(divider), Some(detail));
    Panes { stream, divider, detail, attempts_divider, attempts }
}

/// So many columns at the left, the one behind them, and the rest.
fn divided(area: Rect, width: u16) -> (Rect, Rect, Rect) {
    let left = Rect { width, ..area };
    let divider = Rect { x: left.right(), width: 1, ..area };
    let right = Rect { x: divider.right(), width: area.width - width - 1, ..area };
    (left, divider, right)
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
pub fn tabs(head: Rect, detail: &Detail, top: Tab) -> [Rect; Tab::ALL.len()] {
    let wanted = Tab::ALL
        .map(|tab| u16::try_from(detail.title(tab).len() + 2).unwrap_or(u16::MAX).min(head.width));
    let up_to_top = &wanted[..=top as usize];
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
