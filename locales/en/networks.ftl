# The networks that are followed: their nodes, how far each was followed, and what to do about what is wrong.

networks-title = Networks
networks-none = No real network is connected
networks-none-why = Deposits and refunds are simulated, or there are none. The production documentation explains how to connect a network.

# The state of a network.
networks-not-connected = no longer connected
networks-not-as-in-settings = differs from the settings
networks-nodes-away = nodes do not respond
networks-not-started = not started yet
networks-not-followed = not monitored
networks-starting = starting
networks-followed = monitored
networks-is-catching-up = catching up
networks-nodes-contradict = nodes disagree
networks-stopped = stopped

# What is wrong, and after it what to do.
networks-no-node = No node responds, so no deposit is detected, nothing is credited and nothing is paid.
networks-too-few-nodes = Too few nodes respond, so no deposit is detected and nothing is credited.
networks-repair-nodes = More than half of the nodes must respond. Monitoring continues automatically as soon as they do, and nothing is lost. Repair the nodes that do not respond, or name others in the settings.
networks-no-server = No server is monitoring this network.
networks-look-for-server = Check whether a server is running and what its log says. Deposits are detected when a server monitors the network again.
networks-contradicted = The nodes disagree about a deposit, so nothing is credited.
networks-find-wrong-node = One of them is wrong or on another chain. Compare the latest deposits with a block explorer, and remove that node from the settings.
networks-is-stopped = The network is no longer monitored.
networks-is-stopped-because = The network is no longer monitored: { $problem }.
networks-look-into-stop = Nothing is detected, credited or paid until a server administrator has investigated. If a node belongs to another network, they remove it from the settings and restart the server. If the network really removed final blocks, they run 'requite network resume' with its code.
networks-lost-deposits = { $count ->
    [one] 1 deposit was
   *[other] { $count } deposits were
} credited and then removed by the network, and the money has already been spent. An owner must decide about them on the Payouts page.
networks-deposits-refused = { $count ->
    [one] 1 deposit is
   *[other] { $count } deposits are
} not credited: the database refuses to book what was paid. The server's log says why; other deposits are credited.
networks-deposits-unconfirmed = { $count ->
    [one] 1 deposit waits, because its coin was
   *[other] { $count } deposits wait, because their coins were
} sent by a contract, and too few nodes can confirm that. They need trace_block or debug_traceBlockByHash, or the balance of the address in that block. Compare with a block explorer; other deposits are credited.
networks-deposits-contradicted = { $count ->
    [one] One node has reported 1 deposit
   *[other] One node has reported { $count } deposits
} that most nodes deny, so nothing is credited for it. The block is read again. If this happens often, find the wrong node and remove it from the settings.
networks-deposits-unanswered = { $count ->
    [one] 1 deposit waits
   *[other] { $count } deposits wait
}, because too few nodes respond about the payment. Add nodes that have its block, and compare with a block explorer; other deposits are credited.
networks-removed-final = { $network } removed block { $height }, which it had reported as final, so deposits and refunds in it may be gone. A server administrator must investigate first and run 'requite network resume { $code }'.

# Servers that share a database and have different settings.
networks-settings-differ = The servers { $servers } have different settings of { $network }: { $settings }.
networks-settings-lacking = { $lacking ->
    [one] The server { $without } has
   *[other] The servers { $without } have
} no settings of { $network }, and { $count ->
    [one] the server { $servers } has
   *[other] the servers { $servers } have
} some.
networks-settings-repair = Give all of them the same networks file and restart them: what is credited and paid depends on which of them is working.

# What differs from the settings. What was found and what to do about it are in networks-details.ftl.
networks-compared = Compared with the settings { $at }.
networks-compare-again = Run 'requite doctor' on the server to compare again.
networks-finding = { $about }: { $text }. { $advice }
networks-finding-without-advice = { $about }: { $text }.
networks-finding-wrong = Wrong: { $about }: { $text }. { $advice }
networks-finding-wrong-without-advice = Wrong: { $about }: { $text }.

# What is known of a network.
networks-chain-id = Chain ID
networks-chain-of-test = { $chain }, a test network: its coins have no value
networks-chain-main = { $chain }, the main network
networks-head = Newest block, by most nodes
networks-final = Final up to block
networks-nodes-do-not-say = not reported by the nodes
networks-followed-to = Monitored up to block
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
networks-sent-by-contracts = Coin sent by contracts
networks-untraced = Not detected until a node has trace_block or debug_traceBlockByHash. Then the blocks since are read again.
networks-read-again = Being searched for in blocks { $from } to { $to }, which no node could execute again before.
networks-looked-at = Last checked
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
networks-accounts = Payout accounts
networks-no-accounts = None: deposits are credited, but no refund is sent
networks-was-run = Tested by Requite's developers on the public network
networks-run = Yes
networks-not-run = Not yet, only on simulated chains. Start with small limits.

# The nodes of a network.
networks-nodes = Nodes
networks-no-node-asked = No node has been checked yet.
networks-node = Node
networks-node-state = State
networks-node-head = Newest block at the last check
networks-node-answers = responds
networks-node-silent = does not respond
networks-node-away = Cannot be reached. Check whether it is running, or ask its provider.
networks-node-refuses = Rejects requests. Check the limits and the key of its provider.
networks-node-unexpected = Sends invalid responses. Check whether it is a node of this network.
networks-node-since = Since { $since }.
networks-node-never = never
