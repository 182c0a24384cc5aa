# Zeiten, die der Server in UTC schreibt: 23. Nov. 2026, 08:15 UTC

date-time = { $day }. { $month } { $year }, { $time } UTC
date-month = { $number ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
}

# Tage und Monate ohne Uhrzeit: 24. November 2026, November 2026, 24. Nov.
date-day = { $day }. { $month }
date-day-in-year = { $day }. { $month }
date-month-and-year = { $month } { $year }
date-month-in-full = { $number ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
