//! What lies on top of the panes: the help, the prompts, lists, forms and questions.

use super::action::Remark;
use super::columns::Columns;
use super::comparing::Comparing;
use super::completing::Completing;
use super::context::Context;
use super::deletion::Deletion;
use super::deliveries::Applied;
use super::editor::Editor;
use super::exporting::sheet as export;
use super::guide::Guide;
use super::links::Links;
use super::palette::Palette;
use super::piping::{Output, Source};
use super::reader::{Reader, Topic};
use super::recall::Recall;
use super::replaying::sheet::Sheet;
use super::samples::Samples;
use super::subscribing::confirm::Confirm;
use super::subscribing::fields::Fields;
use super::subscribing::form::Form;
use crate::domain::delivery::DeliveryId;
use crate::domain::filter::FilterError;
use crate::domain::ledger::Lease;

/// Something on top of the panes. The last one of the stack has the keys.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// Every key, searchable.
    Help(Help),
    /// A line to type in.
    Prompt(Prompt),
    /// Everything that can be done here.
    Palette(Box<Palette>),
    /// The question before the program ends while something is under way.
    Quitting,
    /// The first steps of somebody new.
    Guide(Box<Guide>),
    /// What can be read about a delivery.
    Links(Links),
    /// The samples that can be sent.
    Samples(Samples),
    /// The columns of the stream.
    Columns(Columns),
    /// Two answers.
    Comparison(Box<Comparing>),
    /// Something to read.
    Reader(Box<Reader>),
    /// What a command printed that a body was piped to.
    Output(Box<Output>),
    /// A subscription or a request sheet to fill in.
    Form(Box<Form>),
    /// A plan of a replay to fill in.
    Replay(Box<Sheet>),
    /// An order of an export to fill in.
    Export(Box<export::Sheet>),
    /// A question before something is sent; the form or sheet that it came from lies below it.
    Confirm(Box<Confirm>),
    /// A question before deliveries are deleted.
    Deletion(Deletion),
    /// The question about leases that a former run left open.
    Leases(Vec<Lease>),
}

/// The help. What is typed narrows it down.
#[derive(Clone, Debug)]
pub struct Help {
    /// What to look for.
    pub editor: Editor,
    /// The first line in sight.
    pub scroll: usize,
    /// Where it was asked for: what works there stands first.
    pub context: Context,
}

/// A line to type in.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// The line.
    pub editor: Editor,
    /// What it is for.
    pub purpose: Purpose,
    /// What may stand at the end of the line.
    pub completing: Box<Completing>,
}

impl Prompt {
    /// Whether commands are typed in it.
    #[must_use]
    pub fn is_of_commands(&self) -> bool {
        matches!(self.purpose, Purpose::Command { .. })
    }
}

/// What a prompt is for.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// A filter, which takes effect while it is typed.
    Filter {
        /// The mistake in the text, if there is one; the last good filter stays in effect.
        mistake: Option<FilterError>,
        /// The filter to go back to.
        before: Applied,
        /// The delivery to stay at; none if the newest one was followed then.
        anchor: Option<DeliveryId>,
    },
    /// What is written about a delivery.
    Comment {
        /// The delivery.
        of: DeliveryId,
        /// Which part of it.
        remark: Remark,
    },
    /// A command, which takes effect when it is accepted.
    Command {
        /// What is wrong with what was accepted.
        mistake: Option<String>,
        /// The commands of before.
        recall: Recall,
    },
    /// A command that a body is piped to.
    Pipe {
        /// The body.
        source: Source,
        /// The commands of before.
        recall: Recall,
    },
    /// Text to find in the pane that has the focus.
    Search {
        /// Whether it is there.
        found: bool,
    },
}

impl Overlay {
    /// The context of its keys.
    #[must_use]
    pub fn context(&self) -> Context {
        match self {
            Self::Help(_) => Context::Help,
            Self::Prompt(_) => Context::Prompt,
            Self::Palette(_) => Context::Palette,
            Self::Quitting => Context::Quitting,
            Self::Guide(guide) => guide.context(),
            Self::Links(_) => Context::Links,
            Self::Samples(_) => Context::Samples,
            Self::Columns(_) => Context::Columns,
            Self::Comparison(_) => Context::Comparison,
            Self::Reader(reader) => match reader.topic {
                Topic::Notices | Topic::Connections => Context::Log,
                Topic::Overview | Topic::Timeline => Context::Reader,
            },
            Self::Output(_) => Context::Output,
            Self::Form(form) => form.fields.context(),
            Self::Replay(sheet) => sheet.context(),
            Self::Export(sheet) => sheet.context(),
            Self::Confirm(_) => Context::Confirm,
            Self::Deletion(_) => Context::Deletion,
            Self::Leases(_) => Context::Leases,
        }
    }

    /// Whether it shows something that runs, and how long.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Output(output) if output.ending().is_none())
    }

    /// Its fields, if it is a form.
    pub fn fields_mut(&mut self) -> Option<&mut Fields> {
        match self {
            Self::Form(form) => Some(&mut form.fields),
            Self::Replay(sheet) => Some(&mut sheet.fields),
            Self::Export(sheet) => Some(&mut sheet.fields),
            _ => None,
        }
    }

    /// Its text field, to type in, if it has one.
    pub fn editor_mut(&mut self) -> Option<&mut Editor> {
        match self {
            Self::Help(help) => Some(&mut help.editor),
            Self::Samples(samples) => Some(&mut samples.editor),
            Self::Prompt(prompt) => Some(&mut prompt.editor),
            Self::Palette(palette) => Some(&mut palette.editor),
            Self::Guide(guide) => guide.editor_mut(),
            Self::Quitting
            | Self::Links(_)
            | Self::Columns(_)
            | Self::Comparison(_)
            | Self::Reader(_)
            | Self::Output(_)
            | Self::Form(_)
            | Self::Replay(_)
            | Self::Export(_)
            | Self::Confirm(_)
            | Self::Deletion(_)
            | Self::Leases(_) => None,
        }
    }
}
