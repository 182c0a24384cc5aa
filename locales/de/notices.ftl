# Was Inhaber einmal per E-Mail erfahren, und alle auf der Übersicht, bis es vorbei ist.

notices-low-float = Das Konto { $account } auf { $network } hat { $held }, sollte aber mindestens { $wanted } haben.

# Was geschehen ist, und in welcher Transaktion.
notices-unexplained = { $story }
notices-unexplained-transaction = { $story } Transaktion { $hash }.
