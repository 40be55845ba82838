//! `choices!`: an enum whose values are words in a field.

/// Declares an enum whose values are words in a field, with the nearest one suggested for a typing error.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// All of them, in the order that they are listed in.
            pub const ALL: [$name; [$($word),+].len()] = [$($name::$variant),+];

            /// The word in the file.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }
        }

        impl $crate::fields::FieldValue for $name {
            const EXPECTS: $crate::diagnostic::Text<&'static str> = $crate::diagnostic::Text {
                th: concat!("คำใดคำหนึ่ง:", $(" \"", $word, "\""),+),
                en: concat!("one of:", $(" \"", $word, "\""),+),
            };
            const EXAMPLE: &'static str = [$(concat!("\"", $word, "\"")),+][0];
            const SHAPE: $crate::fields::Shape = $crate::fields::Shape::Choice(&[$($word),+]);

            fn read(value: &toml::de::DeValue) -> Result<$name, $crate::fields::Mismatch> {
                let typed = <String as $crate::fields::FieldValue>::read(value)?;
                match typed.as_str() {
                    $($word => Ok($name::$variant),)+
                    _ => Err($crate::fields::rules::bad_value::choice(&typed, &[$($word),+])),
                }
            }
        }
    };
}
pub(crate) use choices;
