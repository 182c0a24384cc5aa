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

# Days and months without a time: 24 November 2026, November 2026, 24 Nov
date-day = { $day } { $month }
date-day-in-year = { $day } { $month }
date-month-and-year = { $month } { $year }
date-month-in-full = { $number ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
