//! `executives/NN-slug.md`: one person in charge.

use jiff::civil::Date;

use crate::diagnostic::{Reported, Spanned};
use crate::fields::{Contact, Email, Fields, choices};

choices! {
    /// The two sides of a local government; other agencies have permanent executives only.
    Group {
        /// ฝ่ายการเมือง: elected or appointed by the elected.
        Political = "political",
        /// ฝ่ายประจำ: officials.
        Permanent = "permanent",
    }
}

/// One executive.
#[derive(Debug, Clone)]
pub struct Executive {
    /// Name and surname.
    pub name: Spanned<String>,
    /// Position.
    pub position: Spanned<String>,
    /// Which side.
    pub group: Group,
    /// Place in the order of rank; the number of the file name when absent.
    pub order: Option<u32>,
    /// Photo, seen from the document.
    pub photo: Option<Spanned<String>>,
    /// Telephone.
    pub phone: Option<Contact>,
    /// E-mail.
    pub email: Option<Email>,
    /// In office since.
    pub since: Option<Date>,
}

impl Executive {
    pub(super) fn read(fields: &mut Fields) -> Result<Executive, Reported> {
        let name = fields.required_spanned("name");
        let position = fields.required_spanned("position");
        let group = fields.required("group");
        let order = fields.optional("order");
        let photo = fields.file("photo");
        let phone = fields.optional("phone");
        let email = fields.optional("email");
        let since = fields.optional("since");
        Ok(Executive {
            name: name?,
            position: position?,
            group: group?,
            order: order?,
            photo: photo?,
            phone: phone?,
            email: email?,
            since: since?,
        })
    }
}
