//! Reports numbers of a theme that are out of range.

use super::{Length, Theme};

/// Least and most of a side of the paper, in points: A6 is 298 wide, A1 2384 high.
pub(super) const SIDE: (f64, f64) = (200.0, 2400.0);
/// Least and most of a margin, in points.
pub(super) const MARGIN: (f64, f64) = (0.0, 600.0);
/// Least and most of a size of type, in points.
pub(super) const TYPE: (f64, f64) = (4.0, 96.0);
/// Least and most distance of two lines, in points.
pub(super) const LEADING: (f64, f64) = (4.0, 144.0);
/// Least and most height of the logo, in points.
pub(super) const LOGO: (f64, f64) = (8.0, 200.0);
/// Least width and height that margins leave to the text, in points.
const LEAST_TEXT: f64 = 144.0;

/// Something in a theme that no page can be made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The table and the key, such as `page` and `width`.
    pub key: (&'static str, &'static str),
    /// The problem.
    pub message: String,
}

impl Theme {
    /// What no page can be made of. Each number is first held against its own range, and then, if
    /// they all fit, against the others.
    pub fn problems(&self) -> Vec<Problem> {
        let (page, sizes) = (&self.page, &self.sizes);
        let numbers = [
            (("page", "width"), page.width, SIDE),
            (("page", "height"), page.height, SIDE),
            (("page", "top"), page.top, MARGIN),
            (("page", "bottom"), page.bottom, MARGIN),
            (("page", "left"), page.left, MARGIN),
            (("page", "right"), page.right, MARGIN),
            (("sizes", "body"), sizes.body, TYPE),
            (("sizes", "leading"), sizes.leading, LEADING),
            (("sizes", "title"), sizes.title, TYPE),
            (("sizes", "heading_1"), sizes.heading_1, TYPE),
            (("sizes", "heading_2"), sizes.heading_2, TYPE),
            (("sizes", "heading_3"), sizes.heading_3, TYPE),
            (("sizes", "small"), sizes.small, TYPE),
            (("sizes", "caption"), sizes.caption, TYPE),
        ];
        let logo = self
            .logo
            .as_ref()
            .map(|logo| (("logo", "height"), logo.height, LOGO));
        let wrong = numbers
            .into_iter()
            .chain(logo)
            .filter_map(|(key, length, (min, max))| {
                // No number that is not one is in a range.
                let fits = (min..=max).contains(&length.to_pt());
                (!fits).then(|| Problem {
                    key,
                    message: format!(
                        "`{}` is {}, and must be from {min} to {max}",
                        key.1,
                        length.to_pt()
                    ),
                })
            });
        let wrong: Vec<_> = wrong.collect();
        match wrong.is_empty() {
            true => self.misfits(),
            false => wrong,
        }
    }

    fn misfits(&self) -> Vec<Problem> {
        let (page, sizes) = (&self.page, &self.sizes);
        let least = Length::pt(LEAST_TEXT);
        let mut out = Vec::new();
        let mut wrong = |key, message| out.push(Problem { key, message });
        let room = |side: Length, one: Length, other: Length| (side - one - other).fits(least);
        if !room(page.width, page.left, page.right) {
            let message =
                format!("`left` and `right` leave less than {LEAST_TEXT} points of `width`");
            wrong(("page", "width"), message);
        }
        if !room(page.height, page.top, page.bottom) {
            let message =
                format!("`top` and `bottom` leave less than {LEAST_TEXT} points of `height`");
            wrong(("page", "height"), message);
        }
        let across = page.across();
        if page.landscape_tables && !room(across.height, across.top, across.bottom) {
            let message = format!(
                "`top` and `bottom` leave less than {LEAST_TEXT} points of a landscape page, whose \
                 height is `width`"
            );
            wrong(("page", "landscape_tables"), message);
        }
        if !sizes.leading.fits(sizes.body) {
            let message = "`leading`, the distance of two lines, is less than their size, `body`";
            wrong(("sizes", "leading"), message.to_owned());
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(change: impl FnOnce(&mut Theme)) -> Vec<&'static str> {
        let text = include_str!("../../templates/default/theme.toml");
        let mut theme = toml::from_str(text).expect("the default theme is right");
        change(&mut theme);
        theme
            .problems()
            .into_iter()
            .map(|problem| problem.key.1)
            .collect()
    }

    #[test]
    fn the_default_theme_has_no_problem() {
        assert!(changed(|_| {}).is_empty());
    }

    #[test]
    fn a_number_that_is_none_or_beyond_all_paper_is_named() {
        for wrong in [f64::NAN, f64::INFINITY, 1e9, -5.0, 0.0] {
            assert_eq!(changed(|t| t.sizes.body = Length::pt(wrong)), ["body"]);
            assert_eq!(changed(|t| t.page.width = Length::pt(wrong)), ["width"]);
        }
        assert_eq!(
            changed(|t| t.sizes.leading = Length::pt(-20.0)),
            ["leading"]
        );
        assert_eq!(changed(|t| t.page.height = Length::pt(10.0)), ["height"]);
    }

    #[test]
    fn margins_leave_room_for_text_and_lines_do_not_overlap() {
        assert_eq!(changed(|t| t.page.left = Length::pt(400.0)), ["width"]);
        let narrow =
            |t: &mut Theme| (t.page.top, t.page.bottom) = (Length::pt(400.0), Length::pt(300.0));
        assert_eq!(changed(narrow), ["height"]);
        assert_eq!(changed(|t| t.sizes.body = Length::pt(16.0)), ["leading"]);
        let flat = |t: &mut Theme| {
            t.page.width = Length::pt(300.0);
            (t.page.left, t.page.right) = (Length::pt(40.0), Length::pt(40.0));
        };
        assert!(changed(flat).is_empty());
        let across = |t: &mut Theme| {
            flat(t);
            t.page.landscape_tables = true;
        };
        assert_eq!(changed(across), ["landscape_tables"]);
    }
}
