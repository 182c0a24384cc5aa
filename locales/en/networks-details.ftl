# Why a network is not followed, and what differs from the settings, as the database has it.

# Within a sentence: The network is not followed any more: …
networks-details-removed-final = { $network } removed block { $height }, which it had called final
networks-details-wrong-chain = the node { $node } of { $network } is of the chain { $found }, not { $expected }
