//! The rules of [gates](super::gates).

crate::diag::rules! {
    CLOSED_GATE "C130" Error "closed-gate";
    NEEDLESS_PASS "C131" Warning "needless-pass";
    UNKNOWN_RULE "C132" Error "unknown-rule";
    IDLE_GATE "C133" Warning "idle-gate";
}
