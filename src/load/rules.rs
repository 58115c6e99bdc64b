//! The rules about the format of files.

use crate::diag::rules;

rules! {
    MISSING_FILE "L001" Error "missing-file";
    NOT_UTF8 "L002" Error "not-utf-8";
    DECOMPOSED "L003" Warning "decomposed-letters";
    FRONT_MATTER "L004" Error "broken-front-matter";
    TOML_SYNTAX "L005" Error "toml-syntax";
    UNKNOWN_KEY "L006" Error "unknown-key";
    MISSING_KEY "L007" Error "missing-key";
    WRONG_VALUE "L008" Error "wrong-value";
    BAD_ID "L009" Error "bad-id";
    BAD_DATE "L010" Error "bad-date";
    NO_SUCH_WEEK "L011" Error "no-such-week";
    RAGGED_TABLE "L012" Error "ragged-table";
    RAW_HTML "L013" Warning "raw-html";
    UNKNOWN_FILE "L014" Error "unknown-file";
    LINKED_FILE "L015" Error "linked-file";
    FILE_TOO_LARGE "L016" Error "file-too-large";
    UNREADABLE_FILE "L017" Error "unreadable-file";
    IMAGE_OUTSIDE "L018" Error "image-outside";
    IMAGE_MISSING "L019" Error "image-missing";
    UNLISTED_CHAPTER "L020" Error "unlisted-chapter";
    CONTROL_CHARACTER "L021" Error "control-character";
    NESTED_TOO_DEEP "L022" Error "nested-too-deep";
    UNSHOWN_WORDS "L023" Warning "unshown-words";
    UNNAMED_TEMPLATES "L024" Warning "unnamed-templates";
    UNREAD_MARKS "L025" Warning "unread-marks";
    MISPLACED_PICTURE "L026" Error "misplaced-picture";
    BAD_PLACE_NAME "L027" Error "bad-place-name";
    PLACE_NAMED_TWICE "L028" Error "place-named-twice";
    NEWER_PROGRAM "L029" Error "newer-program";
    DAMAGED_MANIFEST "L030" Error "damaged-manifest";
    VERSION_WITHOUT_MANIFEST "L031" Error "version-without-manifest";
    CLASHING_NAMES "L032" Error "clashing-names";
}
