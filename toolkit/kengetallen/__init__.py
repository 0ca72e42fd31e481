"""The numbers: dated and sourced unit values, plain changes and the price index."""
