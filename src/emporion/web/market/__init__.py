"""What it takes for goods to enter a market: one question, a product's panel, an exhibitor's whole range."""
