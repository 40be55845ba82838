//! Pages of a site that cannot be published, for `tests/browser/xss.test.mjs`: what stands in the way are errors, so that what the
//! pages themselves hold back is seen only here.

use std::fs;
use std::path::PathBuf;

use prongsai::render::File;
use prongsai::source;

/// Renders the site folder `XSS_SITE` into its `public/`, whatever was found in it.
#[test]
#[ignore = "tests/browser/xss.test.mjs runs it"]
fn pages_of_a_site_with_errors() {
    let root = PathBuf::from(std::env::var_os("XSS_SITE").expect("the folder of a site"));
    let build = prongsai::build(&source::discover(&root).expect("a site"));
    for (path, file) in &build.output.files {
        if let File::Bytes(bytes) = file {
            let path = root.join("public").join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
    }
}
