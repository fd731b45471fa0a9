"""Spreadsheets in: lists of exhibitors, products, visitors and the rest as CSV or Excel files, and their templates."""
