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
