//! The built-in forms: complete, in order, with nothing dangling.

use std::collections::BTreeSet;

use prongsai::catalog::{built_in, ita};

#[test]
fn forms_are_complete() {
    for year in built_in().years() {
        let catalog = built_in().of(year).expect("a year of the list");
        assert_eq!(catalog.items.len(), catalog.item_count, "{year}: a lost item");
        for (number, item) in (1..).zip(&catalog.items) {
            assert_eq!(item.id.to_string(), format!("O{number}"), "{year}: items in order");
            assert!(catalog.groups.iter().any(|group| group.id == item.sub), "{year} {}: group {}", item.id, item.sub);
            assert!(!item.requirements.is_empty(), "{year} {}: asks for something", item.id);
            for (at, requirement) in (1..).zip(&item.requirements) {
                assert_eq!(requirement.id, format!("{}.{at}", item.id), "{year}");
            }
            for id in &item.sources {
                assert!(catalog.sources.iter().any(|source| source.id == *id), "{year} {}: source {id}", item.id);
            }
        }
        let topics: BTreeSet<_> = catalog.items.iter().map(|item| &item.topic).collect();
        assert_eq!(topics.len(), catalog.items.len(), "{year}: a topic belongs to one item");
        for topic in topics {
            assert!(prongsai::fields::Topic::is_topic(topic), "{year}: topic {topic} is part of a URL");
        }
    }
}

#[test]
fn the_frame_is_complete() {
    let ita = ita();
    assert_eq!(ita.indicators.len(), 10);
    let of_instruments: Vec<u32> = ita.instruments.iter().flat_map(|instrument| instrument.indicators.clone()).collect();
    assert_eq!(of_instruments, (1..=10).collect::<Vec<_>>());
    for indicator in &ita.indicators {
        let instrument = ita.instruments.iter().find(|instrument| instrument.code == indicator.instrument);
        assert!(instrument.is_some_and(|instrument| instrument.indicators.contains(&indicator.number)));
    }
    for year in built_in().years() {
        let weights = ita.instruments.iter().map(|instrument| ita.weight(year, &instrument.code).expect("a weight"));
        assert_eq!(weights.sum::<u32>(), 100, "{year}");
        assert_eq!(ita.pass_line(year).to_string(), "85.00");
    }
    for scheme in &ita.grade_schemes {
        assert!(scheme.bands.windows(2).all(|pair| (pair[0].total, pair[0].instrument) > (pair[1].total, pair[1].instrument)));
    }
}
