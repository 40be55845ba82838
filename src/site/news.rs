//! The order of the posts, and how many of them a list shows.

use std::ops::Range;
use std::sync::Arc;

use super::Site;
use super::url::{Page, UrlPath};
use crate::content::ContentType;
use crate::content::news::News;
use crate::parse::Document;
use crate::thai::FiscalYear;

/// Posts on one list: what a phone loads with ease, about 8 KB as it travels.
pub const POSTS_A_LIST: usize = 50;

/// Indices of the posts among `documents`, newest first; of one day in order of path.
pub(super) fn order(documents: &[Arc<Document>]) -> Vec<usize> {
    let date = |at: &usize| documents[*at].content.as_ref().ok().and_then(News::of).map(|news| news.date);
    let mut posts: Vec<_> = (0..documents.len()).filter_map(|at| Some((at, date(&at)?))).collect();
    // Documents are in order of path, and this sort keeps it.
    posts.sort_by_key(|(_, date)| std::cmp::Reverse(*date));
    posts.into_iter().map(|(at, _)| at).collect()
}

/// The lists by fiscal year of a site with more posts than `/news/` shows: `/news/2566/`, `/news/2566/2/`.
pub(super) fn lists(site: &Site) -> Vec<(UrlPath, Page)> {
    let mut lists = Vec::new();
    for (year, _) in &site.news_years {
        lists.extend((1..=site.n_lists(*year)).map(|number| (of_list(*year, number), Page::NewsYear(*year, number))));
    }
    lists
}

/// Where a list of a year is; they are numbered from 1.
pub fn of_list(year: FiscalYear, number: usize) -> UrlPath {
    let year = year.to_string();
    match number {
        1 => UrlPath::of(&["news", &year]),
        _ => UrlPath::of(&["news", &year, &number.to_string()]),
    }
}

/// The fiscal years of posts in that order, newest first, each with its part of `order`. None when `/news/` shows all posts.
pub(super) fn years(documents: &[Arc<Document>], order: &[usize]) -> Vec<(FiscalYear, Range<usize>)> {
    let mut years: Vec<(FiscalYear, Range<usize>)> = Vec::new();
    if order.len() <= POSTS_A_LIST {
        return years;
    }
    for (at, document) in order.iter().enumerate() {
        let Some((_, news)) = post(&documents[*document]) else { continue };
        let year = FiscalYear::of(news.date);
        match years.last_mut().filter(|(last, _)| *last == year) {
            Some((_, posts)) => posts.end = at + 1,
            None => years.push((year, at..at + 1)),
        }
    }
    years
}

impl Site {
    /// The posts, newest first.
    pub fn posts(&self) -> impl Iterator<Item = (&Document, &News)> {
        self.news.iter().filter_map(|at| post(&self.documents[*at]))
    }

    /// How many lists a fiscal year has.
    pub fn n_lists(&self, year: FiscalYear) -> usize {
        self.range_of(year).len().div_ceil(POSTS_A_LIST)
    }

    /// The posts of a list of a fiscal year, by its number from 1.
    pub fn posts_of(&self, year: FiscalYear, number: usize) -> impl Iterator<Item = (&Document, &News)> {
        let posts = self.news[self.range_of(year)].chunks(POSTS_A_LIST).nth(number - 1).unwrap_or_default();
        posts.iter().filter_map(|at| post(&self.documents[*at]))
    }

    fn range_of(&self, year: FiscalYear) -> Range<usize> {
        self.news_years.iter().find(|(known, _)| *known == year).map_or(0..0, |(_, range)| range.clone())
    }
}

fn post(document: &Document) -> Option<(&Document, &News)> {
    Some((document, document.content.as_ref().ok().and_then(News::of)?))
}
