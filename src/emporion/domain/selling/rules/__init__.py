"""How stands are held, drawn, cut and joined."""
