//! Any bytes as a PDF. A panic of the reader is a PDF that does not open, by design; what counts here is a stack that overflows, memory
//! and time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prongsai::source::{SourcePath, Sources, pdf};

fuzz_target!(
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| {
        let mut sources = Sources::default();
        sources.insert_bytes(SourcePath::new("content/a.pdf"), &[pdf::SIGNATURE, bytes].concat());
    }
);
