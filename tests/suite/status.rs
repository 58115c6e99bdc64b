//! Where the process is: `utkast status` for people, machines and calendars.

use crate::support::{Case, Ran, repository};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

const NAMED: &str = "
[[bodies]]
id = \"representantskapet\"
name = \"representantskapet\"

[[roles]]
id = \"leder\"
name = \"leder\"

[[roles]]
id = \"arbeidsgruppen\"
name = \"hele arbeidsgruppen\"
";

/// A strategy with these steps, in the year 2026 unless they say otherwise.
fn planned(plan: &str) -> Case {
    let path = repository("tests/cases/minimal/strategy.toml");
    let strategy = fs::read_to_string(path).expect("it is there");
    Case::minimal()
        .with("strategy.toml", format!("{strategy}{NAMED}"))
        .with("process.toml", plan)
}

/// The plan of the case, with nothing frozen.
fn whole_plan() -> Case {
    let plan = fs::read_to_string(repository("tests/cases/status/process.toml"));
    planned(&plan.expect("it is there"))
}

/// With a frozen version that was put before the regional council.
fn frozen(case: Case, number: &str, status: &str, date: &str) -> Case {
    let body = Some(("regionradet", "regionrådet"));
    case.with_version([number, status, date], body, &[])
}

/// In the middle of the plan: a first draft is frozen, and two things are still to be done.
fn midway() -> Case {
    let measure = "+++\ntitle = \"Felles innkjøp\"\nresponsible = [\"role/leder\"]\n\
                   comes_from = [\"finding/pris\"]\nuncertain = \"Et ord er feillest.\"\n+++\n\nKjøpe inn sammen.\n";
    let finding = "+++\ntitle = \"Pris\"\n+++\n\nHver for seg er dyrt.\n";
    let case = whole_plan()
        .with("measures/innkjop.md", measure)
        .with("findings/pris.md", finding);
    frozen(case, "0.1", "first_draft", "2026-05-04")
}

fn status(case: &Case, today: &str, format: &str) -> Ran {
    let args = ["status", "--today", today, "--format", format];
    case.utkast(&args)
}

fn text(case: &Case, today: &str) -> String {
    let ran = status(case, today, "text");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    ran.out
}

fn json(case: &Case, today: &str) -> Value {
    let ran = status(case, today, "json");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).expect("it is JSON")
}

fn ics(case: &Case) -> String {
    let ran = status(case, "2026-05-12", "ics");
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.out
}

/// The id and the state of each step, in a line.
fn states(case: &Case, today: &str) -> String {
    let value = json(case, today);
    let steps = value["steps"].as_array().expect("a list").iter();
    let word = |step: &Value, key: &str| step[key].as_str().expect("a text").to_owned();
    let states = steps.map(|step| format!("{} {}", word(step, "id"), word(step, "state")));
    states.collect::<Vec<_>>().join(", ")
}

#[track_caller]
fn is_as_expected(name: &str, found: &str) {
    let path = repository("tests/cases/status").join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, found).expect("it can be written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "`UPDATE_EXPECTED=1` writes {name} anew:\n{found}"
    );
}

#[test]
fn people_are_told_what_is_due_and_what_stands_before_the_next_stage() {
    let told = text(&midway(), "2026-05-12");
    is_as_expected("midway.txt", &told);
    let longest = told.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(80), "{told}");
    assert!(told.lines().count() <= 40);
}

#[test]
fn machines_are_told_the_same_under_keys_that_stay() {
    let ran = status(&midway(), "2026-05-12", "json");
    is_as_expected("midway.json", &ran.out);
}

#[test]
fn everything_is_overdue_when_nothing_was_ever_frozen() {
    is_as_expected("overdue.txt", &text(&whole_plan(), "2027-03-01"));
}

