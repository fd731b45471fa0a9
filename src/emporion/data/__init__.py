"""Data files of the product; each folder's SOURCE.txt states origin, licence, date and what was changed."""
