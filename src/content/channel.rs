//! `channels/*.md`: a way to reach the agency.

use jiff::civil::Date;

use crate::diagnostic::{Reported, Spanned};
use crate::fields::{Contact, Email, Fields, WebUrl, choices};

choices! {
    /// What a channel is for.
    ChannelKind {
        /// Reports of corruption by the agency's own officials.
        Whistleblower = "whistleblower",
        /// General complaints.
        Complaint = "complaint",
        /// Questions and answers.
        Question = "question",
        /// Social network.
        Social = "social",
        /// General contact.
        Contact = "contact",
    }
}

/// One channel.
#[derive(Debug, Clone)]
pub struct Channel {
    /// Title.
    pub title: String,
    /// What it is for.
    pub kind: ChannelKind,
    /// Online form or page.
    pub url: Option<Spanned<WebUrl>>,
    /// Telephone.
    pub phone: Option<Spanned<Contact>>,
    /// E-mail.
    pub email: Option<Spanned<Email>>,
    /// Address for letters.
    pub post: Option<String>,
    /// Where to come in person.
    pub walk_in: Option<String>,
    /// When it is open.
    pub hours: Option<String>,
    /// Whether no name is needed.
    pub anonymous: Option<Spanned<bool>>,
    /// Whether answers come back on the same channel.
    pub two_way: Option<bool>,
    /// How the person who reports is protected, a sentence each.
    pub protection: Vec<Spanned<String>>,
    /// What happens to a report.
    pub steps: Vec<ServiceStep>,
    /// How to follow a report up, a sentence each.
    pub follow_up: Vec<Spanned<String>>,
    /// Laws that protect the person who reports.
    pub laws: Vec<Law>,
}

/// A law, as the agency sums it up.
#[derive(Debug, Clone)]
pub struct Law {
    /// Its name.
    pub title: String,
    /// What it says, in plain words.
    pub text: String,
    /// Day it was published.
    pub date: Option<Date>,
    /// Where it can be read.
    pub url: Option<WebUrl>,
}

/// One step of handling a report.
#[derive(Debug, Clone)]
pub struct ServiceStep {
    /// What happens.
    pub text: String,
    /// Days it takes at most.
    pub days: Option<u32>,
}

impl Channel {
    /// Whether it says how the person who reports is protected; "none" is no protection.
    pub fn is_protected(&self) -> bool {
        self.protection.iter().any(|text| !text.value.trim().eq("ไม่มี"))
    }

    pub(super) fn read(fields: &mut Fields) -> Result<Channel, Reported> {
        let title = fields.required("title");
        let kind = fields.required("kind");
        let url = fields.optional_spanned("url");
        let phone = fields.optional_spanned("phone");
        let email = fields.optional_spanned("email");
        let post = fields.optional("post");
        let walk_in = fields.optional("walk_in");
        let hours = fields.optional("hours");
        let anonymous = fields.optional_spanned("anonymous");
        let two_way = fields.optional("two_way");
        let protection = fields.list("protection");
        let steps = fields.tables("step", |step| {
            let text = step.required("text");
            let days = step.optional("days");
            Ok(ServiceStep { text: text?, days: days? })
        });
        let follow_up = fields.list("follow_up");
        let laws = fields.tables("law", |law| {
            let (title, text) = (law.required("title"), law.required("text"));
            let (date, url) = (law.optional("date"), law.optional("url"));
            Ok(Law { title: title?, text: text?, date: date?, url: url? })
        });
        Ok(Channel {
            title: title?,
            kind: kind?,
            url: url?,
            phone: phone?,
            email: email?,
            post: post?,
            walk_in: walk_in?,
            hours: hours?,
            anonymous: anonymous?,
            two_way: two_way?,
            protection: protection?,
            steps: steps?,
            follow_up: follow_up?,
            laws: laws?,
        })
    }
}
