# Was Inhaber einmal per E-Mail erfahren, und alle auf der Übersicht, bis es vorbei ist.

# Was geschehen ist, und in welcher Transaktion.
notices-unexplained = { $story }
notices-unexplained-transaction = { $story } Transaktion { $hash }.
