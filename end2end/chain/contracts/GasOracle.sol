// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.0;

/// Stands in for the GasPriceOracle of OP-stack networks, at the same address: the fee for publishing a transaction's
/// data is a price for each byte.
contract GasOracle {
    uint256 public pricePerByte;

    function setPricePerByte(uint256 price) external {
        pricePerByte = price;
    }

    function getL1Fee(bytes calldata data) external view returns (uint256) {
        return data.length * pricePerByte;
    }
}
