//! Which hosts are asked: those of the public internet, by name and by the address that the name stands for.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// Top-level names that no public host has (RFC 2606, RFC 6761, RFC 6762; `internal` by ICANN, `lan` and `home` by habit).
const LOCAL_NAMES: [&str; 9] = ["example", "home", "internal", "invalid", "lan", "local", "localhost", "onion", "test"];

/// Looks up names like the system does, and keeps the addresses that may be asked.
#[derive(Debug, Default)]
pub(super) struct PublicResolver {
    system: DefaultResolver,
    allow_local: bool,
}

/// A name that stands for addresses of a local network only.
#[derive(Debug)]
pub(super) struct LocalHost;

impl fmt::Display for LocalHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a host of a local network")
    }
}

impl std::error::Error for LocalHost {}

impl PublicResolver {
    pub(super) fn new(allow_local: bool) -> PublicResolver {
        PublicResolver { system: DefaultResolver::default(), allow_local }
    }
}

impl Resolver for PublicResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = match self.system.resolve(uri, config, timeout) {
            // The system says in words of its own that it does not know the name.
            Err(ureq::Error::Io(_)) => return Err(ureq::Error::HostNotFound),
            found => found?,
        };
        if self.allow_local {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| !is_local_address(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() { Err(ureq::Error::Other(Box::new(LocalHost))) } else { Ok(public) }
    }
}

/// Whether the URL's host is known to be local without asking for its address: `intranet`, `files.local`, `192.168.1.5`.
pub fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let last = name.rsplit('.').next().unwrap_or_default();
            !name.contains('.') || LOCAL_NAMES.contains(&last)
        }
        Some(Host::Ipv4(address)) => is_local_address(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_local_address(IpAddr::V6(address)),
        None => true,
    }
}

/// Addresses that are not of the public internet (RFC 6890).
fn is_local_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [a, b, ..] = address.octets();
            let is_shared = a == 100 && (64..128).contains(&b);
            let is_no_host = a == 0 || address.is_multicast() || address.is_broadcast() || address.is_documentation();
            address.is_private() || address.is_loopback() || address.is_link_local() || is_shared || is_no_host
        }
        IpAddr::V6(address) => {
            let mapped = address.to_ipv4_mapped().map(IpAddr::V4);
            let is_no_host = address == Ipv6Addr::UNSPECIFIED || address.is_loopback() || address.is_multicast();
            let is_inside = address.is_unique_local() || address.is_unicast_link_local();
            mapped.is_some_and(is_local_address) || is_no_host || is_inside
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_hosts_are_known() {
        let local = ["http://intranet/", "http://nas.local/", "http://127.0.0.1:8000/", "http://192.168.1.5/", "http://[::1]/"];
        let more =
            ["http://localhost/", "http://169.254.169.254/", "http://[::ffff:10.0.0.1]/", "http://100.64.0.1/", "http://0/"];
        for url in local.into_iter().chain(more) {
            assert!(is_local(&Url::parse(url).expect("a URL")), "{url}");
        }
        for url in ["https://www.nacc.go.th/", "https://8.8.8.8/", "https://เทศบาล.ไทย/", "https://[2606:4700::1111]/"]
        {
            assert!(!is_local(&Url::parse(url).expect("a URL")), "{url}");
        }
    }
    #[test]
    fn addresses_of_names_are_looked_at_too() {
        let resolve = |allow_local| {
            let uri: Uri = "http://127.0.0.1:80/".parse().expect("an address");
            PublicResolver::new(allow_local).resolve(&uri, &Config::default(), NextTimeout::default())
        };
        assert!(resolve(true).is_ok_and(|found| found.len() == 1));
        assert!(matches!(resolve(false), Err(ureq::Error::Other(error)) if error.is::<LocalHost>()));
    }
}
