// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// Refuses native coin until it is told to accept it. Accepting takes more gas than the 21,000 of a plain transfer, as it
/// does for a Safe.
contract Refuser {
    bool public accepts;

    event Received(address indexed from, uint256 amount);

    receive() external payable {
        require(accepts, "refused");
        emit Received(msg.sender, msg.value);
    }

    function accept(bool accepts_) external {
        accepts = accepts_;
    }
}
