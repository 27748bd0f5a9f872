//! The options of `export` and `import`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::domain::export::Form;

/// Options of `export`.
#[derive(Args, Clone, Debug)]
pub struct ExportArguments {
    /// Only deliveries that match, such as `id:42` or `auth:refuted since:1h`
    pub filter: Vec<String>,
    /// The form of the file
    #[arg(
        long = "as",
        value_parser = forms(),
        default_value = Form::default().as_str(),
        value_name = "ndjson|har|curl|http",
        hide_possible_values = true
    )]
    pub form: Form,
    /// Put stand-ins in place of secrets and personal data, and sign afresh
    #[arg(long, conflicts_with = "reveal")]
    pub redact: bool,
    /// Write credentials in headers too
    #[arg(long)]
    pub reveal: bool,
}

/// Options of `import`.
#[derive(Args, Clone, Debug)]
pub struct ImportArguments {
    /// The file; - for standard input
    pub file: PathBuf,
    /// The endpoint that they count as sent to [default: the one that takes their path]
    #[arg(long, value_name = "NAME")]
    pub endpoint: Option<String>,
}

fn forms() -> impl TypedValueParser<Value = Form> {
    let names = PossibleValuesParser::new(Form::ALL.map(Form::as_str));
    names.try_map(|name| Form::from_name(&name).ok_or("there is no such form"))
}
