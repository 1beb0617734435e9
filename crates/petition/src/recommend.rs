//! Which petitions a person is shown next.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use uuid::Uuid;

use crate::text::Petition;

/// The petitions that are not in `signed`, recommended first: those past any of their milestones, then those
/// nearest to their goal; equal ones by title, then by id. Each petition comes with its count.
#[must_use]
pub fn recommend<'a>(
    petitions: impl IntoIterator<Item = (&'a Petition, u64)>,
    signed: &BTreeSet<Uuid>,
) -> Vec<&'a Petition> {
    let mut open: Vec<_> =
        petitions.into_iter().filter(|(petition, _)| !signed.contains(&petition.id())).collect();
    open.sort_by(|(a, a_count), (b, b_count)| {
        let featured = |petition: &Petition, count| Reverse(petition.is_past_a_milestone(count));
        featured(a, *a_count)
            .cmp(&featured(b, *b_count))
            .then_with(|| b.goal(*b_count).progress.total_cmp(&a.goal(*a_count).progress))
            .then_with(|| (a.title(), a.id()).cmp(&(b.title(), b.id())))
    });
    open.into_iter().map(|(petition, _)| petition).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn petition(id: u128, title: &str, milestones: &str) -> Petition {
        let source =
            format!("---\ntitle: {title}\nstarted_by: S\naddressed_to: A\n{milestones}---\n\nText.\n");
        Petition::parse(Uuid::from_u128(id), 1, &source).unwrap()
    }

    #[track_caller]
    fn check(petitions: &[(Petition, u64)], signed: &[u128], expect: &[u128]) {
        let signed = signed.iter().map(|id| Uuid::from_u128(*id)).collect();
        let order = recommend(petitions.iter().map(|(petition, count)| (petition, *count)), &signed);
        assert_eq!(order.iter().map(|petition| petition.id().as_u128()).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn a_milestone_passed_comes_first_then_the_nearest_goal() {
        let petitions = [
            (petition(1, "Far", ""), 10),
            (petition(2, "Near", ""), 99),
            (petition(3, "Featured", "milestones:\n  100: Yes\n"), 100),
            (petition(4, "Not yet featured", "milestones:\n  100: Yes\n"), 99),
            (petition(5, "Featured and nearer", "milestones:\n  100: Yes\n"), 180),
        ];
        check(&petitions, &[], &[5, 3, 2, 4, 1]);
        check(&petitions, &[5, 2], &[3, 4, 1]);
        check(&petitions, &[1, 2, 3, 4, 5], &[]);
    }

    #[test]
    fn equal_petitions_are_ordered_by_title_then_id() {
        let petitions = [(petition(3, "B", ""), 5), (petition(2, "A", ""), 5), (petition(1, "B", ""), 5)];
        check(&petitions, &[], &[2, 1, 3]);
    }
}
