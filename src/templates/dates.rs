//! Writes dates and weeks with the patterns of the label table.

use super::labels::Labels;
use crate::model::{Date, Weeks};
use jiff::civil;

impl Labels {
    /// «11. april 2025», «uke 15 i 2025», or the literal words of the original.
    pub(crate) fn date(&self, date: &Date) -> String {
        match date {
            Date::Day(day) => self.day(*day),
            Date::Week(week) => {
                let (a, year) = (week.week.to_string(), week.year.to_string());
                self.fill("week_and_year", &[("a", &a), ("year", &year)])
            }
            Date::Literal { text, .. } => text.clone(),
        }
    }

    /// «11. april 2025», with a no-break space after the point.
    pub(crate) fn day(&self, day: civil::Date) -> String {
        self.pattern("date_long", day)
    }

    /// «11. april».
    pub(crate) fn day_and_month(&self, day: civil::Date) -> String {
        self.pattern("date_short", day)
    }

    /// «jan.».
    pub(crate) fn month_short(&self, month: i8) -> &str {
        self.get(&format!("month_short_{month}"))
    }

    fn month(&self, day: civil::Date) -> &str {
        self.get(&format!("month_{}", day.month()))
    }

    fn pattern(&self, key: &str, day: civil::Date) -> String {
        let (number, year) = (day.day().to_string(), day.year().to_string());
        let values = [
            ("day", &*number),
            ("month", self.month(day)),
            ("year", &year),
        ];
        self.fill(key, &values)
    }

    /// «7.–13. april 2025», «24. februar–11. mai 2025», «29. desember 2025–4. januar 2026».
    pub(crate) fn days(&self, from: civil::Date, to: civil::Date) -> String {
        let year = to.year().to_string();
        if from.year() != to.year() {
            let (a, b) = (self.day(from), self.day(to));
            return self.fill("range", &[("a", &a), ("b", &b)]);
        }
        if from.month() != to.month() {
            let (a, b) = (self.day_and_month(from), self.day_and_month(to));
            return self.fill("range_same_year", &[("a", &a), ("b", &b), ("year", &year)]);
        }
        let (a, b) = (from.day().to_string(), to.day().to_string());
        let month = self.month(to);
        let values = [
            ("day_a", &*a),
            ("day_b", &b),
            ("month", month),
            ("year", &year),
        ];
        self.fill("range_same_month", &values)
    }

    /// «uke 9–19», as inside a sentence.
    pub(crate) fn weeks(&self, weeks: Weeks) -> String {
        self.weeks_as(weeks, "week_in_text", "weeks_in_text")
    }

    /// «Uke 9–19», as alone in a cell; with the year if it is not that of the plan.
    pub(crate) fn weeks_cell(&self, weeks: Weeks, plan: Option<i16>) -> String {
        let text = self.weeks_as(weeks, "week_cell", "weeks_cell");
        let text = crate::language::capitalized(&text);
        let (first, last) = (weeks.first.year, weeks.last.year);
        if first != last || plan.is_none_or(|year| year == first) {
            return text;
        }
        let year = first.to_string();
        self.fill("weeks_in_year", &[("weeks", &text), ("year", &year)])
    }

    fn weeks_as(&self, weeks: Weeks, one: &str, several: &str) -> String {
        let (first, last) = (weeks.first, weeks.last);
        let (a, b) = (first.week.to_string(), last.week.to_string());
        if first == last {
            return self.fill(one, &[("a", &a)]);
        }
        if first.year == last.year {
            return self.fill(several, &[("a", &a), ("b", &b)]);
        }
        let (year_a, year_b) = (first.year.to_string(), last.year.to_string());
        let values = [
            ("a", &*a),
            ("b", &b),
            ("year_a", &year_a),
            ("year_b", &year_b),
        ];
        self.fill("weeks_over_new_year", &values)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::model::Week;
    use jiff::civil::date;

    fn weeks(a: (i16, i8), b: (i16, i8)) -> Weeks {
        let week = |(year, week)| Week::new(year, week).expect("the week exists");
        Weeks {
            first: week(a),
            last: week(b),
        }
    }

    #[test]
    fn a_day_has_a_no_break_space_after_its_point() {
        let day = date(2025, 4, 11);
        assert_eq!(testing::labels("nb").day(day), "11.\u{a0}april 2025");
        assert_eq!(testing::labels("en").day(day), "11\u{a0}April 2025");
    }

    #[test]
    fn the_days_of_weeks_say_each_month_and_year_once() {
        let labels = testing::labels("nb");
        let days = |w: Weeks| labels.days(w.first.monday(), w.last.sunday());
        assert_eq!(
            days(weeks((2025, 15), (2025, 15))),
            "7.–13.\u{a0}april 2025"
        );
        let spring = days(weeks((2025, 9), (2025, 19)));
        assert_eq!(spring, "24.\u{a0}februar–11.\u{a0}mai 2025");
        let new_year = days(weeks((2026, 1), (2026, 1)));
        assert_eq!(new_year, "29.\u{a0}desember 2025–4.\u{a0}januar 2026");
    }

    #[test]
    fn a_week_that_stands_alone_names_its_year() {
        let week = Date::Week(Week::new(2025, 15).expect("the week exists"));
        assert_eq!(testing::labels("nb").date(&week), "uke\u{a0}15 i 2025");
        assert_eq!(testing::labels("en").date(&week), "week\u{a0}15 of 2025");
    }

    #[test]
    fn weeks_have_a_capital_in_a_cell_and_none_in_a_sentence() {
        let labels = testing::labels("nn");
        assert_eq!(labels.weeks(weeks((2025, 9), (2025, 19))), "veke\u{a0}9–19");
        assert_eq!(
            labels.weeks_cell(weeks((2025, 9), (2025, 9)), Some(2025)),
            "Veke\u{a0}9"
        );
        let next = labels.weeks_cell(weeks((2026, 4), (2026, 7)), Some(2025));
        assert_eq!(next, "Veke\u{a0}4–7 i 2026");
        let over = labels.weeks_cell(weeks((2025, 50), (2026, 2)), Some(2025));
        assert_eq!(over, "Veke\u{a0}50 i 2025 til veke\u{a0}2 i 2026");
    }
}
