//! The gallery: every component of a theme with its examples, for those who make one. Shown by `serve`, never published.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tera::Context;

use super::finish::Finisher;
use super::show::Show;
use super::theme::Theme;
use super::view;
use crate::diagnostic::Diagnostics;
use crate::site::Site;
use crate::source::Sources;

/// A component and its examples.
#[derive(Debug, Serialize)]
pub struct Component {
    /// Name of its folder: `person-card`.
    pub name: String,
    /// Its examples, in order.
    pub examples: Vec<Shown>,
}

/// An example, rendered.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// What it shows.
    pub name: String,
    /// The HTML that the component makes of it.
    pub html: String,
}

/// `example.toml` of a component.
#[derive(Deserialize)]
struct Examples {
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    name: String,
    #[serde(default)]
    args: BTreeMap<String, serde_json::Value>,
}

/// The gallery as a page of the site; problems of the theme are the build's to report, and then there is none.
pub fn page(site: &Site, sources: &Sources) -> Option<String> {
    let theme = Theme::load(sources, site, &mut Diagnostics::default())?;
    let qrs = BTreeMap::new();
    let show = Show::new(site, &theme, &qrs);
    let html = theme.page(&view::gallery(&show, &components(&theme).ok()?)).ok()?;
    String::from_utf8(Finisher::new(site).set(&html, site.config.language)).ok()
}

/// Every component of a theme that has examples, with these rendered.
///
/// # Errors
/// The component and the example that cannot be read or rendered, with the reason.
pub fn components(theme: &Theme) -> Result<Vec<Component>, String> {
    theme.examples.iter().map(|(name, text)| component(theme, name, text)).collect()
}

fn component(theme: &Theme, name: &str, text: &str) -> Result<Component, String> {
    let examples: Examples = toml::from_str(text).map_err(|error| format!("{name}: {error}"))?;
    let show = |Example { name: example, args }: Example| {
        let arguments = Context::from_serialize(&args).map_err(|error| format!("{name}, {example}: {error}"))?;
        let html = theme.component(&name.replace('-', "_"), &arguments);
        let html = html.map_err(|error| format!("{name}, {example}: {error}"))?.trim().to_owned();
        Ok(Shown { name: example, html })
    };
    let examples: Result<Vec<Shown>, String> = examples.example.into_iter().map(show).collect();
    Ok(Component { name: name.to_owned(), examples: examples? })
}
