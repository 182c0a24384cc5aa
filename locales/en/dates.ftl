# Times, which the server writes in UTC: 23 Nov 2026, 08:15 UTC

date-time = { $day } { $month } { $year }, { $time } UTC
date-month = { $number ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
