"""Long and scheduled work: thin loops over actions. A job that runs twice does the same as once."""
