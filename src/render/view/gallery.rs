//! The gallery of components.

use serde::Serialize;

use super::{Head, View};
use crate::render::gallery::Component;
use crate::render::show::Show;
use crate::site::url::UrlPath;

#[derive(Serialize)]
struct GalleryView<'a> {
    components: &'a [Component],
}

pub(in crate::render) fn view(show: &Show, components: &[Component]) -> View {
    let head = Head::new(show, &UrlPath::of(&[]), show.t("gallery"));
    super::page(show, "pages/gallery.html", &head, &GalleryView { components })
}
