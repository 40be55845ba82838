//! Where on the web an address lies: on a drive, a social network, behind a short link, on a test system, inside the office.

use url::{Host, Url};

use super::Site;

/// A kind of place that is not the agency's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Cloud drives: the owner's account decides who may look, and a file may be moved or deleted there.
    Drive,
    /// Forms and sites in an account of a company: they end with the account of whoever made them.
    Form,
    /// Social networks and chats: they ask to sign in, and posts sink.
    Social,
    /// Shortened links: nobody sees where they lead, and the service may end (goo.gl did).
    Shortener,
    /// Test systems: they are switched off, and hold data that is not final.
    Staging,
    /// Machines that only the office reaches.
    Private,
}

/// Hosts by kind; a host stands for its subdomains, too.
const HOSTS: &[(Place, &[&str])] = &[
    (
        Place::Drive,
        &[
            "drive.google.com",
            "docs.google.com",
            "photos.google.com",
            "photos.app.goo.gl",
            "onedrive.live.com",
            "1drv.ms",
            "sharepoint.com",
            "dropbox.com",
            "dropboxusercontent.com",
            "mediafire.com",
            "mega.nz",
            "icloud.com",
            "wetransfer.com",
        ],
    ),
    (Place::Form, &["forms.gle", "sites.google.com", "forms.office.com", "forms.cloud.microsoft", "forms.microsoft.com"]),
    (
        Place::Social,
        &[
            "facebook.com",
            "fb.com",
            "fb.me",
            "fb.watch",
            "m.me",
            "messenger.com",
            "line.me",
            "lin.ee",
            "tiktok.com",
            "x.com",
            "twitter.com",
            "instagram.com",
            "t.me",
            "discord.gg",
            "discord.com",
        ],
    ),
    (
        Place::Shortener,
        &[
            "bit.ly",
            "bitly.ws",
            "goo.gl",
            "tinyurl.com",
            "shorturl.at",
            "shorturl.asia",
            "t.co",
            "qr.page",
            "cutt.ly",
            "t.ly",
            "is.gd",
            "rb.gy",
            "s.id",
            "ow.ly",
            "rebrand.ly",
            "me-qr.com",
            "qrco.de",
            "citly.me",
            "tiny.cc",
        ],
    ),
];

/// Short links that are no disguise: a map is where Google Maps shares it.
const MAPS: [&str; 2] = ["maps.app.goo.gl", "goo.gl/maps"];

/// First labels of test systems.
const STAGING: [&str; 6] = ["test", "dev", "staging", "uat", "demo", "beta"];

/// What kind of place an address leads to; `None` for the site itself, and for places that are not known to be a risk.
pub(crate) fn place(site: &Site, address: &str) -> Option<Place> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    if url.host() == site.config.base_url.host() {
        return None;
    }
    match url.host()? {
        Host::Ipv4(ip) => (ip.is_loopback() || ip.is_private() || ip.is_link_local()).then_some(Place::Private),
        Host::Ipv6(ip) => (ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()).then_some(Place::Private),
        Host::Domain(host) => of_host(host, url.path(), site.config.base_url.domain().unwrap_or_default()),
    }
}

fn of_host(host: &str, path: &str, own: &str) -> Option<Place> {
    let is_in = |domain: &str| host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    if MAPS.iter().any(|map| format!("{host}{path}").starts_with(map)) {
        return None;
    }
    // The more exact host comes first: `photos.app.goo.gl` is no shortener.
    if let Some((place, _)) = HOSTS.iter().find(|(_, hosts)| hosts.iter().any(|domain| is_in(domain))) {
        let is_form = host == "docs.google.com" && path.starts_with("/forms");
        return Some(if is_form { Place::Form } else { *place });
    }
    if !host.contains('.') || ["localhost", "internal", "local"].iter().any(|domain| is_in(domain)) {
        return Some(Place::Private);
    }
    // A test site of somebody else, such as `demo.example.com`, may be what the text is about.
    let (first, rest) = host.split_once('.')?;
    let own = own.strip_prefix("www.").unwrap_or(own);
    let is_thai_or_own = is_in("th") || rest == own || own.ends_with(&format!(".{rest}"));
    (is_in("test") || STAGING.contains(&first) && is_thai_or_own).then_some(Place::Staging)
}

#[cfg(test)]
mod tests {
    use super::{Place, of_host};

    #[test]
    fn hosts_are_known_by_their_domain() {
        let of = |host, path| of_host(host, path, "www.example.go.th");
        for (host, path, expected) in [
            ("drive.google.com", "/file/d/1", Some(Place::Drive)),
            ("docs.google.com", "/forms/d/1", Some(Place::Form)),
            ("agency.sharepoint.com", "/", Some(Place::Drive)),
            ("www.facebook.com", "/agency", Some(Place::Social)),
            ("goo.gl", "/x", Some(Place::Shortener)),
            ("goo.gl", "/maps/x", None),
            ("maps.app.goo.gl", "/x", None),
            ("photos.app.goo.gl", "/x", Some(Place::Drive)),
            ("test.example.go.th", "/", Some(Place::Staging)),
            ("agency.test", "/", Some(Place::Staging)),
            ("demo.example.com", "/", None),
            ("intranet", "/", Some(Place::Private)),
            ("files.office.local", "/", Some(Place::Private)),
            ("www.youtube.com", "/watch", None),
            ("netflix.com", "/", None),
            ("contest.example.go.th", "/", None),
            ("www.example.go.th", "/", None),
        ] {
            assert_eq!(of(host, path), expected, "{host}{path}");
        }
    }
}
