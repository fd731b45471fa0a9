"""Plans of halls at the office: what is wrong with them, drawings in and out, rules, publishing."""
