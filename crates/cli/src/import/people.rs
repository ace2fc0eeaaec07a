//! The people a row tells of, as groups that add up, and what it did to them.

use std::collections::BTreeMap;

use serde_json::{Map as Object, Value, json};

use super::cell::Number;
use super::map::Reading;

/// What the cells of a row say about people.
#[derive(Default)]
pub struct Tally {
    /// The size of the whole group.
    pub size: Option<Number>,
    /// The youngest and oldest age.
    pub ages: Option<(u32, u32)>,
    /// Countries of origin.
    pub origins: Vec<String>,
    /// Whether some origins are not known.
    pub origin_unknown: bool,
    /// Kinds of people who were there, without a number.
    pub mentioned: Vec<Object<String, Value>>,
    /// Numbers of people by what is said of them.
    pub numbers: BTreeMap<Kind, u32>,
}

/// What is said of a number of people.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// They died.
    Dead,
    /// They are missing.
    Missing,
    /// Both, as the publisher added it up.
    Both,
    /// They lived.
    Survived,
    /// Women and girls.
    Women,
    /// Men and boys.
    Men,
    /// Children.
    Children,
}

/// What a column of numbers says of its people.
pub fn kind(reading: Reading) -> Kind {
    match reading {
        Reading::Dead => Kind::Dead,
        Reading::Missing => Kind::Missing,
        Reading::Survivors => Kind::Survived,
        Reading::Women => Kind::Women,
        Reading::Men => Kind::Men,
        Reading::Children => Kind::Children,
        _ => Kind::Both,
    }
}

type Group = Object<String, Value>;

/// The groups of a row. Groups with a number add up to everybody; groups without one only say that such people were there.
pub fn groups(tally: &Tally, unread: &mut Vec<&str>) -> Vec<Value> {
    let mut groups = counted(tally, unread);
    match tally.origins.as_slice() {
        [origin] if !tally.origin_unknown && !groups.is_empty() => {
            for group in &mut groups {
                set(group, "origin", origin);
            }
        }
        origins => groups.extend(origins.iter().map(|origin| mention("origin", origin))),
    }
    if let Some(ages) = tally.ages {
        match (band(ages), groups.first_mut()) {
            (Some(band), Some(whole)) if tally.size.is_some() => set(whole, "age_band", band),
            (Some(band), _) => groups.push(mention("age_band", band)),
            (None, _) => unread.push("ages of several bands"),
        }
    }
    groups.extend(tally.mentioned.iter().cloned());
    groups.into_iter().filter(|group| !group.is_empty()).map(Value::Object).collect()
}

/// The one band that holds a whole range of ages.
fn band((young, old): (u32, u32)) -> Option<&'static str> {
    match (young, old) {
        (_, 0..=4) => Some("AG-00-04"),
        (5.., 5..=11) => Some("AG-05-11"),
        (12.., 12..=14) => Some("AG-12-14"),
        (15.., 15..=17) => Some("AG-15-17"),
        (_, 0..=17) => Some("AG-CHILD"),
        (18.., 18..=59) => Some("AG-18-59"),
        (60.., _) => Some("AG-60"),
        (18.., _) => Some("AG-ADULT"),
        _ => None,
    }
}

/// The groups that carry numbers.
fn counted(tally: &Tally, unread: &mut Vec<&str>) -> Vec<Group> {
    if let Some(size) = tally.size {
        return vec![numbered(size.certain(), if matches!(size, Number::Exact(_)) { "CB-REC" } else { "CB-EST" })];
    }
    let number = |kind| tally.numbers.get(&kind).copied();
    let sum = match (number(Kind::Dead), number(Kind::Missing)) {
        (Some(dead), Some(missing)) => dead.checked_add(missing),
        _ => None,
    };
    let Some(total) = sum.or(number(Kind::Both)).filter(|total| *total > 0) else { return Vec::new() };
    if number(Kind::Both).is_some_and(|both| both != total) {
        unread.push("numbers that do not add up");
    }
    let mut groups = by_gender(total, number(Kind::Women), number(Kind::Men), unread);
    children(&mut groups, total, number(Kind::Children), unread);
    groups
}

