# What owners are told by mail once, and everybody on the overview until it is over.

notices-low-float = The account { $account } on { $network } holds { $held }, and should hold { $wanted } or more.

# What happened, and the transaction in which it did.
notices-unexplained = { $story }
notices-unexplained-transaction = { $story } Transaction { $hash }.
