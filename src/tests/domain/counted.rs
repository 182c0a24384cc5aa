//! Numbers before nouns.

use requite::domain::counted::counted;

#[test]
fn a_number_of_one_has_a_noun_in_the_singular() {
    let cases = [
        (counted(0u64, "block"), "0 blocks"),
        (counted(1usize, "block"), "1 block"),
        (counted(2i64, "confirmation"), "2 confirmations"),
        (counted(1u32, "more second"), "1 more second"),
        (counted(2i32, "address"), "2 addresses"),
        (counted(3u8, "audit entry"), "3 audit entries"),
        (counted(7i64, "day"), "7 days"),
    ];
    for (text, expected) in cases {
        assert_eq!(text, expected);
    }
}