/// Women, men and the rest; one group when the numbers contradict the total.
fn by_gender(total: u32, women: Option<u32>, men: Option<u32>, unread: &mut Vec<&str>) -> Vec<Group> {
    let known = women.unwrap_or(0).saturating_add(men.unwrap_or(0));
    if known > total {
        unread.push("more women and men than people");
        return vec![numbered(total, "CB-REC")];
    }
    [(women.unwrap_or(0), Some("G-F")), (men.unwrap_or(0), Some("G-M")), (total - known, None)]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, gender)| {
            let mut group = numbered(count, "CB-REC");
            if let Some(gender) = gender {
                set(&mut group, "gender", gender);
            }
            group
        })
        .collect()
}

/// Children among the groups: told apart where the numbers allow it, mentioned where they do not.
fn children(groups: &mut Vec<Group>, total: u32, children: Option<u32>, unread: &mut Vec<&str>) {
    match (children, groups.as_mut_slice()) {
        (None | Some(0), _) => {}
        (Some(count), _) if count > total => unread.push("more children than people"),
        (Some(count), all) if count == total => all.iter_mut().for_each(|group| set(group, "age_band", "AG-CHILD")),
        (Some(count), [only]) => {
            let mut young = only.clone();
            young.insert("count".to_owned(), json!(count));
            set(&mut young, "age_band", "AG-CHILD");
            only.insert("count".to_owned(), json!(total - count));
            groups.push(young);
        }
        (Some(_), _) => {
            groups.push(mention("age_band", "AG-CHILD"));
            unread.push("children among women and men");
        }
    }
}

/// What it did to people.
pub fn harm(tally: &Tally) -> Vec<Value> {
    [(Kind::Dead, "HM-DEATH"), (Kind::Missing, "HM-MISSING"), (Kind::Survived, "HM-SURVIVED")]
        .into_iter()
        .filter_map(|(kind, code)| tally.numbers.get(&kind).filter(|count| **count > 0).map(|count| (code, *count)))
        .map(|(code, count)| json!({ "kind": code, "count": count, "count_basis": "CB-REC" }))
        .collect()
}

fn numbered(count: u32, basis: &str) -> Group {
    let mut group = mention("count_basis", basis);
    group.insert("count".to_owned(), json!(count));
    group
}

fn mention(field: &str, code: &str) -> Group {
    let mut group = Group::new();
    set(&mut group, field, code);
    group
}

fn set(group: &mut Group, field: &str, code: &str) {
    group.insert(field.to_owned(), Value::String(code.to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(numbers: &[(Kind, u32)]) -> (Vec<Value>, Vec<&'static str>) {
        let mut unread = Vec::new();
        let tally = Tally { numbers: numbers.iter().copied().collect(), ..Tally::default() };
        let groups = groups(&tally, &mut unread);
        (groups, unread)
    }

    fn head_count(groups: &[Value]) -> u64 {
        groups.iter().filter_map(|group| group.get("count").and_then(Value::as_u64)).sum()
    }

    #[test]
    fn numbered_groups_add_up_to_everybody() {
        let (groups, unread) =
            told(&[(Kind::Dead, 7), (Kind::Missing, 2), (Kind::Both, 9), (Kind::Women, 1), (Kind::Men, 1)]);
        assert_eq!((head_count(&groups), unread.len()), (9, 0));
        let (groups, _) = told(&[(Kind::Dead, 3), (Kind::Missing, 0), (Kind::Children, 2)]);
        assert_eq!(head_count(&groups), 3);
        assert_eq!(groups.iter().filter(|group| group.get("age_band").is_some()).count(), 1);
    }

    #[test]
    fn more_men_than_people_is_left_to_a_person() {
        let (groups, unread) = told(&[(Kind::Dead, 1), (Kind::Missing, 0), (Kind::Men, 3)]);
        assert_eq!((groups.len(), head_count(&groups), unread.len()), (1, 1, 1));
    }

    #[test]
    fn a_range_of_ages_is_coded_only_inside_one_band() {
        assert_eq!(band((20, 40)), Some("AG-18-59"));
        assert_eq!(band((11, 11)), Some("AG-05-11"));
        assert_eq!(band((10, 16)), Some("AG-CHILD"));
        assert_eq!(band((40, 70)), Some("AG-ADULT"));
        assert_eq!(band((16, 35)), None);
    }
}