#[test]
fn a_step_is_where_the_calendar_puts_it() {
    let plan = "year = 2026\n\n[[steps]]\nid = \"a\"\nphase = \"A\"\nactivity = \"a\"\nweeks = 20\n\
                responsible = [\"role/leder\"]\n\n[[steps]]\nid = \"b\"\nphase = \"B\"\n\
                activity = \"b\"\nweeks = { from = 53, to = 1, to_year = 2027 }\n\
                responsible = [\"role/leder\"]\n";
    let case = planned(plan);
    for (today, expected) in [
        ("2026-05-10", "a to_come, b to_come"),
        ("2026-05-11", "a under_way, b to_come"),
        ("2026-05-17", "a under_way, b to_come"),
        ("2026-05-18", "a done, b to_come"),
        ("2026-12-27", "a done, b to_come"),
        ("2026-12-28", "a done, b under_way"),
        ("2027-01-03", "a done, b under_way"),
        ("2027-01-10", "a done, b under_way"),
        ("2027-01-11", "a done, b done"),
    ] {
        assert_eq!(states(&case, today), expected, "{today}");
    }
    let week = |today| json(&case, today)["week"].clone();
    assert_eq!(week("2027-01-03"), "2026-W53");
    let between = text(&case, "2026-08-01");
    assert!(between.contains("\nNothing is under way this week.\n"));
    assert!(
        between.contains("\n  week 53–1 of 2027  B: b\n"),
        "{between}"
    );
    let after = text(&case, "2027-02-01");
    let over = "\nNothing is under way: all weeks of the plan are over.\n";
    assert!(after.contains(over), "{after}");
}

/// Steps with this milestone in weeks 10 and 20: a phase, or a body that meets.
fn twice(who: &str, milestone: &str) -> Case {
    let step = |id: &str, week: u8| {
        format!(
            "\n[[steps]]\nid = \"{id}\"\n{who}\nactivity = \"x\"\nweeks = {week}\n\
             milestone = \"{milestone}\"\nresponsible = [\"role/leder\"]\n"
        )
    };
    let (first, second) = (step("en", 10), step("to", 20));
    planned(&format!("year = 2026\n{first}{second}"))
}

#[test]
fn each_milestone_wants_a_version_of_its_own_or_one_with_a_later_status() {
    let body = "body = \"body/regionradet\"";
    let late = "2026-06-15";
    let case = twice(body, "draft");
    assert_eq!(states(&case, late), "en overdue, to overdue");
    let case = frozen(case, "0.1", "first_draft", "2026-03-02");
    assert_eq!(states(&case, late), "en overdue, to overdue");
    let case = frozen(case, "0.2", "draft", "2026-03-03");
    assert_eq!(states(&case, late), "en done, to overdue");
    assert_eq!(json(&case, late)["next_stage"]["step"], "to");
    let case = frozen(case, "0.3", "proposed", "2026-05-12");
    assert_eq!(states(&case, late), "en done, to done");
    let value = json(&case, late);
    assert_eq!(value["steps"][0]["reached"], "0.2");
    assert_eq!(value["steps"][1]["reached"], "0.3");
    assert_eq!(value["next_stage"], Value::Null);
}

#[test]
fn a_version_that_is_dated_before_the_plan_is_of_an_earlier_process() {
    let case = twice("phase = \"Skrive\"", "draft");
    let case = frozen(case, "1.0", "adopted", "2026-03-01");
    assert_eq!(states(&case, "2026-06-15"), "en overdue, to overdue");
    let case = frozen(case, "1.1", "draft", "2026-03-02");
    assert_eq!(states(&case, "2026-06-15"), "en done, to overdue");
}

#[test]
fn a_phase_is_done_when_its_version_is_frozen_and_a_body_has_to_meet_first() {
    let day = "2026-03-04";
    let phase = frozen(
        twice("phase = \"P\"", "draft"),
        "0.1",
        "draft",
        "2026-03-03",
    );
    assert_eq!(states(&phase, day), "en done, to to_come");
    let body = twice("body = \"body/regionradet\"", "draft");
    let body = frozen(body, "0.1", "draft", "2026-03-03");
    assert_eq!(states(&body, day), "en under_way, to to_come");
}

