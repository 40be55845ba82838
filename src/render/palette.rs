//! The agency's colour as tokens of the style: shades of it that can be read in light and dark.

use crate::config::colour::Colour;

/// Grounds of the built-in theme (`base.css`): paper in light, paper in dark, text on a deep panel, track of a bar in light and dark.
const PAPER: Colour = Colour([0xfa, 0xf6, 0xed]);
const NIGHT: Colour = Colour([0x0e, 0x1a, 0x1d]);
const ON_DEEP: Colour = Colour([0xf6, 0xf1, 0xe4]);
const TRACK: Colour = Colour([0xe4, 0xdc, 0xcb]);
const NIGHT_TRACK: Colour = Colour([0x2a, 0x3d, 0x41]);

/// Contrast of text with its ground (WCAG 2.2, 1.4.6).
const TEXT: f64 = 7.0;

/// Contrast of a part of a picture with what it lies on (WCAG 2.2, 1.4.11).
const PICTURE: f64 = 3.0;

/// Rules that replace the theme's own colours.
pub(super) fn style(colour: Colour) -> String {
    let light = tokens(colour.darker(PAPER, TEXT), colour.darker(ON_DEEP, TEXT), colour.darker(TRACK, PICTURE));
    let dark = tokens(colour.lighter(NIGHT, TEXT), colour.darker(ON_DEEP, TEXT), colour.lighter(NIGHT_TRACK, PICTURE));
    // Paper has colours of its own, and no dark.
    format!("@media screen{{:root{{{light}}}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}")
}

fn tokens(primary: Colour, deep: Colour, bar: Colour) -> String {
    format!("--primary:{};--deep:{};--bar:{}", primary.hex(), deep.hex(), bar.hex())
}
