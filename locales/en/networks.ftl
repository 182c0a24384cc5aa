# The networks that are followed: their nodes, how far each was followed, and what to do about what is wrong.

networks-title = Networks
networks-none = No real network is connected
networks-none-why = Deposits and refunds are simulated, or there are none. The documentation for production says how to connect a network.

# The state of a network.
networks-not-connected = not connected any more
networks-not-as-in-settings = not as in the settings
networks-nodes-away = nodes do not answer
networks-not-started = not started yet
networks-not-followed = not followed
networks-starting = starting
networks-followed = followed
networks-is-catching-up = catching up
networks-nodes-contradict = nodes contradict each other
networks-stopped = stopped

# What is wrong, and after it what to do.
networks-no-node = No node answers, so no deposit is seen, nothing is credited and nothing is paid.
networks-too-few-nodes = Too few nodes answer, so no deposit is seen and nothing is credited.
networks-repair-nodes = More than half of the nodes have to answer. It goes on by itself as soon as they do, and nothing is lost. Repair the nodes that do not, or name others in the settings.
networks-no-server = No server looks at this network.
networks-look-for-server = Look whether a server runs and what its log says. Deposits are found when one looks again.
networks-contradicted = The nodes contradict each other about a deposit, so nothing is credited.
networks-find-wrong-node = One of them is wrong or on another chain. Compare the newest deposits with an explorer, and remove that node from the settings.
networks-is-stopped = The network is not followed any more.
networks-is-stopped-because = The network is not followed any more: { $problem }.
networks-look-into-stop = Nothing is followed, credited or paid until whoever runs the server has looked into it. If a node is of another network, they remove it from the settings and restart the server. If the network really removed final blocks, they run 'requite network resume' with its code.
networks-lost-deposits = { $count ->
    [one] 1 deposit was
   *[other] { $count } deposits were
} credited and then removed by the network, and the money is spent already. An owner has to decide about them on the page of payouts.
networks-deposits-refused = { $count ->
    [one] 1 deposit is
   *[other] { $count } deposits are
} not credited: the database refuses to book what was paid. The server's log says why; other deposits are credited.
networks-deposits-unconfirmed = { $count ->
    [one] 1 deposit waits, because its coin was
   *[other] { $count } deposits wait, because their coins were
} sent by a contract, and too few nodes can confirm that. They need trace_block or debug_traceBlockByHash, or the balance of the address in that block. Compare with an explorer; other deposits are credited.
networks-deposits-contradicted = { $count ->
    [one] One node has told of 1 deposit
   *[other] One node has told of { $count } deposits
} that the nodes deny together, so nothing is credited for it. The block is read again. If this happens often, find the wrong node and remove it from the settings.
networks-removed-final = { $network } removed block { $height }, which it had called final, so deposits and refunds in it may be gone. Whoever runs the server has to look into it first and run 'requite network resume { $code }'.

# Servers that share a database and have different settings.
networks-settings-differ = The servers { $servers } have different settings of { $network }: { $settings }.
networks-settings-lacking = { $lacking ->
    [one] The server { $without } has
   *[other] The servers { $without } have
} no settings of { $network }, and { $count ->
    [one] the server { $servers } has
   *[other] the servers { $servers } have
} some.
networks-settings-repair = Give all of them the same file of networks and restart them: what is credited and paid depends on which of them works.

# What differs from the settings. What was found and what to do about it are in networks-details.ftl.
networks-compared = Compared with the settings { $at }.
networks-compare-again = 'requite doctor' on the server compares again.
networks-finding = { $about }: { $text }. { $advice }
networks-finding-without-advice = { $about }: { $text }.
networks-finding-wrong = Wrong: { $about }: { $text }. { $advice }
networks-finding-wrong-without-advice = Wrong: { $about }: { $text }.

# What is known of a network.
networks-chain-id = Chain id
networks-chain-of-test = { $chain }, a test network: its coins are worth nothing
networks-chain-main = { $chain }, the main network
networks-head = Newest block, by most nodes
networks-final = Final up to block
networks-nodes-do-not-say = the nodes do not say
networks-followed-to = Followed up to block
networks-followed-height = { $count ->
    [0] { $height }, the newest one
    [one] { $height }, 1 block behind
   *[other] { $height }, { $count } blocks behind
}
networks-catching-up = Catching up
networks-catching-up-since = { $progress }, since { $since }
networks-blocks = { $done } of { $all } { $count ->
    [one] block
   *[other] blocks
}
networks-blocks-left = { $done } of { $all } { $count ->
    [one] block
   *[other] blocks
}, about { $left } left
# How long something takes, after the word "about".
networks-time-minute = a minute
networks-time-minutes = { $count } minutes
networks-time-hours = { $count } hours
networks-time-days = { $count } days
networks-sent-by-contracts = Coin that contracts send
networks-untraced = Not found: no node has trace_block or debug_traceBlockByHash.
networks-looked-at = Last looked at
networks-credited = Deposits are credited
# When deposits are credited: a sentence for each amount.
networks-credited-up-to = Up to { $limit } { $after ->
    [final] when the block is final
    [safe] when the block is safe, before it is final
    [first] in the first block, before it is final
   *[blocks] after { $blocks } blocks, before the block is final
}.
networks-credited-above = Above that { $after ->
    [final] when the block is final
    [safe] when the block is safe, before it is final
    [first] in the first block, before it is final
   *[blocks] after { $blocks } blocks, before the block is final
}.
networks-credited-all = All amounts { $after ->
    [final] when the block is final
    [safe] when the block is safe, before it is final
    [first] in the first block, before it is final
   *[blocks] after { $blocks } blocks, before the block is final
}.
networks-dust = Not credited below
networks-accounts = Accounts that pay refunds
networks-no-accounts = None: deposits are credited, and no refund is sent
networks-was-run = Tested by the developers of Requite on the public network
networks-run = Yes
networks-not-run = Not yet: only on simulated chains. Begin with small limits.

# The nodes of a network.
networks-nodes = Nodes
networks-no-node-asked = No node was asked yet.
networks-node = Node
networks-node-state = State
networks-node-head = Newest block when last noted
networks-node-answers = answers
networks-node-silent = does not answer
networks-node-away = Cannot be reached. Look whether it runs, or ask its provider.
networks-node-refuses = Refuses to answer. Look at the limits and the key of its provider.
networks-node-unexpected = Answers what makes no sense. Look whether it is a node of this network.
networks-node-since = Since { $since }.
networks-node-never = never