#[test]
fn without_milestones_the_next_stage_is_the_next_in_a_life() {
    let plan = "year = 2026\n\n[[steps]]\nid = \"a\"\nphase = \"A\"\nactivity = \"a\"\nweeks = 20\n\
                responsible = [\"role/leder\"]\n";
    let next = |case: &Case| json(case, "2026-05-12")["next_stage"]["status"].clone();
    let case = planned(plan);
    assert_eq!(next(&case), "first_draft");
    let case = frozen(case, "0.1", "draft", "2026-05-11");
    assert_eq!(next(&case), "consultation");
    let adopted = frozen(case, "1.0", "adopted", "2026-05-12");
    assert_eq!(
        next(&adopted),
        "first_draft",
        "the sources say `working` again"
    );
    let case = adopted.replace("strategy.toml", "\"working\"", "\"adopted\"");
    let case = case.replace("strategy.toml", "number = \"0.1\"\n", "");
    let told = status(&case, "2026-05-12", "json").out;
    assert!(told.contains("\"next_stage\": null"), "{told}");
}

#[test]
fn a_strategy_without_a_plan_or_steps_says_so() {
    let told = text(&Case::minimal(), "2026-05-12");
    let no_plan = "There is no process plan (`process.toml`).";
    assert!(told.contains(no_plan), "{told}");
    let told = text(&planned("year = 2026\n"), "2026-05-12");
    assert!(told.contains("The process plan has no steps."), "{told}");
    let ran = status(&planned("year = 2026\n"), "2026-05-12", "ics");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains("no step of the plan has weeks"),
        "{}",
        ran.err
    );
}

#[test]
fn errors_are_counted_and_what_can_be_told_is_told() {
    let case = midway().replace("process.toml", "\"role/arbeidsgruppen\"", "\"role/gruppa\"");
    let ran = status(&case, "2026-05-12", "text");
    assert_eq!(ran.status, 1);
    let said = "The sources have 1 error, so the report is incomplete.\n  = hint: run `utkast check strategy`\n";
    assert_eq!(ran.err, said);
    assert!(ran.out.contains("\nUnder way\n"), "{}", ran.out);
    let ran = status(&case, "2026-05-12", "ics");
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.ends_with("No calendar was written.\n"));
    let case = case.with("strategy.toml", "title = ");
    let ran = status(&case, "2026-05-12", "text");
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
}

#[test]
fn today_is_a_day_of_the_years_of_strategies() {
    let case = Case::minimal();
    for (wrong, said) in [
        ("i dag", "not a date; write it like 2025-04-11"),
        ("2026-5-12", "not a date"),
        ("2026-02-30", "not a date"),
        ("2026-05-12T10:00", "not a date"),
        (
            "9999-12-31",
            "the date 9999-12-31 is outside the years 1800 to 2200",
        ),
    ] {
        let ran = status(&case, wrong, "text");
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{wrong}");
        assert!(ran.err.contains(said), "{}", ran.err);
    }
    let variables = [("SOURCE_DATE_EPOCH", "1778587200")];
    let ran = case.utkast_with(&["status", "--format", "json"], &variables);
    let value: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!(value["today"], "2026-05-12");
    let ran = case.utkast(&["status"]);
    assert_eq!(ran.status, 0, "the clock has a day: {}", ran.err);
}

