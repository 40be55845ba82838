//! `catalog.jsonld`: the tables as a catalogue that data portals harvest (W3C DCAT 3, in JSON-LD).

use serde_json::{Value as Json, json};

use crate::render::Entry;

use super::{DataSet, FOLDER, path};
use crate::diagnostic::Text;
use crate::site::Site;

pub(super) fn json(site: &Site, sets: &[&DataSet]) -> Vec<u8> {
    let agency = &site.config.agency;
    let page = site.absolute(&format!("/{FOLDER}/"));
    let publisher = site.absolute("/#agency");
    let datasets: Vec<Json> = sets.iter().map(|set| dataset(site, set, &page, &publisher)).collect();
    let mut catalog = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": site.absolute(&format!("/{}", path("catalog", "jsonld"))),
        "@type": "dcat:Catalog",
        "dct:title": both(&format!("ข้อมูลเปิดของ{}", agency.name), &format!("Open data of {}", agency.name_en)),
        "dct:description": both(
            &format!("ตารางข้อมูลทุกตารางบนเว็บไซต์ของ{}", agency.name),
            &format!("Every table of data on the site of {}", agency.name_en),
        ),
        "dct:language": [{ "@id": "http://publications.europa.eu/resource/authority/language/THA" }],
        "dct:publisher": {
            "@id": publisher,
            "@type": "foaf:Organization",
            "foaf:name": both(&agency.name, &agency.name_en),
            "foaf:homepage": { "@id": site.absolute("/") },
        },
        "foaf:homepage": { "@id": page },
        "dcat:dataset": datasets,
    });
    if let Some(day) = site.newest {
        catalog["dct:modified"] = date(day);
    }
    if let Some(license) = &site.config.license {
        catalog["dct:license"] = json!({ "@id": license.url.0 });
    }
    let mut json = serde_json::to_vec_pretty(&catalog).expect("texts and numbers always serialize");
    json.push(b'\n');
    json
}

fn dataset(site: &Site, set: &DataSet, page: &str, publisher: &str) -> Json {
    let table = &set.table;
    let mut dataset = json!({
        "@id": format!("{page}#{}", table.name),
        "@type": "dcat:Dataset",
        "dct:identifier": table.name,
        "dct:title": texts(&table.title),
        "dct:description": texts(&table.about),
        "dct:publisher": { "@id": publisher },
        "dcat:landingPage": { "@id": format!("{page}#{}", table.name) },
        "dcat:distribution": [
            distribution(site, table.name, "csv", "text/csv", &set.csv),
            distribution(site, table.name, "json", "application/json", &set.json),
        ],
    });
    if let Some(day) = table.updated {
        dataset["dct:modified"] = date(day);
    }
    dataset
}

fn distribution(site: &Site, name: &str, extension: &str, media: &str, file: &Entry) -> Json {
    let url = site.absolute(&format!("/{}", path(name, extension)));
    let mut distribution = json!({
        "@id": url,
        "@type": "dcat:Distribution",
        "dcat:downloadURL": { "@id": url },
        "dcat:accessURL": { "@id": url },
        "dcat:mediaType": { "@id": format!("https://www.iana.org/assignments/media-types/{media}") },
        "dcat:byteSize": { "@type": "xsd:nonNegativeInteger", "@value": file.size.to_string() },
    });
    if let Some(license) = &site.config.license {
        distribution["dct:license"] = json!({ "@id": license.url.0 });
    }
    distribution
}

fn date(day: jiff::civil::Date) -> Json {
    json!({ "@type": "xsd:date", "@value": day.to_string() })
}

fn texts(text: &Text) -> Json {
    both(&text.th, &text.en)
}

fn both(th: &str, en: &str) -> Json {
    json!([{ "@language": "th", "@value": th }, { "@language": "en", "@value": en }])
}
