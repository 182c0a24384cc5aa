# Why a network is not followed, and what differs from the settings, as the database has it.

# Within a sentence: The network is no longer monitored: …
networks-details-removed-final = { $network } removed block { $height }, which it had reported as final
networks-details-wrong-chain = the node { $node } of { $network } is on chain { $found }, not { $expected }

# What is compared with the settings. Nodes and tokens have their names instead.
networks-details-sender = payout account { $address }
networks-details-tokens = tokens
networks-details-data-fee = data fee

# What was found, after the name and a colon, without a period.
networks-details-error = { $cause }
networks-details-says = { $text } (according to { $nodes })
networks-details-no-answer = it does not respond: { $cause }
networks-details-chain-id = it has chain ID { $found }, but the settings say { $expected }
networks-details-other-chain = it has a different block { $block } than { $other }: they are on different chains
networks-details-no-newest-block = it has no newest block
networks-details-head = chain ID { $chain }, block { $block }, { $difference } old
networks-details-head-in-future = chain ID { $chain }, block { $block }, which is { $difference } in the future
networks-details-no-block-of-tag = it has no { $tag } block, { $needed ->
    [refunds] which refunds need
    [yes] which 'credit' needs
   *[no] which the settings do not need
}
networks-details-tag-refused = it knows no { $tag } block, { $needed ->
    [refunds] which refunds need
    [yes] which 'credit' needs
   *[no] which the settings do not need
}: { $cause }
networks-details-newer-than-head = its { $tag } block { $block } is newer than its newest block { $newest }
networks-details-block-of-tag = { $tag } block { $block }, { $behind } behind
networks-details-no-traces = it does not trace blocks, so it does not show native coin sent by contracts
networks-details-no-contract = there is no contract at this address
networks-details-unread = its { $what ->
    [decimals] number of decimals
    [symbol] symbol
    [domain] domain
   *[code] code
} cannot be read: { $cause }
networks-details-unsaid = it does not state its { $what ->
    [decimals] number of decimals
   *[symbol] symbol
}, as every token does
networks-details-decimals = it has { $found } decimals instead of { $expected }: every amount would be wrong
networks-details-symbol = its symbol is '{ $found }' instead of '{ $expected }'
networks-details-no-authorizations = it has no authorised transfers (EIP-3009), so it does not reject a second payment by itself
networks-details-separator = its DOMAIN_SEPARATOR does not match its name, its version, this chain and this contract: it would reject authorised transfers
networks-details-blocked = the issuer has blocked it for { $coins }, so it cannot pay with it
networks-details-balances = it has { $amounts }

# What to do about it.
networks-details-ask-again = Check again.
networks-details-check-node = Check the URL in 'rpc' and the node. The server keeps trying.
networks-details-replace-node = Replace the node in 'rpc', or set the test network's 'chain-id'.
networks-details-remove-other-chain = Remove the node that is on the wrong chain from 'rpc'.
networks-details-wait-for-node = Wait until the node is synchronised.
networks-details-node-behind = The node is behind: wait until it is synchronised.
networks-details-set-clock = Set the clock of this machine, or wait, if it is a test chain.
networks-details-use-final-tag = Use a node that supports this tag. No setting replaces it where refunds are paid, because refunds end only in final blocks.
networks-details-use-tag = Use a node that supports this tag, or credit deposits after a number of blocks.
networks-details-use-another-node = Use another node: this one contradicts itself.
networks-details-wait-for-finality = Deposits wait until the network or the node has caught up.
networks-details-use-traces = Use a node with trace_block or debug_traceBlockByHash.
networks-details-check-contract = Check the contract in 'tokens', and that the nodes belong to the right network.
networks-details-no-domain = Leave the token's domain out of the signer's policy.
networks-details-ask-issuer = Ask the issuer, or use another account. Until then these refunds are on hold.
networks-details-send-native = Send it native coin for fees. Until then refunds are on hold.
