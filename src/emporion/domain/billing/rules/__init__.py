"""What stands and fees cost, when they are due, and what is allowed of contracts, invoices and payments."""
