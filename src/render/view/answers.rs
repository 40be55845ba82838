//! `/oit/2566/answers/`: the answer sheet as a page.

use serde::Serialize;

use super::{Head, View};
use crate::render::answers::Answer;
use crate::render::show::Show;
use crate::site::url::UrlPath;

#[derive(Serialize)]
struct AnswersView<'a> {
    answers: Vec<AnswerView<'a>>,
    csv: String,
    xlsx: String,
}

#[derive(Serialize)]
struct AnswerView<'a> {
    id: String,
    code: String,
    answer: &'a Answer,
}

pub(in crate::render) fn view(show: &Show, url: &UrlPath, answers: &[Answer]) -> View {
    let year = show.site.fiscal_year().to_string();
    let title = format!("{} {}", show.t("answer_sheet"), show.number(&year));
    let form = show.page_url(&["oit", &year]);
    let head = Head::new(show, url, title)
        .about(show, &show.t("answer_sheet_lead"))
        .under(show.page_url(&["oit"]), show.t("forms"))
        .under(form.clone(), format!("{} {}", show.t("form_of"), show.number(&year)));
    let rows = answers.iter().map(|answer| AnswerView { id: answer.item.slug(), code: show.number(answer.item), answer });
    let page = AnswersView { answers: rows.collect(), csv: format!("{form}answers.csv"), xlsx: format!("{form}answers.xlsx") };
    super::page(show, "pages/answers.html", &head, &page)
}
