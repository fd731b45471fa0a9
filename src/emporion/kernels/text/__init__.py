"""Short texts in English and Chinese: words, BM25, sentence vectors."""
