// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// Pays from a contract, as exchanges and Safes do: the recipients of native coin are in no transaction's `to`.
contract Payer {
    struct Payment {
        /// Zero is the native coin.
        address token;
        address recipient;
        uint256 amount;
    }

    receive() external payable {}

    function pay(Payment[] calldata payments) public {
        for (uint256 i = 0; i < payments.length; i++) {
            Payment calldata payment = payments[i];
            bool paid;
            if (payment.token == address(0)) {
                (paid, ) = payment.recipient.call{value: payment.amount}("");
            } else {
                // The answer is not read: some tokens return nothing.
                (paid, ) = payment.token.call(
                    abi.encodeWithSignature("transfer(address,uint256)", payment.recipient, payment.amount)
                );
            }
            require(paid, "a payment failed");
        }
    }

    /// Pays, and takes everything back by failing.
    function payAndRevert(Payment[] calldata payments) external {
        pay(payments);
        revert("paid and reverted");
    }

    /// Succeeds, though everything that it paid was taken back.
    function payInVain(Payment[] calldata payments) external {
        try this.payAndRevert(payments) {} catch {}
    }
}
