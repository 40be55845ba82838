//! `content/site.toml` → `Config`.

pub mod colour;
mod key;
pub mod privacy;
pub(crate) mod rules;
mod sealed;

use jiff::civil::Date;
use toml::de::DeTable;
use url::Url;

use crate::diagnostic::{Diagnostics, Lang, Level, Levels, Reported, Rule, Severity, Span, Spanned, Text, text};
use crate::fields::rules::{bad_value, unknown_field::nearest};
use crate::fields::{Asked, Contact, Email, Fields, FileName, WebUrl, Year, choices};
use crate::signing::PublicKey;
use crate::source::{Source, SourcePath, Sources};
use crate::thai::digits::Digits;
use colour::Colour;
use privacy::Allowance;
use rules::{level_too_low, no_settings, unknown_rule};
pub use sealed::{Endpoint, Sealed};

/// Where the settings are.
pub const PATH: &str = "content/site.toml";

/// The settings of a site.
#[derive(Debug, Clone)]
pub struct Config {
    /// The agency whose site it is.
    pub agency: Agency,
    /// Address of the published site; ends with `/`.
    pub base_url: Url,
    /// The year whose form the site answers.
    pub fiscal_year: Spanned<Year>,
    /// Earlier years whose forms stay on the site.
    pub past_years: Vec<Spanned<Year>>,
    /// Folder name under `themes/`.
    pub theme: Spanned<String>,
    /// The agency's colour, in place of the theme's.
    pub colour: Option<Colour>,
    /// Language of the interface.
    pub language: Lang,
    /// Digits on the pages.
    pub digits: Digits,
    /// A line on every page.
    pub notice: Option<Text>,
    /// Addresses that moved.
    pub redirects: Vec<Redirect>,
    /// The licence of the open data; none is stated when absent.
    pub license: Option<License>,
    /// Who to tell of a hole in the site's security, for `security.txt`.
    pub security: Option<Security>,
    /// Whether what is published when is noted in the history.
    pub keeps_history: bool,
    /// Keys that the agency signs what it publishes with.
    pub signing_keys: Vec<Spanned<PublicKey>>,
    /// Who can open sealed reports; there is no page for them when absent.
    pub sealed: Option<Sealed>,
    /// What may be published although it points at a person.
    pub privacy: Vec<Allowance>,
    /// Levels of rules.
    pub levels: Levels,
    /// The settings could not be read: these stand in for them, and nothing is said about the form.
    pub is_stand_in: bool,
}

/// An address that moved.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// Old path, from the site's root: `/old/`.
    pub from: Spanned<String>,
    /// New path, or an address on another host.
    pub to: Spanned<String>,
}

/// A licence.
#[derive(Debug, Clone)]
pub struct License {
    /// Its id or name: `CC-BY-4.0`.
    pub name: String,
    /// Where its text is.
    pub url: WebUrl,
}

/// Who to tell of a hole in the site's security.
#[derive(Debug, Clone)]
pub struct Security {
    /// Where to write.
    pub contact: Email,
    /// Last day on which that is true.
    pub expires: Date,
}

/// The agency whose site it is.
#[derive(Debug, Clone)]
pub struct Agency {
    /// Name in Thai.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Its seal: a picture beside `site.toml`.
    pub seal: Option<Spanned<FileName>>,
    /// Kind of agency; some requirements are for local governments only.
    pub kind: AgencyKind,
    /// Postal address.
    pub address: Option<String>,
    /// The same in English.
    pub address_en: Option<String>,
    /// Telephone.
    pub phone: Option<Contact>,
    /// E-mail.
    pub email: Option<Email>,
    /// Address of a map.
    pub map: Option<Spanned<WebUrl>>,
    /// Where the table is.
    pub span: Span,
}

choices! {
    /// Kind of agency.
    AgencyKind {
        /// เทศบาลนคร.
        CityMunicipality = "city-municipality",
        /// เทศบาลเมือง.
        TownMunicipality = "town-municipality",
        /// เทศบาลตำบล.
        SubdistrictMunicipality = "subdistrict-municipality",
        /// องค์การบริหารส่วนตำบล.
        SubdistrictOrganisation = "subdistrict-organisation",
        /// องค์การบริหารส่วนจังหวัด.
        ProvincialOrganisation = "provincial-organisation",
        /// Department of the central government.
        Department = "department",
        /// Province.
        Province = "province",
        /// University.
        University = "university",
        /// State enterprise.
        StateEnterprise = "state-enterprise",
        /// Any other agency.
        Other = "other",
    }
}

choices! {
    /// A language a site can have.
    Language { /// Thai.
        Th = "th", /// English.
        En = "en" }
}

choices! {
    /// Digits a site can show.
    DigitChoice { /// 0–9.
        Arabic = "arabic", /// ๐–๙.
        Thai = "thai" }
}