/// The properties of each event of a calendar, by their names; asserts the rules of RFC 5545 for
/// lines (3.1) and for what must be there (3.6, 3.6.1).
fn events(calendar: &str) -> Vec<BTreeMap<String, String>> {
    assert!(calendar.ends_with("\r\n"));
    assert!(!calendar.replace("\r\n", "").contains(['\r', '\n']));
    let longest = calendar.split("\r\n").map(str::len).max();
    assert!(longest <= Some(75), "{calendar}");
    let unfolded = calendar.replace("\r\n ", "");
    let mut lines = unfolded.split_terminator("\r\n");
    assert_eq!(lines.next(), Some("BEGIN:VCALENDAR"));
    let (mut head, mut events) = (BTreeMap::new(), Vec::new());
    let mut open: Option<BTreeMap<String, String>> = None;
    for line in lines {
        let (name, value) = line.split_once(':').expect("a name and a value");
        match (name, value) {
            ("BEGIN", "VEVENT") => open = Some(BTreeMap::new()),
            ("END", "VEVENT") => events.extend(open.take()),
            _ => {
                let into = open.as_mut().unwrap_or(&mut head);
                let twice = into.insert(name.to_owned(), value.to_owned());
                assert_eq!(twice, None, "{name} is there twice");
            }
        }
    }
    assert_eq!(head["END"], "VCALENDAR");
    assert_eq!(head["VERSION"], "2.0");
    assert!(head.contains_key("PRODID") && !head.contains_key("METHOD"));
    for event in &events {
        for name in [
            "UID",
            "DTSTAMP",
            "DTSTART;VALUE=DATE",
            "DTEND;VALUE=DATE",
            "SUMMARY",
        ] {
            assert!(event.contains_key(name), "{name}: {event:#?}");
        }
    }
    events
}

#[test]
fn the_calendar_has_an_event_for_each_step_with_weeks() {
    let case = midway();
    let ran = status(&case, "2026-05-12", "ics");
    assert_eq!(ran.status, 0);
    assert_eq!(
        ran.err,
        "Left out, because they have no weeks: evaluering.\n"
    );
    is_as_expected("plan.ics", &ran.out);
    let events = events(&ran.out);
    assert_eq!(events.len(), 6);
    let new_year = &events[5];
    assert_eq!(new_year["DTSTART;VALUE=DATE"], "20261228");
    assert_eq!(
        new_year["DTEND;VALUE=DATE"], "20270118",
        "the end is not a part of it"
    );
    let escaped = r"Skrive første utkast: Tekst\, tabeller\; skråstrek \\ og «hermetegn»\, på";
    assert!(
        events[1]["SUMMARY"].starts_with(escaped),
        "{:#?}",
        events[1]
    );
    let again = status(&case, "2027-01-01", "ics");
    assert_eq!(again.out, ran.out, "it hangs on no clock");
}

#[test]
fn an_event_is_known_again_when_words_weeks_and_order_change() {
    let uids = |calendar: &str| -> Vec<String> {
        let events = events(calendar).into_iter();
        events.map(|event| event["UID"].clone()).collect()
    };
    let before = uids(&ics(&whole_plan()));
    let mut different = before.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), before.len());
    for uid in &before {
        let parts: Vec<_> = uid.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert!(
            &uid[14..15] == "8" && "89ab".contains(&uid[19..20]),
            "{uid}"
        );
    }
    let changed = whole_plan()
        .replace("process.toml", "Drøfte utkastet", "Drøfte det hele")
        .replace("process.toml", "weeks = 9", "weeks = 8")
        .replace("strategy.toml", "2025-04-11", "2025-05-11")
        .replace(
            "strategy.toml",
            "title = \"Strategi 2026–2029\"",
            "title = \"Strategien\"",
        );
    assert_eq!(uids(&ics(&changed)), before);
    let other = whole_plan().replace("strategy.toml", "Fjordregionen", "Fjellregionen");
    assert!(uids(&ics(&other)).iter().all(|uid| !before.contains(uid)));
}

#[test]
fn an_internal_plan_is_not_handed_out() {
    let shown = "shows = \"process\"\n";
    let hidden = format!("{shown}audience = \"internal\"\n");
    let case = whole_plan().replace("chapters/plan.md", shown, &hidden);
    let ran = status(&case, "2026-05-12", "ics");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains("the process plan is internal"),
        "{}",
        ran.err
    );
    assert_eq!(status(&case, "2026-05-12", "text").status, 0);
}

