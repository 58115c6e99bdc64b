//! The rules about versions and their order.

use crate::diag::rules;

rules! {
    NUMBER_TAKEN "V001" Warning "number-taken";
    BROKEN_CHAIN "V002" Error "broken-chain";
    BACKWARD_DATE "V003" Error "backward-date";
    BACKWARD_STATUS "V004" Error "backward-status";
    UNKNOWN_BODY "V005" Error "unknown-body";
    NOTHING_SUPERSEDED "V006" Error "nothing-superseded";
    NO_DECISION "V007" Error "no-decision";
    OPEN_ROUND "V008" Error "open-round";
    STALE_DATE "V009" Warning "stale-date";
}