choices! {
    /// A level for a rule.
    LevelChoice { /// Do not report.
        Ignore = "ignore", /// Report and publish.
        Warn = "warn", /// Report and do not publish.
        Error = "error" }
}

impl Agency {
    /// Where the seal is.
    pub fn seal_path(&self) -> Option<SourcePath> {
        self.seal.as_ref().and_then(|seal| SourcePath::new(PATH).sibling(&seal.value.0))
    }
}

impl AgencyKind {
    /// Whether it is a local government (องค์กรปกครองส่วนท้องถิ่น).
    pub fn is_local(self) -> bool {
        matches!(
            self,
            AgencyKind::CityMunicipality
                | AgencyKind::TownMunicipality
                | AgencyKind::SubdistrictMunicipality
                | AgencyKind::SubdistrictOrganisation
                | AgencyKind::ProvincialOrganisation
        )
    }
}

/// Reads the settings. What is broken is reported and stood in for, so that the other files are checked too.
pub fn read(sources: &Sources, known_rules: &[&'static Rule], diagnostics: &mut Diagnostics) -> Config {
    let config = read_settings(sources, &SourcePath::new(PATH), known_rules, diagnostics);
    sealed::check_secrets(sources, diagnostics);
    config
}

fn read_settings(sources: &Sources, path: &SourcePath, known_rules: &[&'static Rule], diagnostics: &mut Diagnostics) -> Config {
    let Some(Source::Text { text, invalid_at }) = sources.get(path) else {
        no_settings::report(sources, path, diagnostics);
        return stand_in(path);
    };
    if invalid_at.is_some() || text.trim().is_empty() {
        return stand_in(path);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let broken = !errors.is_empty();
    // `parse` reports encoding and syntax of every TOML file; here the fields count.
    let mut found = Diagnostics::default();
    let mut fields = Fields::new(table.get_ref(), path, 0, Span::file(path), &mut found);
    let config = read_fields(&mut fields, path, known_rules);
    fields.finish();
    if broken {
        return stand_in(path);
    }
    diagnostics.append(found);
    config
}

/// The fields of `site.toml`, for its documentation.
pub fn asked() -> Vec<Asked> {
    Fields::record(&|fields: &mut Fields| {
        read_fields(fields, &SourcePath::new(PATH), &[]);
        Ok(())
    })
}

fn read_fields(fields: &mut Fields, path: &SourcePath, known_rules: &[&'static Rule]) -> Config {
    let base_url = fields.required_spanned::<String>("base_url");
    let fiscal_year = fields.required_spanned::<Year>("fiscal_year");
    let past_years = fields.list::<Year>("past_years");
    let theme = fields.optional_spanned::<String>("theme");
    let colour = fields.optional::<Colour>("colour");
    let language = fields.optional::<Language>("language");
    let digits = fields.optional::<DigitChoice>("digits");
    let notice = fields.optional::<Text>("notice");
    let history = fields.optional::<bool>("history");
    let signing_keys = fields.list::<PublicKey>("signing_keys");
    let redirects = fields.tables("redirects", read_redirects);
    let license = fields.tables("open_data", read_license);
    let security = fields.tables("security", read_security);
    let sealed = fields.tables("sealed", sealed::read);
    let privacy = fields.tables("privacy", Allowance::read);
    let levels = fields.tables("rules", |rules| read_levels(rules, known_rules));
    let agency = fields.table("agency", |agency| read_agency(agency, path));
    let base_url = base_url.and_then(|typed| check_base_url(typed, fields.diagnostics()));
    // What is broken is reported; the rest stays, so that the other files are checked against it.
    let stand_in = stand_in(path);
    let is_stand_in = agency.is_err() || fiscal_year.is_err();
    Config {
        agency: agency.unwrap_or(stand_in.agency),
        base_url: base_url.unwrap_or(stand_in.base_url),
        fiscal_year: fiscal_year.unwrap_or(stand_in.fiscal_year),
        past_years: past_years.unwrap_or_default(),
        theme: theme.ok().flatten().unwrap_or(stand_in.theme),
        colour: colour.ok().flatten(),
        language: if language.ok().flatten() == Some(Language::En) { Lang::En } else { Lang::Th },
        digits: if digits.ok().flatten() == Some(DigitChoice::Thai) { Digits::Thai } else { Digits::Arabic },
        notice: notice.ok().flatten(),
        redirects: redirects.ok().and_then(|mut redirects| redirects.pop()).unwrap_or_default(),
        license: license.ok().and_then(|mut licenses| licenses.pop()),
        security: security.ok().and_then(|mut contacts| contacts.pop()),
        keeps_history: history.ok().flatten().unwrap_or(true),
        signing_keys: signing_keys.unwrap_or_default(),
        sealed: sealed.ok().and_then(|mut sealed| sealed.pop()),
        privacy: privacy.unwrap_or_default(),
        levels: levels.ok().and_then(|mut levels| levels.pop()).unwrap_or_default(),
        is_stand_in,
    }
}

fn read_agency(fields: &mut Fields, path: &SourcePath) -> Result<Agency, Reported> {
    let name = fields.required_spanned::<String>("name");
    let name_en = fields.required("name_en");
    let seal = fields.optional_spanned("seal");
    let kind = fields.required("kind");
    let address = fields.optional("address");
    let address_en = fields.optional("address_en");
    let phone = fields.optional("phone");
    let email = fields.optional("email");
    let map = fields.optional_spanned("map");
    let name = name?;
    Ok(Agency {
        span: Span { path: path.clone(), bytes: name.span.bytes },
        name: name.value,
        name_en: name_en?,
        seal: seal?,
        kind: kind?,
        address: address?,
        address_en: address_en?,
        phone: phone?,
        email: email?,
        map: map?,
    })
}

fn read_redirects(fields: &mut Fields) -> Result<Vec<Redirect>, Reported> {
    fields.entries::<String>().into_iter().map(|(from, to)| Ok(Redirect { from, to: to? })).collect()
}

fn read_license(fields: &mut Fields) -> Result<License, Reported> {
    let name = fields.required("license");
    let url = fields.required("license_url");
    Ok(License { name: name?, url: url? })
}

fn read_security(fields: &mut Fields) -> Result<Security, Reported> {
    let contact = fields.required("contact");
    let expires = fields.required("expires");
    Ok(Security { contact: contact?, expires: expires? })
}

fn read_levels(fields: &mut Fields, known_rules: &[&'static Rule]) -> Result<Levels, Reported> {
    let entries = fields.entries::<LevelChoice>();
    let mut levels = Vec::new();
    for (key, level) in entries {
        let rule = known_rules.iter().find(|rule| rule.name == key.value || rule.code == key.value);
        let level = level?.value;
        match rule {
            None => {
                let names: Vec<&str> = known_rules.iter().map(|rule| rule.name).collect();
                unknown_rule::report(&key, nearest(&key.value, &names), fields.diagnostics());
            }
            Some(rule) if rule.severity == Severity::Error && level != LevelChoice::Error => {
                level_too_low::report(&key, fields.diagnostics());
                continue;
            }
            Some(_) => {}
        }
        let level = match level {
            LevelChoice::Ignore => Level::Ignore,
            LevelChoice::Warn => Level::Warn,
            LevelChoice::Error => Level::Error,
        };
        levels.push((key.value, level));
    }
    Ok(Levels(levels))
}

fn check_base_url(typed: Spanned<String>, diagnostics: &mut Diagnostics) -> Result<Url, Reported> {
    let mut text = typed.value.clone();
    if !text.ends_with('/') {
        text.push('/');
    }
    match Url::parse(&text) {
        Ok(url)
            if matches!(url.scheme(), "http" | "https")
                && url.username().is_empty()
                && url.query().is_none()
                && url.fragment().is_none() =>
        {
            Ok(url)
        }
        _ => {
            let typed_text = typed.value;
            let problem = bad_value::RULE
                .at(typed.span, text!(th: "`{typed_text}` ไม่ใช่ที่อยู่เว็บไซต์", en: "`{typed_text}` is not the address of a site"))
                .help(text!(th: "พิมพ์เช่น \"https://www.example.go.th/\"", en: "type it like \"https://www.example.go.th/\""));
            Err(diagnostics.push(problem))
        }
    }
}

/// Stands in for settings that could not be read; the problem is reported, so nothing is published with it.
fn stand_in(path: &SourcePath) -> Config {
    let span = Span::file(path);
    let agency = Agency {
        name: "?".to_owned(),
        name_en: "?".to_owned(),
        seal: None,
        kind: AgencyKind::Other,
        address: None,
        address_en: None,
        phone: None,
        email: None,
        map: None,
        span: span.clone(),
    };
    Config {
        agency,
        base_url: Url::parse("https://stand-in.invalid/").expect("a constant URL parses"),
        fiscal_year: Spanned { value: Year::STAND_IN, span: span.clone() },
        past_years: Vec::new(),
        theme: Spanned { value: "default".to_owned(), span },
        colour: None,
        language: Lang::Th,
        digits: Digits::Arabic,
        notice: None,
        redirects: Vec::new(),
        license: None,
        security: None,
        keeps_history: false,
        signing_keys: Vec::new(),
        sealed: None,
        privacy: Vec::new(),
        levels: Levels::default(),
        is_stand_in: true,
    }
}
