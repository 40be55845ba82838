//! `Preview`: single pages of a site, each rendered when somebody asks for it; what `serve` shows while the rest is still being made.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::finish::Finisher;
use super::qr::Qr;
use super::show::Show;
use super::theme::Theme;
use super::view;
use crate::diagnostic::Diagnostics;
use crate::site::Site;
use crate::site::url::{Page, UrlPath};
use crate::source::Sources;
use crate::thai::FiscalYear;

/// What pages are rendered with: it does not depend on Markdown documents.
struct Look {
    theme: Theme,
    qrs: BTreeMap<FiscalYear, Qr>,
}

/// A site that pages can be rendered of, one by one, the same as a build renders them.
pub struct Preview {
    site: Site,
    look: Arc<Look>,
    /// What was found before the site was checked.
    found: Diagnostics,
    checked: OnceLock<(Site, Diagnostics)>,
}

impl Preview {
    /// A preview of an assembled site, given what was found in it; `None` when its theme cannot be used.
    pub fn new(site: Site, sources: &Sources, found: &Diagnostics) -> Option<Preview> {
        let theme = Theme::load(sources, &site, &mut Diagnostics::default())?;
        let qrs = super::codes(&site, &mut Diagnostics::default());
        Some(Preview { site, look: Arc::new(Look { theme, qrs }), found: found.clone(), checked: OnceLock::new() })
    }

    /// What is wrong with a site's theme, so that there is no preview.
    pub fn problems_of_theme(site: &Site, sources: &Sources) -> Diagnostics {
        let mut found = Diagnostics::default();
        let _ = Theme::load(sources, site, &mut found);
        found
    }

    /// A preview of the same site after nothing changed but Markdown documents.
    #[must_use]
    pub fn after(&self, site: Site, found: &Diagnostics) -> Preview {
        Preview { site, look: Arc::clone(&self.look), found: found.clone(), checked: OnceLock::new() }
    }

    /// The site checked, with everything that was found.
    pub fn checked(&self) -> &(Site, Diagnostics) {
        self.checked.get_or_init(|| {
            let (mut site, mut found) = (self.site.clone(), self.found.clone());
            crate::check(&mut site, &mut found);
            (site, found)
        })
    }

    /// The page at a path from the site's root: `/executives/`. `None` when there is none, or it needs all other pages.
    pub fn page(&self, path: &str) -> Option<Vec<u8>> {
        let (url, page) = self.site.pages.get_key_value(&UrlPath::at(path)).filter(|(url, _)| url.as_str() == path)?;
        let site = match page {
            // They tell of all other pages.
            Page::Answers(_) | Page::Data | Page::SiteIndex => return None,
            // They tell how far the site meets the form, which problems count against.
            Page::Home | Page::Forms | Page::Form(_) | Page::Item(..) | Page::Trace(_) => &self.checked().0,
            _ => &self.site,
        };
        let show = Show::new(site, &self.look.theme, &self.look.qrs);
        let html = self.look.theme.page(&view::of(&show, url, page)).ok()?;
        Some(Finisher::new(site).set(&html, show.lang()))
    }

    /// Path of the site on its host, with `/` at both ends: `/ita/`.
    pub fn base(&self) -> &str {
        self.site.config.base_url.path()
    }
}
