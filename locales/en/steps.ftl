# What the timeline of a refund says about a step, and why a refund was rejected. Programs get the English words.

# After the state and a colon, without a period.
steps-approved = Approved by { $who }
steps-stopped = Stopped by { $who }: { $reason }
steps-declined = Declined by { $who }: { $reason }
steps-confirmed = The customer confirmed the address
steps-confirmed-in-place = The address was confirmed on the customer's behalf, which only a sandbox allows
steps-mail-undeliverable = The e-mail to the customer could not be delivered

# Why a refund was rejected, as a sentence.
steps-refused-by-customer = The customer said that the address is wrong.
steps-refused-in-place = Rejected on the customer's behalf, which only a sandbox allows.
steps-not-confirmed = The customer did not confirm the address in time.
steps-policy-forbids = The policy no longer allows it: { $why }
steps-transfer-failed = The transfer failed on { $network }, so nothing was paid.
steps-transfer-cancelled = An owner cancelled the transfer before it was in a block, so nothing was paid.
steps-transfer-stopped = The transfer was stopped before anything was sent.
steps-network-refused = The network rejected the transfer to this address.