#[test]
fn the_days_of_meetings_stand_in_the_plan_of_the_document() {
    let mut plan =
        fs::read_to_string(repository("tests/cases/status/process.toml")).expect("it is there");
    // A day in another year than that of the plan says so.
    plan = plan.replace("meeting = 2026-12-09", "meeting = 2027-01-06");
    plan = plan.replace("weeks = 50", "weeks = { from = 1, to = 1, year = 2027 }");
    for (language, this_year, other_year) in [
        (
            "nb",
            "Saksutsending 6. mai. Møte 13. mai.",
            "Møte 6. januar 2027.",
        ),
        (
            "nn",
            "Saksutsending 6. mai. Møte 13. mai.",
            "Møte 6. januar 2027.",
        ),
        (
            "en",
            "Papers sent out on 6 May. Meeting on 13 May.",
            "Meeting on 6 January 2027.",
        ),
    ] {
        let tag = format!("language = \"{language}\"");
        let case = planned(&plan).replace("strategy.toml", "language = \"nb\"", &tag);
        let page = case.build().html.replace("&nbsp;", " ");
        assert!(
            page.contains(&format!("<small>{this_year}</small>")),
            "{language}"
        );
        assert!(
            page.contains(&format!("{other_year}</small>")),
            "{language}"
        );
    }
}

#[test]
fn a_meeting_is_on_a_day_and_a_milestone_is_a_status() {
    let wrong = |from: &str, to: &str, code: &str, place: &str, message: &str, hint: &str| {
        let case = whole_plan().replace("process.toml", from, to);
        case.error(code, place, message, hint);
    };
    let day = "meeting = 2026-05-13";
    let hint = "write it like 2025-04-11";
    let place = "process.toml:27:11";
    wrong(
        day,
        "meeting = \"2026-W20\"",
        "L008",
        place,
        "this must be a day",
        hint,
    );
    wrong(
        day,
        "meeting = \"i mai\"",
        "L010",
        place,
        "`i mai`",
        "write a day",
    );
    wrong(
        day,
        "meeting = { text = \"mai\", uncertain = \"x\" }",
        "L008",
        place,
        "`meeting`",
        "",
    );
    let milestone = "milestone = \"first_draft\"";
    let other = "milestone = \"first-draft\"";
    let place = "process.toml:17:13";
    wrong(
        milestone,
        other,
        "L008",
        place,
        "`first-draft`",
        "did you mean `first_draft`?",
    );
}

/// The whole plan with words replaced.
fn changed(changes: &[(&str, &str)]) -> Case {
    let changes = changes.iter();
    changes.fold(whole_plan(), |case, (from, to)| {
        case.replace("process.toml", from, to)
    })
}

#[test]
fn days_that_do_not_fit_are_pointed_at() {
    let (meeting, dispatch) = ("meeting = 2026-05-13\n", "dispatch = 2026-05-06");
    let same_day = changed(&[(dispatch, "dispatch = 2026-05-13")]);
    let message = "on the day of the meeting itself";
    same_day.error(
        "M031",
        "process.toml:28:12",
        message,
        "a day before `meeting`",
    );
    let late = changed(&[(meeting, ""), (dispatch, "dispatch = 2026-05-18")]);
    let message = "the papers of step `utkast` are sent out after its weeks";
    late.error("M032", "process.toml:27:12", message, "correct the day");
    let year = changed(&[(meeting, "meeting = 2027-05-13\n")]);
    let message = "the meeting of step `utkast` is not in its weeks";
    year.error("M032", "process.toml:27:11", message, "check the year");
    let hearing = "activity = \"Kommunene uttaler seg\"";
    let phase = changed(&[(hearing, &format!("{hearing}\ndispatch = 2026-05-18"))]);
    let message = "step `horing` has `dispatch`, but no body";
    phase.error("M033", "process.toml:35:12", message, "body/");
}

#[test]
fn of_milestones_in_the_wrong_order_the_one_that_is_too_early_is_pointed_at() {
    let early = changed(&[("milestone = \"draft\"", "milestone = \"proposed\"")]);
    let message = "step `utkast` makes the strategy `proposed` in week 20 of 2026, before it is \
                   `consultation` in week 27 of 2026";
    early.error("M030", "process.toml:26:13", message, "correct the weeks");
    let same_week = changed(&[("{ from = 21, to = 27 }", "{ from = 21, to = 50 }")]);
    let found = same_week.check();
    assert!(
        found.iter().all(|found| found.severity == "warning"),
        "{found:#?}"
    );
}
